"""Edits of the points: add, remove, move, recolor, hold back for the test, give values.

Each keeps what it needs to lead back and no more: an added point costs its undo step a number, a
moved one its former coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from app.document.columns import bounded, checked_indices
from app.document.lineage import beside, united

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from app.document.classes import Classes
    from app.document.columns import ColumnName
    from app.document.commands.command import Command
    from app.document.points import Points
    from app.document.state import State


@dataclass(frozen=True, eq=False)
class _PointsEdit:
    """What edits of the points have in common.

    Attributes
    ----------
    verb : str
        What it is called in the menu.
    classes : tuple of ClassInfo or None
        The classes of the state that it leads to; None: those that are there, and what labels
        without a class bring along.
    """

    verb: str = field(default="edit", kw_only=True)
    classes: Classes | None = field(default=None, kw_only=True)

    def effort(self: Command, state: State) -> int:
        """All points, which are copied, and the touched ones to read and to write them."""
        return len(state.points) + 2 * self.count

    def _with_points(self, state: State, points: Points) -> State:
        classes = state.classes if self.classes is None else self.classes
        return replace(state, points=points, classes=classes)


@dataclass(frozen=True, eq=False)
class AddPoints(_PointsEdit):
    """Add points after the ones that are there."""

    points: Points
    verb: str = field(default="add", kw_only=True)

    @property
    def count(self) -> int:
        """How many points."""
        return len(self.points)

    @property
    def nbytes(self) -> int:
        """Memory of the points."""
        return self.points.nbytes

    def effort(self, state: State) -> int:
        """The new points alone."""
        return 2 * self.count

    def apply(self, state: State) -> tuple[State, Command]:
        """Append; the inverse leaves exactly these out."""
        inverse = RemoveLast(self.count, classes=state.classes)
        if not self.count:
            return state, inverse
        return self._with_points(state, state.points.append(self.points)), inverse

    def joined(self, later: Command) -> None:
        """Stay apart."""


@dataclass(frozen=True, eq=False)
class RemoveLast(_PointsEdit):
    """Remove the points that were added last."""

    count: int
    verb: str = field(default="remove", kw_only=True)
    nbytes = 0

    def effort(self, state: State) -> int:
        """The points that go: a shorter view shows the others."""
        return self.count

    def apply(self, state: State) -> tuple[State, Command]:
        """Show fewer; the inverse adds them again."""
        m = len(state.points)
        points = state.points.without_last(self.count)
        removed = state.points.take(np.arange(m - self.count, m))
        inverse = AddPoints(removed, classes=state.classes)
        return self._with_points(state, points) if self.count else state, inverse

    def joined(self, later: Command) -> Command | None:
        """Remove all at once what several steps of a stroke added."""
        if not isinstance(later, RemoveLast):
            return None
        return replace(self, count=self.count + later.count)


@dataclass(frozen=True, eq=False)
class InsertPoints(_PointsEdit):
    """Put points where they will then have given positions, shape (k,), ascending."""

    indices: NDArray[np.int64]
    points: Points
    verb: str = field(default="add", kw_only=True)

    @property
    def count(self) -> int:
        """How many points."""
        return len(self.points)

    @property
    def nbytes(self) -> int:
        """Memory of points and positions."""
        return self.points.nbytes + self.indices.nbytes

    def apply(self, state: State) -> tuple[State, Command]:
        """Insert; the inverse removes exactly these."""
        indices = checked_indices(self.indices, len(state.points) + self.count)
        points = state.points.insert(indices, self.points)
        inverse = RemovePoints(indices, classes=state.classes)
        return self._with_points(state, points) if self.count else state, inverse

    def joined(self, later: Command) -> Command | None:
        """Put back all at once what several steps of a stroke removed."""
        if not isinstance(later, InsertPoints):
            return None
        indices = np.concatenate([self.indices, beside(self.indices, later.indices)])
        order = np.argsort(indices, kind="stable")
        points = self.points.insert(np.flatnonzero(order >= self.count), later.points)
        return replace(self, indices=indices[order], points=points)


@dataclass(frozen=True, eq=False)
class RemovePoints(_PointsEdit):
    """Remove the points at given positions, shape (k,), ascending."""

    indices: NDArray[np.int64]
    verb: str = field(default="remove", kw_only=True)

    @property
    def count(self) -> int:
        """How many points."""
        return len(self.indices)

    @property
    def nbytes(self) -> int:
        """Memory of the positions."""
        return self.indices.nbytes

    def apply(self, state: State) -> tuple[State, Command]:
        """Remove; the inverse puts them back where they were."""
        indices = checked_indices(self.indices, len(state.points))
        removed = state.points.take(indices)
        inverse = InsertPoints(indices, removed, classes=state.classes)
        if not self.count:
            return state, inverse
        return self._with_points(state, state.points.remove(self.indices)), inverse

    def joined(self, later: Command) -> None:
        """Stay apart: the positions of the later one are counted among other points."""


@dataclass(frozen=True, eq=False)
class EditPoints(_PointsEdit):
    """Write other entries into one column of some points.

    Made by `move_points`, `relabel_points`, `set_test` and `set_values`.

    Attributes
    ----------
    column : {"X", "labels", "values", "test"}
    indices : ndarray, shape (k,)
        Positions of the points, ascending.
    entries : array, shape (2, k) for "X", otherwise (k,) or one entry for all
    """

    column: ColumnName
    indices: NDArray[np.int64]
    entries: ArrayLike

    @property
    def count(self) -> int:
        """How many points."""
        return len(self.indices)

    @property
    def nbytes(self) -> int:
        """Memory of positions and entries."""
        return self.indices.nbytes + np.asarray(self.entries).nbytes

    def apply(self, state: State) -> tuple[State, Command]:
        """Write; the inverse writes what was there."""
        indices = checked_indices(self.indices, len(state.points))
        points = state.points.edited(self.column, indices, self.entries)
        before, after = (one.entries(self.column, indices) for one in (state.points, points))
        inverse = replace(self, indices=indices, entries=before, classes=state.classes)
        # Compared by their bits: to the undo, 0 and −0 are two numbers.
        bits = f"i{before.itemsize}"
        if np.array_equal(before.view(bits), after.view(bits)):
            return state, inverse
        return self._with_points(state, points), inverse

    def joined(self, later: Command) -> Command | None:
        """Write into all that both touch, and what this one knows where both do."""
        if not (isinstance(later, EditPoints) and later.column == self.column):
            return None
        if np.array_equal(self.indices, later.indices):
            return self
        indices = united(self.indices, later.indices)
        shape = (*np.shape(self.entries)[:-1], indices.size)
        entries = np.empty(shape, np.asarray(self.entries).dtype)
        for one in (later, self):
            entries[..., np.searchsorted(indices, one.indices)] = one.entries
        return replace(self, indices=indices, entries=entries)


def move_points(indices: NDArray[np.int64], X: ArrayLike, verb: str = "move") -> EditPoints:
    """Give points other coordinates, shape (2, k): to move, turn, mirror or jitter them.

    They stop where the accepted coordinates end.
    """
    return EditPoints("X", indices, bounded(X), verb=verb)


def relabel_points(
    indices: NDArray[np.int64], labels: ArrayLike, verb: str = "recolor"
) -> EditPoints:
    """Give points other classes: one label, or shape (k,)."""
    return EditPoints("labels", indices, labels, verb=verb)


def set_values(
    indices: NDArray[np.int64], values: ArrayLike, verb: str = "set value"
) -> EditPoints:
    """Give points other targets of the regression: one value, or shape (k,)."""
    return EditPoints("values", indices, values, verb=verb)


def set_test(indices: NDArray[np.int64], test: ArrayLike) -> EditPoints:
    """Put points into the test set (True) or the training set: one flag, or shape (k,)."""
    if np.all(test):
        verb = "move to test"
    else:
        verb = "swap test and training" if np.any(test) else "move to training"
    return EditPoints("test", indices, test, verb=verb)


def toggle_test(points: Points, indices: NDArray[np.int64]) -> EditPoints:
    """Put these of the points into the set that they do not belong to."""
    return set_test(indices, ~points.test[checked_indices(indices, len(points))])


def add_noise(
    points: Points, sigma: float, seed: int, indices: NDArray[np.int64] | None = None
) -> EditPoints:
    """Move these of the points, or all, at random: each coordinate by N(0, sigma²).

    Raises
    ------
    ValueError
        If sigma is negative or not finite.
    """
    if not 0 <= sigma < np.inf:
        raise ValueError(f"sigma is {sigma}; accepted: a standard deviation, 0 or more")
    chosen = np.arange(len(points)) if indices is None else checked_indices(indices, len(points))
    X = np.random.default_rng(seed).standard_normal((2, chosen.size))
    X *= sigma
    X += points.entries("X", chosen)
    return move_points(chosen, X, verb="add noise")
