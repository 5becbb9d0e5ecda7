"""Tools that change the points under the brush: erase, paint; magnet, repel, jitter."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from app.document.commands import RemovePoints, move_points, relabel_points, set_values
from app.document.document import LARGE
from app.document.lineage import united
from app.views.canvas.geometry import column, falloff
from app.views.canvas.tools.tool import Tool

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.views.canvas.geometry import Place

MOST_AT_ONCE = LARGE // 3
"""Points among which the passed ones are edited at once: all may lie under the brush, and an edit
that is on its way gives its place to the next one of its stroke.
"""
INTERVAL = 40  # milliseconds between two pulls
PULL = 0.15  # share of the way to the center, for each
PUSH = 0.12  # of the radius
SHAKE = 0.06  # standard deviation, of the radius


class _SweepTool(Tool, ABC):
    """Works once on every point that it comes near to.

    An edit of one of 1,000,000 points copies the others, which takes 40 ms where it is removed. So
    among very many points the way is shown meanwhile, and what lay beside it is edited when the
    button is released.
    """

    repeats = True

    def begin(self, place: Place) -> None:
        """Edit what is near."""
        self._last = place
        self._patient = len(self._state.points) > MOST_AT_ONCE
        self._passed: list[NDArray[np.int64]] = []
        self.move(place)

    def move(self, place: Place) -> None:
        """Edit what lies along the way, however fast the mouse moves."""
        near = self._state.points.near(self._last, place, self._pen.radius)
        self._last = place
        if self._patient:
            self.outline.append(place)
            self._passed.append(near)
        else:
            self._edit(near)

    def end(self) -> None:
        """Edit what was passed and is still there."""
        if self._passed:
            self._edit(united(*self._passed))

    @abstractmethod
    def _edit(self, indices: NDArray[np.int64]) -> None:
        """Edit the points at these positions, of which there may be none."""


class EraseTool(_SweepTool):
    """Removes points."""

    def _edit(self, indices: NDArray[np.int64]) -> None:
        if indices.size:
            self._push(RemovePoints(indices, verb="erase"))


class PaintTool(_SweepTool):
    """Gives points the class that is drawn, or in a regression the value."""

    def _edit(self, indices: NDArray[np.int64]) -> None:
        points, pen = self._state.points, self._pen
        if self._state.task == "regression":
            others = indices[points.values[indices] != pen.value]
            command = set_values(others, pen.value, verb="paint")
        else:
            others = indices[points.labels[indices] != pen.label]
            command = relabel_points(others, pen.label, verb="paint")
        if others.size:
            self._push(command)


class _FieldTool(Tool, ABC):
    """Moves the points under the brush a little, again and again while the button is held.

    Among very many a move takes longer than a tick; the ticks meanwhile are left out.
    """

    interval = INTERVAL
    repeats = True
    verb: str

    def begin(self, place: Place) -> None:
        """Take hold."""
        self._place = place
        self.tick()

    def move(self, place: Place) -> None:
        """Take hold elsewhere at the next tick: the strength does not depend on the mouse."""
        self._place = place

    def tick(self) -> None:
        """Move what is near."""
        if self._document.pending:
            return
        points, radius = self._state.points, self._pen.radius
        near = points.near(self._place, self._place, radius)
        if near.size:
            X = points.X[:, near]
            away = X - column(self._place)
            strength = falloff((away**2).sum(axis=0), radius)
            self._push(move_points(near, X + strength * self._step(away), verb=self.verb))

    @abstractmethod
    def _step(self, away: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where points go in the middle of the brush; ``away`` is seen from there."""


class MagnetTool(_FieldTool):
    """Pulls points to the pointer."""

    verb = "attract"

    def _step(self, away: NDArray[np.float64]) -> NDArray[np.float64]:
        return -PULL * away


class RepelTool(_FieldTool):
    """Pushes points away from the pointer."""

    verb = "repel"

    def _step(self, away: NDArray[np.float64]) -> NDArray[np.float64]:
        length = np.hypot(*away)
        direction = np.divide(away, length, out=np.zeros_like(away), where=length > 0)
        return PUSH * self._pen.radius * direction


class JitterTool(_FieldTool):
    """Shakes points."""

    verb = "jitter"

    def _step(self, away: NDArray[np.float64]) -> NDArray[np.float64]:
        return SHAKE * self._pen.radius * self._pen.rng.standard_normal(away.shape)
