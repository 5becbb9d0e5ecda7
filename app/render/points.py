"""Many points to pixels at once, where painting one marker after the other would take too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

AT_ONCE = 4096  # points; what is computed for them stays in the cache


def rasterize_points(
    columns: NDArray[np.float64],
    rows: NDArray[np.float64],
    colors: NDArray[np.uint32],
    size: tuple[int, int],
    side: int,
) -> NDArray[np.uint32]:
    """Draw every point as a square of ``side`` pixels; later points cover earlier ones.

    All pixels of many points are written in one assignment, which takes them in order: 10,000
    points of 3 × 3 pixels take well under a millisecond, where 10,000 painter calls take 15.

    Parameters
    ----------
    columns, rows : ndarray, shape (m,)
        Pixel positions of the centres, however far outside.
    colors : ndarray of uint32, shape (m,)
        A pixel 0xAARRGGBB for each.
    size : (int, int)
        Width and height of the picture.

    Returns
    -------
    ndarray of uint32, shape (height, width)
        Transparent where no point is; contiguous.
    """
    width, height = size
    # Compared as floats: a position far outside has no integer.
    left, top = np.floor(columns) - side // 2, np.floor(rows) - side // 2
    seen = (left > -side) & (top > -side) & (left < width) & (top < height)
    left, top = left[seen].astype(np.intp), top[seen].astype(np.intp)
    # One pixel more, for all that reaches over the border.
    flat, shown = np.zeros(height * width + 1, np.uint32), colors[seen]
    for start in range(0, len(shown), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        flat[_covered(left[some], top[some], size, side)] = shown[some, np.newaxis]
    return flat[:-1].reshape(height, width)


def _covered(
    left: NDArray[np.intp], top: NDArray[np.intp], size: tuple[int, int], side: int
) -> NDArray[np.intp]:
    """Flat positions of the pixels of each square, shape (k, side²); the last for those outside."""
    width, height = size
    down, right = np.divmod(np.arange(side * side), side)
    covered: NDArray[np.intp] = (top * width + left)[:, np.newaxis] + (down * width + right)
    over = np.flatnonzero((left < 0) | (top < 0) | (left > width - side) | (top > height - side))
    x, y = left[over, np.newaxis] + right, top[over, np.newaxis] + down
    within = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    covered[over] = np.where(within, covered[over], width * height)
    return covered
