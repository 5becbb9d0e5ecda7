"""Which points are chosen: what is seen and worked on, and no part of the document.

Positions shift when points are removed before them, so the choice is carried over as the points
say that they came from the earlier ones. Points that were put together anew do not say so: chosen
are then those that stand where chosen ones stood, which takes 50 ms among 100,000.

Among very many points a thread finds the ones to choose; what was chosen before is shown until
then. So it is with the rectangle around very many, which takes 3 to 7 ms of a million: half of
what adopting an edit of them cost the window.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.document.state import Changed
from app.side_job import SideJob

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from app.document.document import Document
    from app.document.points import Points
    from app.views.canvas.geometry import Place

    Corners = tuple[NDArray[np.float64], NDArray[np.float64]]

MARGIN = 12.0  # pixels between the chosen points and the frame that is shown around them
NOTHING = np.empty(0, np.int64)
NOWHERE = 0.0, 0.0  # how far the choice is shown from where it is
MOST_AT_ONCE = 50_000
"""Points that are searched at once, or framed: a lasso takes 5 ms, among a million 48."""
AT_ONCE = 65_536
"""Points whose corners are found together, in the cache: of a million in 3 ms instead of 10."""


class Selection(QObject):
    """The positions of the chosen points.

    Signals
    -------
    changed()
        Others are chosen, or the chosen ones moved.
    shifted()
        They are shown at another place while a hand moves them; in the document they stay.
    framed()
        The corners of very many have been found.
    """

    changed = Signal()
    shifted = Signal()
    framed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._points = document.state.points
        self._indices = NOTHING
        self._corners: Corners | None = None
        self.offset: Place = NOWHERE
        self.version = 0
        self._job: SideJob[NDArray[np.int64]] = SideJob(self)
        self._job.finished.connect(self._adopt)
        self._framing: SideJob[Corners] = SideJob(self)
        self._framing.finished.connect(self._frame)
        document.changed.connect(self._follow)
        document.awaited.connect(self._come_back)

    @property
    def indices(self) -> NDArray[np.int64]:
        """Positions, ascending, shape (k,)."""
        return self._indices

    @property
    def X(self) -> NDArray[np.float64]:
        """Coordinates of the chosen points, shape (2, k)."""
        return self._points.entries("X", self._indices)

    @property
    def points(self) -> Points:
        """All points, of which `indices` are chosen."""
        return self._points

    @property
    def corners(self) -> Corners | None:
        """The least and the largest coordinates, shape (2,) each.

        None without chosen points, and while those of very many are being found.
        """
        # Asked for by every move of the mouse.
        if self._corners is None and 0 < len(self) <= MOST_AT_ONCE:
            self._corners = _corners(self._points.X, self._indices)
        return self._corners

    @property
    def up_to_date(self) -> bool:
        """Whether no points are being searched that shall be chosen, and no corners of them."""
        return not (self._job.busy or self._framing.busy)

    def __len__(self) -> int:
        return self._indices.size

    def frames(self, place: Place, margin: float) -> bool:
        """Say whether a place lies in the rectangle around the chosen points, with a margin."""
        if self.corners is None:
            return False
        low, high = self.corners
        here = np.subtract(place, self.offset)
        return bool(((low - margin <= here) & (here <= high + margin)).all())

    def choose(self, indices: NDArray[np.int64]) -> None:
        """Choose the points at these ascending positions, and no others."""
        self._job.drop()
        if not np.array_equal(indices, self._indices):
            self._indices = indices
            self._tell()

    def find(self, search: Callable[[], NDArray[np.int64]]) -> None:
        """Choose what a search finds, soon if there are very many points; it may be on a thread.

        Whatever is chosen or changed before takes its place.
        """
        if len(self._points) <= MOST_AT_ONCE:
            self.choose(search())
        else:
            self._job.drop()
            self._job.start(search)

    def shift(self, offset: Place) -> None:
        """Show the chosen points elsewhere, as far from where they are."""
        if offset != self.offset:
            self.offset = offset
            self.shifted.emit()

    def choose_all(self) -> None:
        """Choose every point."""
        self.choose(np.arange(len(self._points)))

    def clear(self) -> None:
        """Choose nothing."""
        self.choose(NOTHING)

    def choose_last(self, count: int) -> None:
        """Choose the points that were added last."""
        m = len(self._points)
        self.choose(np.arange(m - count, m))

    def _follow(self, changes: Changed, _who: object) -> None:
        if not changes & Changed.POINTS:
            return
        self._job.drop()
        old, self._points = self._points, self._document.state.points
        if not len(self):
            return
        if Changed.PRESET | Changed.POINTS in changes:
            self._indices = NOTHING
        elif len(self._points) != len(old):
            carried = self._points.carried(self._indices, old)
            if carried is self._indices:
                return
            self._indices = self._at_the_same_places(old) if carried is None else carried
        self._tell()

    def _at_the_same_places(self, old: Points) -> NDArray[np.int64]:
        new, m = self._points, min(len(old), len(self._points))
        if np.array_equal(old.X[:, :m], new.X[:, :m]):
            return self._indices[self._indices < m]
        places = old.X[0, self._indices] + 1j * old.X[1, self._indices]
        return np.flatnonzero(np.isin(new.X[0] + 1j * new.X[1], places))

    def _come_back(self, awaited: str | None, _who: object) -> None:
        """Show the chosen points where they are, when a move is there or given up."""
        if awaited is None:
            self.shift(NOWHERE)

    def settle(self) -> None:
        """Wait for the points that shall be chosen: a hand that goes on means these."""
        if self._job.busy:
            self._adopt()
        if self._framing.busy:
            self._frame()

    def _adopt(self) -> None:
        found = self._job.take()
        if found is not None:
            self.choose(found)

    def _frame(self) -> None:
        self._corners = self._framing.take()
        self.framed.emit()

    def _tell(self) -> None:
        self._corners = None
        self._framing.drop()
        if len(self) > MOST_AT_ONCE:
            self._framing.start(partial(_corners, self._points.X, self._indices))
        self.version += 1
        self.changed.emit()


def _corners(X: NDArray[np.float64], indices: NDArray[np.int64]) -> Corners:
    parts = [indices[start : start + AT_ONCE] for start in range(0, indices.size, AT_ONCE)]
    chosen = [[row.take(part) for row in X] for part in parts]
    least = np.array([[row.min() for row in rows] for rows in chosen])
    largest = np.array([[row.max() for row in rows] for rows in chosen])
    return least.min(axis=0), largest.max(axis=0)
