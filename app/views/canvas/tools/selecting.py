"""Tools that choose points, by a rectangle or a lasso, and move what is chosen."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.document.commands import map_points, move_points
from app.document.lineage import united, without
from app.render.grid import Region
from app.views.canvas.geometry import column, distance, inside, within
from app.views.canvas.selection import MARGIN, NOWHERE
from app.views.canvas.tools.tool import CLICK, Tool

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.views.canvas.geometry import Place

GRIP = 7.0  # pixels around a point that belong to it
MOST_LIVE = 20_000  # points among which chosen ones are moved at every move of the hand


class _SelectTool(Tool, ABC):
    """A drag in the frame of the choice moves all that is chosen, any other chooses anew.

    The network trains on the points as they move. Among very many, of which each move copies all,
    only their picture follows the hand, and they move when the button is released; it stays where
    the hand left it until they are there.
    """

    closed = True

    def begin(self, place: Place) -> None:
        """Take hold of what is chosen, or begin to choose."""
        pen = self._pen
        self._start = place
        self._before = self._selection.indices
        self._nearest = self._state.points.near(place, place, GRIP * pen.pixel)
        margin = MARGIN * pen.pixel
        choosing = pen.add or pen.subtract or not self._selection.frames(place, margin)
        self._patient = len(self._state.points) > MOST_LIVE
        self._carries = not choosing
        self._X = None if choosing or self._patient else self._selection.X
        self._moved = False
        self.outline = [place] if choosing else []

    def move(self, place: Place) -> None:
        """Move the chosen points, or draw the outline, once it is more than a click."""
        self._moved = self._moved or distance(self._start, place) > CLICK * self._pen.pixel
        if self._moved and self._carries:
            offset = place[0] - self._start[0], place[1] - self._start[1]
            if self._X is None:
                self._selection.shift(offset)
            else:
                self._push(move_points(self._before, self._X + column(offset), verb="move"))
        elif self._moved:
            self.outline = self._outline_to(place)

    def end(self) -> None:
        """Choose what the outline surrounds; a click chooses the point under it, or nothing."""
        if self._carries and self._moved:
            if self._patient:
                self._let_go(column(self._selection.offset))
        elif len(self.outline) > 2:
            X, outline = self._state.points.X, np.array(self.outline).T
            self._selection.find(
                lambda: self._combined(np.flatnonzero(self._surrounded(X, outline)))
            )
        else:
            self._selection.choose(self._combined(self._nearest[-1:]))

    def cancel(self) -> None:
        """Leave points and choice as they were."""
        super().cancel()
        self.abandon()
        self._selection.choose(self._before)

    def abandon(self) -> None:
        """Show the chosen points where they are."""
        self._selection.shift(NOWHERE)

    def _let_go(self, offset: NDArray[np.float64]) -> None:
        move = map_points(self._before, lambda X: X + offset, "move")
        self._push(move, then=partial(self._selection.shift, NOWHERE))

    def _combined(self, found: NDArray[np.int64]) -> NDArray[np.int64]:
        if self._pen.add:
            return united(self._before, found)
        if self._pen.subtract:
            return without(self._before, found)
        return found

    @abstractmethod
    def _outline_to(self, place: Place) -> list[Place]: ...

    @abstractmethod
    def _surrounded(
        self, X: NDArray[np.float64], outline: NDArray[np.float64]
    ) -> NDArray[np.bool_]: ...


class RectangleTool(_SelectTool):
    """Chooses what lies in a rectangle."""

    def _outline_to(self, place: Place) -> list[Place]:
        (x1, x2), (y1, y2) = self._start, place
        return [(x1, x2), (y1, x2), (y1, y2), (x1, y2)]

    def _surrounded(
        self, X: NDArray[np.float64], outline: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        low, high = outline.min(axis=1).tolist(), outline.max(axis=1).tolist()
        return within(X, Region(low[0], high[0], low[1], high[1]))


class LassoTool(_SelectTool):
    """Chooses what a line drawn by hand surrounds."""

    def _outline_to(self, place: Place) -> list[Place]:
        if distance(self.outline[-1], place) >= CLICK * self._pen.pixel:
            self.outline.append(place)
        return self.outline

    def _surrounded(
        self, X: NDArray[np.float64], outline: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        return inside(X, outline)
