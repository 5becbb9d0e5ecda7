"""Checks of what a caller hands in.

Notes: "Vectorization" (deep-learning course), whose tip is to assert every shape.

Every message names the argument, what was given and what is accepted, because the window and the
command line print it to a person as it stands.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite, isnan, nan
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nncore.arrays import DType, FloatArray, IntArray
from nncore.ranges import Range

T = TypeVar("T")

Number = int | float | np.integer | np.floating
"""The kinds of numbers that an argument may be."""

NO_NUMBER = bool | np.timedelta64
"""Python counts the first, NumPy the second among the integers."""

MOST = 2**53
"""Counts go up to here: every whole number below has a float64 of its own."""


def check_instance(argument: str, given: object, kind: type[T]) -> T:
    """Return ``given`` if it is of this class."""
    if isinstance(given, kind):
        return given
    raise ValueError(f"{argument} is a {type(given).__name__}; accepted: {kind.__name__}")


def check_name(argument: str, given: object, accepted: Iterable[str]) -> str:
    """Return ``given`` if it is one of the accepted names."""
    names = tuple(accepted)
    if isinstance(given, str) and given in names:
        return given
    raise ValueError(f"{argument} is {given!r}; accepted: {', '.join(names)}")


def check_integer(argument: str, given: object, minimum: int) -> int:
    """Return ``given`` as an int if it is a whole number of at least ``minimum``."""
    value = minimum - 1
    if isinstance(given, int | np.integer) and not isinstance(given, NO_NUMBER):
        value = int(given)
    if value < minimum:
        raise ValueError(f"{argument} is {given!r}; accepted: a whole number from {minimum} up")
    return value


def check_count(argument: str, given: object, minimum: int = 0) -> int:
    """Return ``given`` as an int if a schedule or a record can count that far."""
    value = check_integer(argument, given, minimum)
    if value > MOST:
        raise ValueError(f"{argument} is {given!r:.40}; accepted: a whole number up to {MOST}")
    return value


def check_real(argument: str, given: object) -> float:
    """Return ``given`` as a float if it is a number; it may be infinite, or not-a-number."""
    if isinstance(given, float | np.floating):
        return float(given)
    value = _as_number(given)
    if isnan(value):
        raise ValueError(f"{argument} is {given!r:.40}; accepted: a number")
    return value


def check_number(argument: str, given: object, *, positive: bool = False) -> float:
    """Return ``given`` as a float if it is finite and not negative (``positive``: above zero)."""
    value = _as_number(given)
    if isfinite(value) and (value > 0 or (value == 0 and not positive)):
        return value
    wanted = "a number above 0" if positive else "a number from 0 up"
    raise ValueError(f"{argument} is {given!r}; accepted: {wanted}")


def check_range(argument: str, given: object, accepted: Range) -> float:
    """Return ``given`` as a float if it lies in the range."""
    value = _as_number(given)
    if accepted.contains(value):
        return value
    raise ValueError(f"{argument} is {given!r}; accepted: a number from {accepted}")


def check_finite(argument: str, given: object) -> float:
    """Return ``given`` as a float if it is finite; it may be negative."""
    value = _as_number(given)
    if isfinite(value):
        return value
    raise ValueError(f"{argument} is {given!r}; accepted: a finite number")


def check_share(argument: str, given: object) -> float:
    """Return ``given`` as a float if it is a number from 0 up to, but not including, 1."""
    value = _as_number(given)
    if 0 <= value < 1:
        return value
    raise ValueError(f"{argument} is {given!r}; accepted: a number from 0 up, below 1")


def check_factor(argument: str, given: object) -> float:
    """Return ``given`` as a float if it is above 0 and at most 1."""
    value = check_number(argument, given, positive=True)
    if value > 1:
        raise ValueError(f"{argument} is {given!r}; accepted: a number above 0, up to 1")
    return value


def check_dtype(argument: str, given: object) -> DType:
    """Return ``given`` if it is the type of the numbers of a network."""
    for accepted in (np.float64, np.float32):
        if isinstance(given, type | np.dtype) and given == accepted:
            return accepted
    raise ValueError(f"{argument} is {given!r:.40}; accepted: float64, float32")


def check_list(argument: str, given: object) -> Sequence[Any]:
    """Return ``given`` if it is a list of things, or a tuple, or an array of arrays."""
    if isinstance(given, list | tuple):
        return given
    if isinstance(given, np.ndarray) and given.ndim:
        return list(given)
    raise ValueError(f"{argument} is a {type(given).__name__}; accepted: a list")


def check_matrix(
    argument: str, given: ArrayLike, rows: int, columns: int | None = None
) -> FloatArray:
    """Return ``given`` as a finite float64 array of ``rows`` rows; examples are its columns."""
    array = check_array(argument, given)
    wanted = f"({rows}, {'m' if columns is None else columns})"
    if array.ndim != 2 or array.shape[0] != rows or columns not in (None, array.shape[1]):
        raise ValueError(f"{argument} has shape {array.shape}; accepted: {wanted}")
    with np.errstate(over="ignore"):
        values = np.ascontiguousarray(array, dtype=np.float64)
    if not np.isfinite(values).all():
        column = int(np.flatnonzero(~np.isfinite(values).all(axis=0))[0])
        raise ValueError(
            f"{argument} has a value that is not finite in column {column}; accepted: finite ones"
        )
    return values


def check_layer_dims(given: object) -> tuple[int, ...]:
    """Return ``given`` as (n_x, n[1], ..., n_y): two whole numbers or more, each from 1 up."""
    dims = tuple(given) if isinstance(given, tuple | list) else ()
    if len(dims) < 2:
        raise ValueError(f"layer_dims is {given!r}; accepted: (n_x, n[1], ..., n_y)")
    return tuple(check_integer(f"layer_dims[{i}]", n, 1) for i, n in enumerate(dims))


def check_array(argument: str, given: ArrayLike, wanted: str = "real numbers") -> NDArray[Any]:
    """Return ``given`` as an array of real numbers, of any shape."""
    if isinstance(given, np.ma.MaskedArray):
        raise ValueError(f"{argument} is a masked array; accepted: {wanted}, each of which counts")
    try:
        array = np.asarray(given)
    except ValueError:
        raise ValueError(
            f"{argument} has rows of different lengths; accepted: equal ones"
        ) from None
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{argument} has dtype {array.dtype}; accepted: {wanted}")
    return array


def check_labels(argument: str, given: ArrayLike, n_classes: int) -> IntArray:
    """Return ``given`` as a vector of class numbers 0 ... ``n_classes`` - 1."""
    array = check_array(argument, given, "class numbers")
    if array.ndim == 2 and array.shape[0] == 1:
        array = array[0]
    if array.ndim != 1:
        raise ValueError(f"{argument} has shape {array.shape}; accepted: (m,) or (1, m)")
    wrong = ~np.isin(array, np.arange(n_classes))
    if wrong.any():
        raise ValueError(
            f"{argument} contains {array[wrong][0]!s}; accepted: class numbers 0 to {n_classes - 1}"
        )
    return array.astype(np.int64)


def check_fields(argument: str, given: object, names: Sequence[str]) -> Mapping[str, Any]:
    """Return ``given`` if it is a dictionary of exactly these keys."""
    if not isinstance(given, dict):
        raise ValueError(f"{argument} is {given!r:.40}; accepted: a dictionary")
    for name in names:
        if name not in given:
            raise ValueError(f"{argument} has no {name!r}; needed: {', '.join(names)}")
    for key in given:
        if key not in names:
            raise ValueError(f"{argument} has an unknown {key!r:.40}; accepted: {', '.join(names)}")
    return given


def check_vector(argument: str, given: object) -> FloatArray:
    """Return a list of finite numbers as a float64 vector."""
    if not isinstance(given, list) or set(map(type, given)) - {int, float}:
        raise ValueError(f"{argument} is {given!r:.40}; accepted: a list of numbers")
    if not all(isfinite(value) for value in given):
        raise ValueError(f"{argument} has a value that is not finite; accepted: finite numbers")
    return np.array(given, dtype=np.float64)


def _as_number(given: object) -> float:
    """Return ``given`` as a float: not a number for all that is none, and for what none can hold.

    True is refused as well: ``l2=True`` means to switch something on, not λ₂ = 1.
    """
    try:
        return (
            float(given) if isinstance(given, Number) and not isinstance(given, NO_NUMBER) else nan
        )
    except OverflowError:
        return nan
