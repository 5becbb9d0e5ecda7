"""The few types that every module shares, and how calls are run.

Notes: "Vectorization" (deep-learning course), where one call on a whole array, with broadcasting,
takes the place of a loop over the examples.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]
DType = type[np.floating[Any]]
IntArray = NDArray[np.int64]

Call = tuple[Callable[..., object], tuple[object, ...]]
"""One NumPy call with its arguments bound: ``function(*arguments)`` writes into a known array."""


def run_calls(calls: Iterable[Call]) -> None:
    """Execute recorded calls once, outside a tape."""
    with np.errstate(all="ignore"):
        for call, arguments in calls:
            call(*arguments)


def constant(value: float, like: FloatArray) -> FloatArray:
    """Return ``value`` as a 0-d array of the dtype of ``like``.

    NumPy converts a Python float at every call; a 0-d array is converted once (1-4 % of the
    training speed of small networks), and keeps a float32 pass in float32.
    """
    return np.array(value, dtype=like.dtype)
