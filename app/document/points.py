"""The drawn points: an immutable set of examples, in columns as in the notes.

A `Points` shows the first m columns of a storage that grows at its end and is never changed where
somebody may be looking.  So adding a point costs the same however many there are, undoing it is a
shorter view of the same storage, and the worker thread may read earlier views meanwhile.  Whoever
adds to a storage first claims the room for it: that an edit is computed beside the window, and
given up, harms nobody.

Every point has both a label and a value: the task of the state says which of the two is learned,
and choosing the other task and coming back loses neither.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from app.document.columns import (
    BYTES_PER_POINT,
    Columns,
    checked_columns,
    checked_entries,
    checked_indices,
)
from app.document.lineage import Lineage

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from app.document.columns import ColumnName

LEAST_ROOM = 64
"""Points that fit into a storage at least behind those that it begins with.

Half as many as there are fit as well: what is drawn into an opened table copies nothing, and room
that is never written takes no memory.
"""


class _Storage:
    """Columns with room behind the last point; only that room is ever written."""

    __slots__ = ("_lock", "columns", "lineage", "token", "used")

    def __init__(self, m: int, lineage: Lineage | None = None) -> None:
        self.columns = Columns.room(m + m // 2 + LEAST_ROOM)
        self.used = m
        self.lineage = lineage
        self.token = object()
        self._lock = Lock()

    def claim(self, after: int, count: int) -> bool:
        """Take room for ``count`` points behind ``after``; False if that is not the last, or all.

        Of two threads that ask, one gets it.
        """
        with self._lock:
            free = self.used == after and after + count <= self.columns.labels.size
            if free:
                self.used += count
            return free

    def write(self, start: int, added: Columns) -> None:
        """Put points from ``start`` on, into room that was claimed."""
        end = start + added.labels.size
        for target, source in zip(self.columns, added, strict=True):
            target[..., start:end] = source

    def write_chosen(self, columns: Columns, indices: NDArray[np.int64]) -> None:
        """Begin with the points at some positions: half the time of a copy of them."""
        for target, source in zip(self.columns.rows, columns.rows, strict=True):
            # NumPy writes into the target at once only where it need not look at the positions.
            source.take(indices, out=target[: indices.size], mode="clip")


@dataclass(frozen=True, eq=False)
class Points:
    """Points of the plane, each with a label, a value and the set it belongs to; all read-only.

    Attributes
    ----------
    X : ndarray of float64, shape (2, m)
        Coordinates, one point a column.
    labels : ndarray of int64, shape (m,)
        Class numbers from 0.
    values : ndarray of float64, shape (m,)
        Targets of a regression.
    test : ndarray of bool, shape (m,)
        Whether the point belongs to the test set.
    counts, test_counts : ndarray of int64, shape (8,)
        Points of each class, and how many of these belong to the test set.
    """

    X: NDArray[np.float64]
    labels: NDArray[np.int64]
    values: NDArray[np.float64]
    test: NDArray[np.bool_]
    counts: NDArray[np.int64]
    test_counts: NDArray[np.int64]
    _storage: _Storage = field(repr=False)

    def __post_init__(self) -> None:
        for array in (*self.columns, self.counts, self.test_counts):
            array.flags.writeable = False

    @classmethod
    def of(
        cls,
        X: ArrayLike,
        labels: ArrayLike,
        values: ArrayLike | None = None,
        test: ArrayLike | None = None,
    ) -> Points:
        """Copy and check columns; without values these are 0, without flags all are for training.

        Raises
        ------
        ValueError
            If the shapes do not belong together, a coordinate or a value is not finite, or a
            label is not a whole number or outside 0 … 7.
        """
        return cls._copy(checked_columns(X, labels, values, test))

    @classmethod
    def empty(cls) -> Points:
        """No points at all."""
        return cls.of(np.empty((2, 0)), np.empty(0, np.int64))

    @classmethod
    def _copy(cls, columns: Columns) -> Points:
        storage = _Storage(columns.labels.size)
        storage.write(0, columns)
        return cls._first_of(storage, columns.labels.size, *columns.counts())

    @classmethod
    def _first_of(
        cls, storage: _Storage, m: int, counts: NDArray[np.int64], test_counts: NDArray[np.int64]
    ) -> Points:
        return cls(*storage.columns.part(slice(m)), counts, test_counts, storage)

    def __len__(self) -> int:
        return self.labels.size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Points) or len(self) != len(other):
            return False
        same_storage = self._storage is other._storage
        return same_storage or all(map(np.array_equal, self.columns, other.columns))

    def __hash__(self) -> int:
        return hash((self.counts.tobytes(), self.test_counts.tobytes()))

    @property
    def columns(self) -> Columns:
        """All that is known of the points."""
        return Columns(self.X, self.labels, self.values, self.test)

    @property
    def nbytes(self) -> int:
        """Memory that the points take."""
        return BYTES_PER_POINT * len(self)

    @property
    def class_count(self) -> int:
        """Number of classes that the labels need: 0 without points."""
        used = np.flatnonzero(self.counts)
        return int(used[-1]) + 1 if used.size else 0

    def continues(self, earlier: Points) -> bool:
        """Whether these are known to be the earlier points, with others behind them or none.

        Looks at no point, and so says no of points that were put together anew.
        """
        return self._storage is earlier._storage and len(self) >= len(earlier)

    def append(self, added: Points) -> Points:
        """Put points behind the last one: O(k) for k points, however many there are already."""
        storage, m, k = self._storage, len(self), len(added)
        if not storage.claim(m, k):
            storage = _Storage(m + k, self._lineage(np.empty(0, np.int64), removed=False))
            storage.write(0, self.columns)
        storage.write(m, added.columns)
        counts, test_counts = self.counts + added.counts, self.test_counts + added.test_counts
        return Points._first_of(storage, m + k, counts, test_counts)

    def without_last(self, count: int) -> Points:
        """Leave out the last points: a shorter view of the same storage, O(count)."""
        left = len(self) - count
        if not 0 <= left <= len(self):
            raise ValueError(f"count is {count}; accepted: from 0 to {len(self)} points")
        counts, test_counts = self.columns.part(slice(left, None)).counts()
        return Points._first_of(
            self._storage, left, self.counts - counts, self.test_counts - test_counts
        )

    def carried(self, indices: NDArray[np.int64], earlier: Points) -> NDArray[np.int64] | None:
        """Return where earlier points, at ascending positions, stand here; None: not known.

        Known are the steps of a hand: points that were added, removed or put back.
        """
        lineage = self._storage.lineage
        if self._storage is earlier._storage:
            return indices if self.continues(earlier) else indices[indices < len(self)]
        if lineage and lineage.storage is earlier._storage.token and lineage.m == len(earlier):
            carried = lineage.carried(indices)
            all_there = not carried.size or carried[-1] < len(self)
            return carried if all_there else carried[: np.searchsorted(carried, len(self))]
        return None

    def insert(self, indices: NDArray[np.int64], added: Points) -> Points:
        """Put ``added`` where they will then have the given ascending positions."""
        m = len(self) + len(added)
        places = checked_indices(indices, m)
        old = np.ones(m, dtype=bool)
        old[places] = False
        storage = _Storage(m, self._lineage(places, removed=False))
        rows = zip(storage.columns.rows, self.columns.rows, added.columns.rows, strict=True)
        for room, mine, theirs in rows:
            target = room[:m]
            target[old], target[places] = mine, theirs
        counts, test_counts = self.counts + added.counts, self.test_counts + added.test_counts
        return Points._first_of(storage, m, counts, test_counts)

    def remove(self, indices: NDArray[np.int64]) -> Points:
        """Leave out the points at the given ascending positions."""
        places = checked_indices(indices, len(self))
        kept = np.ones(len(self), dtype=bool)
        kept[places] = False
        counts, test_counts = self.columns.chosen(places).counts()
        left = len(self) - places.size
        storage = _Storage(left, self._lineage(places, removed=True))
        storage.write_chosen(self.columns, kept.nonzero()[0])
        return Points._first_of(storage, left, self.counts - counts, self.test_counts - test_counts)

    def take(self, indices: NDArray[np.int64]) -> Points:
        """Keep only the points at the given ascending positions."""
        return Points._copy(self.columns.chosen(checked_indices(indices, len(self))))

    def where(self, chosen: NDArray[np.bool_]) -> Points:
        """Keep only the points that a mask of shape (m,) chooses."""
        return Points._copy(self.columns.chosen(np.flatnonzero(chosen)))

    def entries(self, column: ColumnName, indices: NDArray[np.int64]) -> NDArray[Any]:
        """Copy what the points at some positions have in a column, shape (2, k) or (k,)."""
        # Row by row: two rows at once, which do not follow each other, take four times as long.
        rows = getattr(self, column)
        return rows.take(indices) if rows.ndim == 1 else np.stack([r.take(indices) for r in rows])

    def edited(self, column: ColumnName, indices: NDArray[np.int64], entries: ArrayLike) -> Points:
        """Write other entries, or one for all, into a column at the given ascending positions."""
        places = checked_indices(indices, len(self))
        checked = checked_entries(column, entries, places.size)
        storage, m = _Storage(len(self)), len(self)
        storage.write(0, self.columns)
        rows = np.atleast_2d(getattr(storage.columns, column))
        for target, row in zip(rows, np.atleast_2d(checked), strict=True):
            target[places] = row
        if column in ("X", "values"):
            return Points._first_of(storage, m, self.counts, self.test_counts)
        return Points._first_of(storage, m, *storage.columns.part(slice(m)).counts())

    def near(
        self, start: tuple[float, float], end: tuple[float, float], radius: float
    ) -> NDArray[np.int64]:
        """Positions of the points at most ``radius`` from the line from start to end, ascending.

        Only what lies in the rectangle around the brush is measured: of 1,000,000 points that
        takes 2 ms, where measuring all distances takes 13.
        """
        around = np.ones(len(self), np.bool_)
        for x, *ends in zip(self.X, start, end, strict=True):
            around &= x >= min(ends) - radius
            around &= x <= max(ends) + radius
        beside = np.flatnonzero(around)
        origin = np.array(start)[:, np.newaxis]
        along = np.array(end)[:, np.newaxis] - origin
        # Squares of coordinates beyond 1e154 overflow: such a point is far from everything.
        with np.errstate(over="ignore", invalid="ignore"):
            length = float((along**2).sum())
            offset = self.entries("X", beside) - origin
            share = np.clip((offset * along).sum(axis=0) / length, 0, 1) if length else 0.0
            squared = ((offset - share * along) ** 2).sum(axis=0)
        near: NDArray[np.int64] = beside[squared <= radius * radius]
        return near

    def _lineage(self, places: NDArray[np.int64], *, removed: bool) -> Lineage:
        return Lineage(self._storage.token, len(self), places, removed)
