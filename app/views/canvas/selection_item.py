"""The chosen points: a halo around each, and a dashed frame around all.

The halos are painted once into a layer and copied by every frame, as the points are. Above
`MOST_HALOS` they would cost more than a frame; there each chosen point becomes a tinted square, and
above `MOST_AT_ONCE` a thread paints these. While a hand moves the choice, the layer moves along.
The frame, too, stays as it was until the corners of very many points have been found.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.document.columns import Columns
from app.render.palette import Palette
from app.render.point_look import Frame, Look
from app.render.points import Squares
from app.side_job import SideJob
from app.theme import current_theme
from app.views.canvas.overlay import EDGE, OverlayItem, double_pens
from app.views.canvas.points_item import MOST_AT_ONCE
from app.views.canvas.points_layer import MARGIN as REACH
from app.views.canvas.points_layer import frame_of, image_of_layer, target_of
from app.views.canvas.selection import MARGIN

if TYPE_CHECKING:
    import pyqtgraph as pg
    from numpy.typing import NDArray

    from app.document.points import Points
    from app.theme import Theme
    from app.views.canvas.geometry import Place
    from app.views.canvas.selection import Corners, Selection

MOST_HALOS = 1_000
HALO = 7.5  # radius, pixels
SIDE = 5  # pixels of a square
OPACITY = 0.6  # of the squares


class _Wanted(NamedTuple):
    """What a layer is to show: which choice, where; ``ratio`` is device pixels a pixel."""

    version: int
    frame: Frame
    ratio: float
    theme: Theme


class _Layer(NamedTuple):
    wanted: _Wanted
    pixels: NDArray[np.uint32]
    opacity: float


class SelectionItem(OverlayItem):
    """Shows the choice in a view box."""

    def __init__(self, view_box: pg.ViewBox, selection: Selection) -> None:
        super().__init__(view_box)
        self._selection = selection
        self._layer: _Layer | None = None
        self._offset: Place = (0.0, 0.0)
        self._frame: tuple[Corners, Place] | None = None
        self._job: SideJob[_Layer] = SideJob(self)
        self._job.finished.connect(self._adopt)
        selection.changed.connect(self.refresh)
        selection.shifted.connect(self.refresh)
        selection.framed.connect(self.refresh)
        view_box.sigTransformChanged.connect(self.refresh)
        view_box.sigResized.connect(self.refresh)

    @property
    def up_to_date(self) -> bool:
        """Whether what was last painted needs no refinement."""
        return not self._job.busy

    def refresh(self) -> None:
        """Paint the choice as it is now; the next one shows nothing of what is no longer chosen."""
        if not len(self._selection):
            self._layer, self._frame = None, None
        self.setVisible(len(self._selection) > 0)
        self.update()

    def finish(self, ratio: float) -> None:
        """Bring the layer up to date now, however long it takes: for a picture to be kept."""
        self._selection.settle()
        self._job.take()
        if len(self._selection):
            self._layer = self._work(self._wanted(ratio))()

    def paint(self, painter: QPainter, *_: object) -> None:
        """Copy the layer, bringing it up to date first where that is quickly done."""
        wanted = self._wanted(painter.device().devicePixelRatioF())
        if wanted.frame.width and wanted.frame.height:
            self._provide(wanted)
        if self._layer:
            self._copy(painter, self._layer)
        if self._selection.corners:
            self._frame = self._selection.corners, self._selection.offset
        if self._frame:
            self._paint_frame(painter, *self._frame)

    def _wanted(self, ratio: float) -> _Wanted:
        frame = frame_of(self._box.childGroup.transform(), self.boundingRect(), ratio)
        return _Wanted(self._selection.version, frame, ratio, current_theme())

    def _provide(self, wanted: _Wanted) -> None:
        """Bring the layer up to date, or let a thread do it."""
        if not (self._layer and self._layer.wanted == wanted):
            if len(self._selection) <= MOST_AT_ONCE:
                self._layer = self._work(wanted)()
            elif not self._job.busy:
                self._job.start(self._work(wanted))
        # What was let go stays where the hand left it until it is painted there.
        if self._layer and self._layer.wanted.version == wanted.version:
            self._offset = self._selection.offset

    def _work(self, wanted: _Wanted) -> partial[_Layer]:
        return partial(_painted, wanted, self._selection.points, self._selection.indices)

    def _adopt(self) -> None:
        """Show what the thread painted, though meanwhile something else may be wanted."""
        layer = self._job.take()
        if layer:
            self._layer = layer
            self.update()

    def _copy(self, painter: QPainter, layer: _Layer) -> None:
        transform = self._box.childGroup.transform()
        target = target_of(layer.wanted.frame, transform)
        dx, dy = self._offset[0] * transform.m11(), self._offset[1] * transform.m22()
        painter.setOpacity(layer.opacity)
        painter.drawImage(target.translated(dx, dy), image_of_layer(layer.pixels))
        painter.setOpacity(1.0)

    def _paint_frame(self, painter: QPainter, corners: Corners, offset: Place) -> None:
        transform = self._box.childGroup.transform()
        ends = (QPointF(*np.add(corner, offset).tolist()) for corner in corners)
        frame = transform.mapRect(QRectF(*ends)).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        # The dashes of what is far outside would all be computed.
        frame = frame.intersected(self.boundingRect().adjusted(-EDGE, -EDGE, EDGE, EDGE))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in double_pens(Qt.PenStyle.DashLine):
            painter.setPen(pen)
            painter.drawRect(frame)


def _painted(wanted: _Wanted, points: Points, indices: NDArray[np.int64]) -> _Layer:
    """Paint the chosen points; on whichever thread."""
    X = points.entries("X", indices)
    if indices.size > MOST_HALOS:
        return _Layer(wanted, _squares(wanted, X), OPACITY)
    return _Layer(wanted, _halos(wanted, X), 1.0)


def _squares(wanted: _Wanted, X: NDArray[np.float64]) -> NDArray[np.uint32]:
    tint = Look(Palette((wanted.theme.selection,), wanted.theme.card))
    squares, m = Squares(wanted.frame, tint, round(SIDE * wanted.ratio)), X.shape[1]
    squares.add(Columns(X, np.zeros(m, np.int64), np.zeros(m), np.zeros(m, np.bool_)))
    return squares.pixels


def _halos(wanted: _Wanted, X: NDArray[np.float64]) -> NDArray[np.uint32]:
    frame, ratio = wanted.frame, wanted.ratio
    pixels = np.zeros((frame.height, frame.width), np.uint32)
    seen = frame.visible(X, REACH * ratio)
    places = [QPointF(x, y) / ratio for x, y in zip(*frame.place(X[:, seen]), strict=True)]
    image = image_of_layer(pixels)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for color, width in ((wanted.theme.card, 4.0), (wanted.theme.selection, 2.0)):
        painter.setPen(QPen(QColor(color), width))
        for place in places:
            painter.drawEllipse(place, HALO, HALO)
    painter.end()
    return pixels
