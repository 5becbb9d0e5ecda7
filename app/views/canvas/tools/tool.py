"""The frame of all tools: a tool follows one stroke and turns it into commands.

The canvas makes a tool when a button is pressed and drops it when it is released. All that a tool
pushes has the number of its stroke, so that the document makes one undo step of it, and can take
it back as if it had never begun.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from app.document.commands import AddPoints
from app.document.points import Points
from app.views.canvas.geometry import EVERYWHERE, Place, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from app.document.commands import Command
    from app.document.document import Document
    from app.document.state import State
    from app.render.grid import Region
    from app.views.canvas.selection import Selection

CLICK = 3.0  # pixels that a hand may move while it clicks
_strokes = count()


@dataclass(frozen=True)
class Pen:
    """What a stroke draws with, as it stands when the button is pressed.

    Attributes
    ----------
    label : int
        Class of the points that are drawn or painted.
    value : float
        Their target in a regression.
    radius : float
        Of the brush, in units of the plane, as the next two.
    density : float
        Points for a unit of area.
    pixel : float
        Width of a logical pixel.
    gaussian : bool
        Whether the brush is denser in the middle.
    region : Region
        The visible part of the plane: nothing is added outside.
    rng : numpy.random.Generator
        Of the spray and its relatives.
    add, subtract : bool
        Whether a selection is added to the former one, or taken from it.
    """

    label: int
    value: float
    radius: float
    density: float
    pixel: float
    gaussian: bool
    region: Region
    rng: np.random.Generator
    add: bool = False
    subtract: bool = False


class Tool:
    """Follows one stroke, in coordinates of the plane.

    Attributes
    ----------
    interval : int
        Milliseconds between two calls of `tick` while the button is held; 0: none.
    repeats : bool
        Whether another press at the same place does more of the same.
    dab : bool
        Whether Enter presses and releases at once, so that the next one does it again elsewhere.
    outline : list of places
        What is drawn so far, to be shown while the stroke goes on; empty: nothing.
    closed : bool
        Whether the outline surrounds something.
    """

    interval: ClassVar[int] = 0
    repeats: ClassVar[bool] = False
    dab: ClassVar[bool] = False
    closed: ClassVar[bool] = False

    def __init__(self, document: Document, selection: Selection, pen: Pen) -> None:
        self._document = document
        self._selection = selection
        self._pen = pen
        self._stroke = next(_strokes)
        self.outline: list[Place] = []

    def begin(self, place: Place) -> None:
        """Press."""

    def move(self, place: Place) -> None:
        """Go on with the button held."""

    def resize(self, radius: float) -> None:
        """Go on with a brush of another radius."""
        self._pen = replace(self._pen, radius=radius)

    def tick(self) -> None:
        """Hold still for another `interval`."""

    def end(self) -> None:
        """Release."""

    def cancel(self) -> None:
        """Leave nothing behind."""
        self._document.cancel_stroke(self._stroke, who=self)

    def abandon(self) -> None:
        """Let go where somebody else changed the points: what was done stays done."""

    @property
    def _state(self) -> State:
        return self._document.state

    def _push(self, command: Command, then: Callable[[], None] | None = None) -> None:
        self._document.push(command, who=self, stroke=self._stroke, then=then)

    def _add(self, X: NDArray[np.float64], verb: str) -> None:
        """Add points where they can be, and be seen; the split says to which set."""
        seen = X[:, within(X, self._pen.region) & within(X, EVERYWHERE)]
        if seen.shape[1]:
            state = self._state
            points = state.split.shared_out(self._points(seen), len(state.points))
            self._push(AddPoints(points, verb=verb))

    def _points(self, X: NDArray[np.float64]) -> Points:
        m = X.shape[1]
        if self._state.task == "regression":
            return Points.of(X, np.zeros(m, np.int64), np.full(m, self._pen.value))
        return Points.of(X, np.full(m, self._pen.label))
