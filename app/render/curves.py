"""Curves, thinned to what a screen can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nncore import FloatArray


def thin_curve(x: FloatArray, y: FloatArray, columns: int) -> tuple[FloatArray, FloatArray]:
    """Keep the lowest and the highest point of each column, and both ends.

    Every spike of the curve survives, which taking every n-th point would lose.

    Parameters
    ----------
    x, y : ndarray, shape (k,)
        The curve, x ascending.
    columns : int
        Columns to share it out to; fewer than 3·columns + 2 points remain.
    """
    block = len(x) // columns
    if block <= 2:
        return x, y
    whole = columns * block
    blocks = y[:whole].reshape(columns, block)
    starts = np.arange(0, whole, block)
    lowest, highest = starts + blocks.argmin(axis=1), starts + blocks.argmax(axis=1)
    ends = np.append(np.arange(whole, len(x)), [0, len(x) - 1])
    kept = np.unique(np.concatenate([lowest, highest, ends]))
    return x[kept], y[kept]
