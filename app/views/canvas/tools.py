"""What a drag on the canvas does: each tool turns a stroke into commands."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Protocol

import numpy as np

from app.document.commands import AddPoints, RemovePoints
from app.document.points import Points

if TYPE_CHECKING:
    from app.document.document import Document

DRAG_SPACING = 12.0  # pixels between two points that a drag leaves
ERASE_RADIUS = 10.0  # pixels

_strokes = count()


class Tool(Protocol):
    """Follows one stroke, in coordinates of the plane; all of it is one undo step."""

    def begin(self, x1: float, x2: float, pixel: float) -> None:
        """Press at (x1, x2); ``pixel`` is how much of the plane a screen pixel is wide."""

    def move(self, x1: float, x2: float) -> None:
        """Go on to (x1, x2) with the button held."""


class AddTool:
    """Adds points of one class, the first where it is pressed."""

    def __init__(self, document: Document, label: int) -> None:
        self._document = document
        self._label = label
        self._stroke = next(_strokes)

    def begin(self, x1: float, x2: float, pixel: float) -> None:
        """Add a point."""
        self._spacing = DRAG_SPACING * pixel
        self._add([(x1, x2)])

    def move(self, x1: float, x2: float) -> None:
        """Add points along the way, evenly spaced however fast the mouse moves."""
        (last_x1, last_x2), d = self._last, self._spacing
        distance = float(np.hypot(x1 - last_x1, x2 - last_x2))
        steps = int(distance / d)
        if steps:
            shares = [i * d / distance for i in range(1, steps + 1)]
            self._add(
                [(last_x1 + (x1 - last_x1) * s, last_x2 + (x2 - last_x2) * s) for s in shares]
            )

    def _add(self, places: list[tuple[float, float]]) -> None:
        self._last = places[-1]
        points = Points.of(np.array(places).T, [self._label] * len(places))
        self._document.push(AddPoints(points), who=self, stroke=self._stroke)


class EraseTool:
    """Removes the points that it comes near to."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._stroke = next(_strokes)

    def begin(self, x1: float, x2: float, pixel: float) -> None:
        """Remove what is near."""
        self._radius = ERASE_RADIUS * pixel
        self._last = (x1, x2)
        self.move(x1, x2)

    def move(self, x1: float, x2: float) -> None:
        """Remove what lies along the way, however fast the mouse moves."""
        near = self._document.state.points.near(self._last, (x1, x2), self._radius)
        self._last = (x1, x2)
        if near.size:
            self._document.push(RemovePoints(near), who=self, stroke=self._stroke)
