"""Where each unit of a network stands: pure geometry, in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALLEST_MAP = 9.0
READABLE = 20.0  # a pitch below it calls for another column
HIDDEN_MAP, END_MAP = 48.0, 56.0  # so large a map is at most; the latter of inputs and outputs
HIDDEN_SHARE, END_SHARE = 0.18, 0.21  # of a height that has room for larger ones
MARGIN_X = 48.0
MARGIN_Y = 8.0
SHARE_OF_PITCH = 0.86  # a map's side in the distance from one to the next


@dataclass(frozen=True)
class Unit:
    """The map of one unit: its layer, its number in it, its upper left corner and side."""

    layer: int
    number: int
    x: float
    y: float
    side: float

    @property
    def inlet(self) -> tuple[float, float]:
        """Where the weights come in."""
        return self.x, self.y + self.side / 2

    @property
    def outlet(self) -> tuple[float, float]:
        """Where the weights go out."""
        return self.x + self.side, self.y + self.side / 2


@dataclass(frozen=True)
class Arrangement:
    """All units, layer by layer, the inputs first."""

    layers: tuple[tuple[Unit, ...], ...]

    def __iter__(self) -> Iterator[Unit]:
        return (unit for layer in self.layers for unit in layer)

    def smallest_side(self) -> float:
        """Side of the smallest map."""
        return min(unit.side for unit in self)

    def at(self, x: float, y: float) -> Unit | None:
        """Return the unit under a position, or None."""
        return next(
            (u for u in self if 0 <= x - u.x <= u.side and 0 <= y - u.y <= u.side),
            None,
        )


def arrange(layer_dims: tuple[int, ...], width: float, height: float) -> Arrangement:
    """Share the room out: a column a layer, several columns where a layer is too tall for one.

    Parameters
    ----------
    layer_dims : tuple of int
        Units of each layer, the inputs first.
    width, height : float
        Room in pixels.
    """
    room = max(1.0, height - 2 * MARGIN_Y)
    last = len(layer_dims) - 1
    slot = (width - 2 * MARGIN_X) / len(layer_dims)
    layers = []
    for layer, units in enumerate(layer_dims):
        # A name stands beside each input and output, so these never share a row.
        if layer in (0, last):
            largest, most = max(END_MAP, END_SHARE * room), 1
        else:
            largest, most = max(HIDDEN_MAP, HIDDEN_SHARE * room), units
        columns, pitch = _columns(units, most, largest / SHARE_OF_PITCH, slot, room)
        center = MARGIN_X + slot * (layer + 0.5)
        layers.append(_place(layer, units, columns, pitch, (center, height / 2)))
    return Arrangement(tuple(layers))


def _columns(units: int, most: int, largest: float, slot: float, room: float) -> tuple[int, float]:
    """Choose (columns, pitch): one column while its maps are readable, else the largest maps."""
    best = (1, 0.0)
    for columns in range(1, most + 1):
        pitch = min(largest, room / ceil(units / columns), slot * 0.7 / columns)
        if pitch > best[1] + 1e-9:
            best = columns, pitch
        if pitch >= READABLE or columns * SMALLEST_MAP > slot:
            break
    return best


def _place(
    layer: int, units: int, columns: int, pitch: float, center: tuple[float, float]
) -> tuple[Unit, ...]:
    rows = ceil(units / columns)
    side = pitch * SHARE_OF_PITCH
    left = center[0] - columns * pitch / 2 + (pitch - side) / 2
    placed = []
    for number in range(units):
        column, row = divmod(number, rows)
        in_column = min(rows, units - column * rows)
        top = center[1] - in_column * pitch / 2 + (pitch - side) / 2
        placed.append(Unit(layer, number, left + column * pitch, top + row * pitch, side))
    return tuple(placed)
