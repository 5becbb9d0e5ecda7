"""The grid of points at which a picture of the plane is evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Region(NamedTuple):
    """A rectangle of the plane: left, right on the x1 axis; bottom, top on the x2 axis."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """Extent along x1."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Extent along x2."""
        return self.top - self.bottom

    def square(self) -> Region:
        """Cut the largest square out of the middle."""
        x1, x2 = (self.left + self.right) / 2, (self.bottom + self.top) / 2
        half = min(self.width, self.height) / 2
        return Region(x1 - half, x1 + half, x2 - half, x2 + half)


def shape_for(region: Region, cells: int) -> tuple[int, int]:
    """Share out about ``cells`` square cells: (rows, columns), both at least 2."""
    aspect = region.width / region.height
    rows = max(2, round((cells / aspect) ** 0.5))
    return rows, max(2, round(rows * aspect))


def grid_points(region: Region, rows: int, columns: int) -> NDArray[np.float32]:
    """Centers of the cells, row by row from the top, shape (2, rows·columns)."""
    x1 = region.left + region.width * (np.arange(columns) + 0.5) / columns
    x2 = region.top - region.height * (np.arange(rows) + 0.5) / rows
    return np.stack([np.tile(x1, rows), np.repeat(x2, columns)]).astype(np.float32)
