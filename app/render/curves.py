"""Curves, thinned to what a screen can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def thin_curve(
    x: NDArray[np.float64], y: NDArray[np.float64], columns: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Keep the lowest and the highest point of each column, and both ends.

    Every spike of the curve survives, which taking every n-th point would lose.

    Parameters
    ----------
    x, y : ndarray, shape (k,)
        The curve, x ascending.
    columns : int
        Columns to share it out to; at most 2·columns + 2 points remain.
    """
    if len(x) <= 2 * columns + 2:
        return x, y
    edges = np.linspace(0, len(x), columns + 1).astype(np.intp)[:-1]
    kept = {0, len(x) - 1}
    for start, stop in zip(edges, [*edges[1:], len(x)], strict=True):
        kept |= {start + int(y[start:stop].argmin()), start + int(y[start:stop].argmax())}
    indices = np.array(sorted(kept))
    return x[indices], y[indices]
