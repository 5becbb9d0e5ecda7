"""Which points are chosen: what is seen and worked on, and no part of the document.

Positions shift when points are removed before them, so the choice is carried over by place: the
chosen points are those that stand where chosen ones stood. Only where nothing but the end of the
points changed, or their columns, positions stay what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.document.state import Changed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.document.document import Document
    from app.document.points import Points
    from app.views.canvas.geometry import Place

MARGIN = 12.0  # pixels between the chosen points and the frame that is shown around them
NOTHING = np.empty(0, np.int64)


class Selection(QObject):
    """The positions of the chosen points.

    Signals
    -------
    changed()
        Others are chosen, or the chosen ones moved.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._points = document.state.points
        self._indices = NOTHING
        document.changed.connect(self._follow)

    @property
    def indices(self) -> NDArray[np.int64]:
        """Positions, ascending, shape (k,)."""
        return self._indices

    @property
    def X(self) -> NDArray[np.float64]:
        """Coordinates of the chosen points, shape (2, k)."""
        return self._points.X[:, self._indices]

    def __len__(self) -> int:
        return self._indices.size

    def frames(self, place: Place, margin: float) -> bool:
        """Say whether a place lies in the rectangle around the chosen points, with a margin."""
        if not len(self):
            return False
        X = self.X
        near = (X.min(axis=1) - margin <= place) & (place <= X.max(axis=1) + margin)
        return bool(near.all())

    def choose(self, indices: NDArray[np.int64]) -> None:
        """Choose the points at these ascending positions, and no others."""
        if not np.array_equal(indices, self._indices):
            self._indices = indices
            self.changed.emit()

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
        old, self._points = self._points, self._document.state.points
        if not len(self):
            return
        if changes & Changed.PRESET:
            self._indices = NOTHING
        elif len(self._points) != len(old):
            self._indices = self._carried_over(old)
        self.changed.emit()

    def _carried_over(self, old: Points) -> NDArray[np.int64]:
        new, m = self._points, min(len(old), len(self._points))
        if np.array_equal(old.X[:, :m], new.X[:, :m]):
            return self._indices[self._indices < m]
        places = old.X[0, self._indices] + 1j * old.X[1, self._indices]
        return np.flatnonzero(np.isin(new.X[0] + 1j * new.X[1], places))
