"""What is known of each point, in columns, and the checks that let columns in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

import numpy as np

from nncore import Range

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

ColumnName = Literal["X", "labels", "values", "test"]
MAX_CLASSES = 8
COORDINATES = Range(-1e6, 1e6)
"""What a coordinate may be: far beyond any canvas, and far from overflow when it is trained on."""

BYTES_PER_POINT = 2 * 8 + 8 + 8 + 1


Entry = TypeVar("Entry", bound=np.generic)


class Columns(NamedTuple):
    """The columns of some points; the last axis counts the points."""

    X: NDArray[np.float64]
    labels: NDArray[np.int64]
    values: NDArray[np.float64]
    test: NDArray[np.bool_]

    @classmethod
    def room(cls, m: int) -> Columns:
        """Columns for m points, whose entries are yet to be written."""
        return cls(np.empty((2, m)), np.empty(m, np.int64), np.empty(m), np.empty(m, np.bool_))

    @property
    def rows(self) -> tuple[NDArray[Any], ...]:
        """Views of one entry for each point: x1, x2, label, value, test."""
        return (*self.X, self.labels, self.values, self.test)

    def part(self, which: slice) -> Columns:
        """Views of points that follow each other."""
        return Columns(self.X[:, which], self.labels[which], self.values[which], self.test[which])

    def chosen(self, indices: NDArray[np.int64]) -> Columns:
        """Copies of the points at some positions."""
        # Row by row and by positions: by a mask, two rows at once take thirty times as long, and
        # NumPy would copy all of X first, whose rows do not follow each other in the storage.
        return Columns(
            np.stack([row.take(indices) for row in self.X]),
            self.labels.take(indices),
            self.values.take(indices),
            self.test.take(indices),
        )

    def counts(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Points of each class, shape (8,), and how many of these belong to the test set."""
        tested = self.labels[self.test]
        return (
            np.bincount(self.labels, minlength=MAX_CLASSES),
            np.bincount(tested, minlength=MAX_CLASSES),
        )


def checked_indices(indices: ArrayLike, m: int) -> NDArray[np.int64]:
    """Return positions of points, shape (k,); ValueError unless they ascend within 0 … m − 1."""
    given = np.asarray(indices).reshape(-1)
    if given.size and given.dtype.kind not in "iu":
        raise ValueError(f"indices are of type {given.dtype}; accepted: whole numbers")
    places = given.astype(np.int64)
    if places.size and not (places[0] >= 0 and places[-1] < m and (np.diff(places) > 0).all()):
        raise ValueError(f"indices are not ascending positions from 0 to {m - 1}, each once")
    return places


def checked_labels(labels: ArrayLike) -> NDArray[np.int64]:
    """Copy class numbers, shape (m,).

    Raises
    ------
    ValueError
        If one is not a whole number or outside 0 … 7.
    """
    given = np.asarray(labels).reshape(-1)
    with np.errstate(invalid="ignore"):
        numbers = given.astype(np.int64)
    wrong = (numbers != given) | (numbers < 0) | (numbers >= MAX_CLASSES)
    if wrong.any():
        raise ValueError(
            f"labels contain {given[wrong][0]}; "
            f"class numbers from 0 to {MAX_CLASSES - 1} are accepted"
        )
    return numbers


def checked_coordinates(X: ArrayLike, m: int) -> NDArray[np.float64]:
    """Copy coordinates; ValueError unless they are finite and of shape (2, m)."""
    columns = np.array(X, dtype=np.float64, ndmin=2, order="C")
    if columns.shape != (2, m):
        raise ValueError(f"X has shape {columns.shape}; accepted for {m} points: (2, {m})")
    return _finite("X", "coordinate", columns)


def bounded(X: ArrayLike) -> NDArray[np.float64]:
    """Return coordinates, those beyond `COORDINATES` at the end of it: a file holds no others."""
    return np.clip(np.asarray(X, np.float64), COORDINATES.minimum, COORDINATES.maximum)


def checked_values(values: ArrayLike, m: int) -> NDArray[np.float64]:
    """Copy targets; ValueError unless they are finite and of shape (m,)."""
    return _finite("values", "number", _of_length("values", np.array(values, np.float64), m))


def checked_test(test: ArrayLike, m: int) -> NDArray[np.bool_]:
    """Copy flags; ValueError unless they are truth values and of shape (m,)."""
    flags = np.array(test)
    if flags.size and flags.dtype != np.bool_:
        raise ValueError(
            f"test is of type {flags.dtype}; accepted: True for points of the test set"
        )
    return _of_length("test", flags.astype(np.bool_), m)


def checked_columns(
    X: ArrayLike,
    labels: ArrayLike,
    values: ArrayLike | None = None,
    test: ArrayLike | None = None,
) -> Columns:
    """Copy columns that belong together; values that are not given are 0, flags False."""
    numbers = checked_labels(labels)
    m = numbers.size
    return Columns(
        checked_coordinates(X, m),
        numbers,
        checked_values(np.zeros(m) if values is None else values, m),
        checked_test(np.zeros(m, np.bool_) if test is None else test, m),
    )


def checked_entries(column: ColumnName, entries: ArrayLike, m: int) -> NDArray[Any]:
    """Return what m points shall have in a column; one entry stands for all of them."""
    if column == "X":
        return checked_coordinates(entries, m)
    given = np.asarray(entries)
    spread = np.full(m, given) if given.ndim == 0 else given
    if column == "labels":
        return _of_length("labels", checked_labels(spread), m)
    return checked_values(spread, m) if column == "values" else checked_test(spread, m)


def _of_length(name: str, column: NDArray[Entry], m: int) -> NDArray[Entry]:
    if column.shape != (m,):
        raise ValueError(f"{name} has shape {column.shape}; accepted for {m} points: ({m},)")
    return column


def _finite(name: str, entry: str, column: NDArray[np.float64]) -> NDArray[np.float64]:
    if not np.isfinite(column).all():
        raise ValueError(f"{name} has a {entry} that is not a finite number")
    return column
