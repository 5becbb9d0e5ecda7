"""The drawn points: an immutable set of labelled examples, examples in columns as in the notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

MAX_CLASSES = 9


def _frozen(array: NDArray[np.generic]) -> NDArray[np.generic]:
    array.flags.writeable = False
    return array


def _whole(labels: ArrayLike) -> NDArray[np.int64]:
    """Copy labels; ValueError if one would have to be rounded."""
    given = np.asarray(labels).reshape(-1)
    with np.errstate(invalid="ignore"):
        numbers = given.astype(np.int64)
    wrong = numbers != given
    if wrong.any():
        raise ValueError(
            f"labels contain {given[wrong][0]}; "
            f"class numbers from 0 to {MAX_CLASSES - 1} are accepted"
        )
    return numbers


@dataclass(frozen=True, eq=False)
class Points:
    """Labelled points of the plane.

    Attributes
    ----------
    X : ndarray of float64, shape (2, m)
        Coordinates, one point a column; read-only.
    labels : ndarray of int64, shape (m,)
        Class numbers from 0; read-only.
    """

    X: NDArray[np.float64]
    labels: NDArray[np.int64]

    @classmethod
    def of(cls, X: ArrayLike, labels: ArrayLike) -> Points:
        """Copy and check coordinates and labels.

        Raises
        ------
        ValueError
            If the shapes do not belong together, a coordinate is not finite, or a label is not
            a whole number or outside 0 … 8.
        """
        columns = np.array(X, dtype=np.float64, ndmin=2, order="C")
        numbers = _whole(labels)
        if columns.shape != (2, numbers.size):
            raise ValueError(
                f"X has shape {columns.shape}; {numbers.size} labels want (2, {numbers.size})"
            )
        if not np.isfinite(columns).all():
            raise ValueError("X has a coordinate that is not a finite number")
        if numbers.size and not (numbers.min() >= 0 and numbers.max() < MAX_CLASSES):
            raise ValueError(
                f"labels go from {numbers.min()} to {numbers.max()}; "
                f"class numbers from 0 to {MAX_CLASSES - 1} are accepted"
            )
        _frozen(columns)
        _frozen(numbers)
        return cls(columns, numbers)

    @classmethod
    def empty(cls) -> Points:
        """No points at all."""
        return cls.of(np.empty((2, 0)), np.empty(0, np.int64))

    def __len__(self) -> int:
        return self.labels.size

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Points)
            and np.array_equal(self.X, other.X)
            and np.array_equal(self.labels, other.labels)
        )

    def __hash__(self) -> int:
        return hash((self.X.tobytes(), self.labels.tobytes()))

    @property
    def class_count(self) -> int:
        """Number of classes that the labels need; at least two."""
        return max(2, int(self.labels.max()) + 1) if len(self) else 2

    def counts(self) -> NDArray[np.int64]:
        """Points of each class, shape (class_count,)."""
        return np.bincount(self.labels, minlength=self.class_count)

    def insert(self, indices: NDArray[np.int64], added: Points) -> Points:
        """Put ``added`` where they will then have the given (ascending) positions."""
        m = len(self) + len(added)
        old = np.ones(m, dtype=bool)
        old[indices] = False
        X, labels = np.empty((2, m)), np.empty(m, np.int64)
        X[:, old], X[:, indices] = self.X, added.X
        labels[old], labels[indices] = self.labels, added.labels
        return Points.of(X, labels)

    def remove(self, indices: NDArray[np.int64]) -> Points:
        """Leave out the points at the given positions."""
        return Points.of(np.delete(self.X, indices, axis=1), np.delete(self.labels, indices))

    def take(self, indices: NDArray[np.int64]) -> Points:
        """Keep only the points at the given positions."""
        return Points.of(self.X[:, indices], self.labels[indices])

    def near(
        self, start: tuple[float, float], end: tuple[float, float], radius: float
    ) -> NDArray[np.int64]:
        """Positions of the points at most ``radius`` from the line from start to end, ascending."""
        origin = np.array(start)[:, np.newaxis]
        along = np.array(end)[:, np.newaxis] - origin
        # Squares of coordinates beyond 1e154 overflow: such a point is far from everything.
        with np.errstate(over="ignore", invalid="ignore"):
            length = float((along**2).sum())
            offset = self.X - origin
            share = np.clip((offset * along).sum(axis=0) / length, 0, 1) if length else 0.0
            squared = ((offset - share * along) ** 2).sum(axis=0)
        return np.flatnonzero(squared <= radius * radius)
