"""Evaluates the network on grids and colors what the window shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import nncore
from app.render.grid import Region, grid_points, shape_for
from app.render.maps import color_output, color_units
from app.training.snapshot import Picture, View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nncore import GridEvaluator, NetworkConfig, Parameters

# Moving pictures share so many cells a second, more on a large screen; a resting one may have
# several times as many. The budget keeps the product of cells and parameters, and so the time, in
# bounds for large networks.
LIVE_CELLS_PER_SECOND = 480_000
UNIT_FRAMES = 30  # a second: at twice that nobody sees a difference in the small maps
RESTING_CELLS = 160_000
FEWEST_CELLS = 6_000
CELL_BUDGET = 80_000_000
USUAL_PIXELS = 300_000  # of a canvas; on a larger one as few cells in motion look like stairs
SMALLEST_MAP, LARGEST_MAP = 12, 48


class _Grid(NamedTuple):
    """A grid with the evaluator that was made for it."""

    network: NetworkConfig
    region: Region
    shape: tuple[int, int]
    X: NDArray[np.float32]
    evaluator: GridEvaluator


class Painter:
    """Paint the boundary and the unit maps; grids are kept until they change."""

    def __init__(self) -> None:
        self._boundary: _Grid | None = None
        self._units: _Grid | None = None
        self._shown_units: tuple[NetworkConfig, View, Picture] | None = None
        self._turn = 0
        self.set_frames_per_second(UNIT_FRAMES)

    def set_frames_per_second(self, frames: int) -> None:
        """Share cells out to so many boundaries a second, and paint the units less often."""
        self.live_cells = LIVE_CELLS_PER_SECOND // frames
        self._unit_turns = max(1, frames // UNIT_FRAMES)

    def paint_boundary(
        self,
        network: NetworkConfig,
        parameters: Parameters,
        view: View,
        resting: bool,
        limit: float = 1.0,
    ) -> Picture:
        """Paint the output over the visible region; a linear one from −limit to limit."""
        pixels = view.pixels[0] * view.pixels[1]
        moving = self.live_cells * max(pixels, USUAL_PIXELS) // USUAL_PIXELS
        cells = _cells(network, view, RESTING_CELLS if resting else min(moving, RESTING_CELLS))
        grid = _fitting(self._boundary, network, view.region, shape_for(view.region, cells))
        self._boundary = grid
        output = grid.evaluator.evaluate(grid.X, parameters)[-1]
        return _picture(color_output(output, network, view.palette, limit), grid)

    def paint_units(
        self,
        network: NetworkConfig,
        parameters: Parameters,
        view: View,
        resting: bool,
        limit: float = 1.0,
    ) -> Picture:
        """Paint every unit over the largest square in the visible region, one below the other.

        In motion a former picture may be returned: it is painted anew thirty times a second.
        """
        self._turn += 1
        if self._shown_units and not resting and self._turn % self._unit_turns:
            of_network, of_view, picture = self._shown_units
            if of_network is network and of_view is view:
                return picture
        side = max(SMALLEST_MAP, min(LARGEST_MAP, view.map_side))
        grid = _fitting(self._units, network, view.region.square(), (side, side))
        self._units = grid
        A = grid.evaluator.evaluate(grid.X, parameters)
        pixels = color_units(grid.X, A, network, view.palette, limit).reshape(-1, side)
        pixels.flags.writeable = False
        picture = Picture(pixels, grid.region)
        self._shown_units = network, view, picture
        return picture


def _cells(network: NetworkConfig, view: View, wished: int) -> int:
    """Return how many cells to evaluate: no more than pixels, fewer for large networks."""
    affordable = wished * CELL_BUDGET // (RESTING_CELLS * network.n_parameters)
    fewest = FEWEST_CELLS * (4 if wished == RESTING_CELLS else 1)
    pixels = view.pixels[0] * view.pixels[1]
    return max(FEWEST_CELLS, min(wished, max(fewest, affordable), pixels))


def _fitting(
    grid: _Grid | None, network: NetworkConfig, region: Region, shape: tuple[int, int]
) -> _Grid:
    if grid and (grid.network, grid.region, grid.shape) == (network, region, shape):
        return grid
    rows, columns = shape
    if grid and (grid.network, grid.shape) == (network, shape):
        evaluator = grid.evaluator
    else:
        evaluator = nncore.GridEvaluator(network, rows * columns)
    return _Grid(network, region, shape, grid_points(region, rows, columns), evaluator)


def _picture(pixels: NDArray[np.uint32], grid: _Grid) -> Picture:
    pixels = pixels.reshape(grid.shape)
    pixels.flags.writeable = False
    return Picture(pixels, grid.region)
