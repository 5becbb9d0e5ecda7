"""A picture of all points that grows with them: markers, squares or a density.

Which of them depends on how many points are visible: after zooming in, a few of a million have
markers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.render.density import Density
from app.render.point_look import Frame
from app.render.points import Squares
from app.views.canvas.markers import Stamp, stamp_image

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPixmap, QTransform

    from app.document.columns import Columns
    from app.document.points import Points
    from app.render.point_look import Look

# Markers take 0.8 µs each and overlap to a blot; squares hide each other when they are many more.
MOST_MARKERS = 2_000
MOST_LARGE_SQUARES = 10_000
MOST_SQUARES = 200_000
LARGE, SMALL = 4, 3
"""Sides of squares in logical pixels."""
CELL = 2
"""Side of a density's pixels, likewise: a single point of a million is still seen."""
MARGIN = 16.0
"""Logical pixels that a marker outside may reach into the picture."""


class Wanted(NamedTuple):
    """What a layer is to show: which points, how, and where; ``ratio`` is device pixels a pixel."""

    points: Points
    look: Look
    markers: tuple[int, ...]
    frame: Frame
    ratio: float


class Raster(Protocol):
    """A picture that takes in more points."""

    @property
    def frame(self) -> Frame:
        """Where the points lie in it."""

    @property
    def pixels(self) -> NDArray[np.uint32]:
        """Pixels 0xAARRGGBB, premultiplied, shape (height, width)."""

    def add(self, columns: Columns) -> None:
        """Put points above those that are there."""


class Markers:
    """A picture of points as markers; they are stamped when it is looked at, by whoever looks.

    So a thread may prepare one, though only the thread of the window has pixmaps.
    """

    def __init__(self, wanted: Wanted) -> None:
        self.frame, self._ratio = wanted.frame, wanted.ratio
        self._look, self._markers = wanted.look, wanted.markers
        self._pixels = np.zeros((self.frame.height, self.frame.width), np.uint32)
        self._waiting: list[Columns] = []

    @property
    def pixels(self) -> NDArray[np.uint32]:
        """The picture with all points that were added."""
        if self._waiting:
            painter = QPainter()
            image = image_of_layer(self._pixels)
            painter.begin(image)
            for columns in self._waiting:
                self._stamp(painter, columns)
            painter.end()
            self._waiting.clear()
        return self._pixels

    def add(self, columns: Columns) -> None:
        """Put markers above those that are there."""
        self._waiting.append(columns)

    def _stamp(self, painter: QPainter, columns: Columns) -> None:
        seen = columns.chosen(self.frame.visible(columns.X, MARGIN * self._ratio))
        x, y = (np.rint(places).astype(int).tolist() for places in self.frame.place(seen.X))
        rows = self._look.rows(seen).tolist()
        kinds = zip(seen.labels.tolist(), rows, seen.test.tolist(), strict=True)
        stamps: dict[tuple[int, int, bool], QPixmap] = {}
        for column, row, kind in zip(x, y, kinds, strict=True):
            stamp = stamps.get(kind)
            if stamp is None:
                stamp = stamps[kind] = self._stamp_for(*kind)
            half = stamp.width() // 2
            painter.drawPixmap(column - half, row - half, stamp)

    def _stamp_for(self, label: int, row: int, hollow: bool) -> QPixmap:
        color, ground = int(self._look.table[row]), self._look.palette.neutral
        return stamp_image(Stamp(self._markers[label], color, ground, hollow), self._ratio)


@dataclass
class Layer:
    """A raster and what it shows by now.

    Attributes
    ----------
    wanted : Wanted
        What it was made for, with all points that were added since.
    room : int
        How many more points it can take before they are shown in another way.
    """

    wanted: Wanted
    raster: Raster
    room: int

    def shows(self, wanted: Wanted) -> bool:
        """Whether it is what is wanted."""
        return self.wanted.points is wanted.points and self.wanted[1:] == wanted[1:]

    def missing(self, wanted: Wanted) -> int | None:
        """How many points would make it show the wanted ones, its own frame aside; None: no way."""
        mine, points = self.wanted, wanted.points
        alike = (mine.look, mine.markers, mine.ratio) == (wanted.look, wanted.markers, wanted.ratio)
        if not (alike and points.continues(mine.points)):
            return None
        count = len(points) - len(mine.points)
        return count if count <= self.room else None

    def add(self, points: Points) -> None:
        """Paint those of the points that continue its own."""
        first = len(self.wanted.points)
        self.raster.add(points.columns.part(slice(first, None)))
        self.room -= len(points) - first
        self.wanted = self.wanted._replace(points=points)


def make_layer(wanted: Wanted) -> Layer:
    """Paint all points anew; on whichever thread."""
    columns = wanted.points.columns
    if len(wanted.points) > MOST_MARKERS:
        visible = wanted.frame.visible(columns.X, MARGIN * wanted.ratio)
        if visible.size < len(wanted.points):
            columns = columns.chosen(visible)
    raster, most = _raster_for(wanted, columns.labels.size)
    raster.add(columns)
    return Layer(wanted, raster, most - columns.labels.size)


def _raster_for(wanted: Wanted, count: int) -> tuple[Raster, int]:
    """Return an empty raster for so many visible points, and how many points suit it at most."""
    if count <= MOST_MARKERS:
        return Markers(wanted), MOST_MARKERS
    frame, look, ratio = wanted.frame, wanted.look.inked, wanted.ratio
    if count <= MOST_LARGE_SQUARES:
        return Squares(frame, look, round(LARGE * ratio)), MOST_LARGE_SQUARES
    if count <= MOST_SQUARES:
        return Squares(frame, look, round(SMALL * ratio)), MOST_SQUARES
    return Density(frame.shrunk(max(1, round(CELL * ratio))), look), 2 * count


def image_of_layer(pixels: NDArray[np.uint32]) -> QImage:
    """Return an image that shares the pixels; keep these as long as the image."""
    height, width = pixels.shape
    layout = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.data, width, height, 4 * width, layout)


def target_of(frame: Frame, transform: QTransform) -> QRectF:
    """Return where a picture of a frame belongs, as a view box shows the plane now."""
    left = transform.dx() - transform.m11() * frame.shift1 / frame.scale1
    top = transform.dy() - transform.m22() * frame.shift2 / frame.scale2
    width = frame.width * transform.m11() / frame.scale1
    height = frame.height * transform.m22() / frame.scale2
    # Rounded, so that a layer which fits exactly is copied and not scaled.
    return QRectF(*(round(number, 6) for number in (left, top, width, height)))


def frame_of(transform: QTransform, size: QRectF, ratio: float) -> Frame:
    """Return the frame of a picture that covers a view box, in device pixels."""
    pixels = (size.size() * ratio).toSize()
    return Frame(
        transform.m11() * ratio,
        transform.dx() * ratio,
        transform.m22() * ratio,
        transform.dy() * ratio,
        pixels.width(),
        pixels.height(),
    )
