"""Tools that add points: one by one, along a way, as a spray, in a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.views.canvas.geometry import along, column, distance, in_disc, scattered
from app.views.canvas.tools.tool import Tool

if TYPE_CHECKING:
    from app.views.canvas.geometry import Place

DRAG_SPACING = 12.0  # pixels between two points that a drag leaves
SPRAY_INTERVAL = 40  # milliseconds
COATS = 4.0  # times a second that a spray reaches its density
CORNER_SPACING = 3.0  # pixels between two corners of a region drawn by hand


class PointTool(Tool):
    """Adds a point where it is pressed, and more along the way, evenly spaced."""

    dab = True

    def begin(self, place: Place) -> None:
        """Add a point."""
        self._last = place
        self._add(column(place), "add")

    def move(self, place: Place) -> None:
        """Add points along the way, however fast the mouse moves."""
        X = along(self._last, place, DRAG_SPACING * self._pen.pixel)
        if X.shape[1]:
            self._last = (float(X[0, -1]), float(X[1, -1]))
            self._add(X, "add")


class SprayTool(Tool):
    """Adds points around the pointer for as long as the button is held."""

    interval = SPRAY_INTERVAL
    repeats = True

    def begin(self, place: Place) -> None:
        """Spray at once, so that a click is seen."""
        self._place = place
        self._spray(1)

    def move(self, place: Place) -> None:
        """Aim elsewhere."""
        self._place = place

    def tick(self) -> None:
        """Spray what comes out meanwhile."""
        self._spray(0)

    def _spray(self, least: int) -> None:
        pen = self._pen
        mean = pen.density * np.pi * pen.radius**2 * COATS * self.interval / 1000
        count = max(least, int(pen.rng.poisson(mean)))
        X = in_disc(self._place, pen.radius, count, pen.rng, gaussian=pen.gaussian)
        self._add(X, "spray")


class StrokeTool(Tool):
    """Leaves a band as wide as the brush along the way of the hand, evenly filled."""

    def begin(self, place: Place) -> None:
        """Start with a point."""
        self._last, self._walked = place, 0.0
        self._add(column(place), "draw")

    def move(self, place: Place) -> None:
        """Go along; what is left over of a spacing counts for the next part of the way."""
        length = distance(self._last, place)
        if not length:
            return  # a still hand has no direction
        pen = self._pen
        spacing = max(1 / (2 * pen.radius * pen.density), pen.pixel)
        X = along(self._last, place, spacing, self._walked % spacing)
        self._walked = (self._walked + length) % spacing
        if X.shape[1]:
            across = pen.radius * pen.rng.uniform(-1, 1, X.shape[1])
            along_x1, along_x2 = ((b - a) / length for a, b in zip(self._last, place, strict=True))
            self._add(X + across * np.array([[-along_x2], [along_x1]]), "draw")
        self._last = place


class LineTool(Tool):
    """Puts evenly spaced points on the straight line from press to release."""

    def begin(self, place: Place) -> None:
        """Fix one end."""
        self.outline = [place, place]

    def move(self, place: Place) -> None:
        """Take the other end along."""
        self.outline = [self.outline[0], place]

    def end(self) -> None:
        """Put the points, both ends included."""
        start, end = self.outline
        wanted = 1 / np.sqrt(self._pen.density)
        parts = max(1, round(distance(start, end) / wanted))
        share = np.linspace(0.0, 1.0, parts + 1 if start != end else 1)
        self._add(column(start) + (column(end) - column(start)) * share, "draw line")


class FillTool(Tool):
    """Fills a region drawn by hand."""

    closed = True

    def begin(self, place: Place) -> None:
        """Put the first corner."""
        self.outline = [place]

    def move(self, place: Place) -> None:
        """Add a corner, unless the last one is as good."""
        if distance(self.outline[-1], place) >= CORNER_SPACING * self._pen.pixel:
            self.outline.append(place)

    def end(self) -> None:
        """Close the region and fill it."""
        if len(self.outline) > 2:
            polygon = np.array(self.outline).T
            self._add(scattered(polygon, self._pen.density, self._pen.rng), "fill")
