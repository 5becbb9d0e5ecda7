"""The chosen points: a halo around each, and a dashed frame around all.

The halos are painted once into a layer and copied by every frame, as the points are. Above
`MOST_HALOS` they would cost more than a frame; there each chosen point becomes a tinted square.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.document.columns import Columns
from app.render.palette import Palette
from app.render.point_look import Frame, Look
from app.render.points import Squares
from app.theme import current_theme
from app.views.canvas.overlay import EDGE, OverlayItem, bounds, double_pens
from app.views.canvas.points_layer import image_of_layer
from app.views.canvas.selection import MARGIN

if TYPE_CHECKING:
    import pyqtgraph as pg
    from numpy.typing import NDArray

    from app.views.canvas.selection import Selection

MOST_HALOS = 1_000
HALO = 7.5  # radius, pixels
SIDE = 5  # pixels of a square


class SelectionItem(OverlayItem):
    """Shows the choice in a view box."""

    def __init__(self, view_box: pg.ViewBox, selection: Selection) -> None:
        super().__init__(view_box)
        self._selection = selection
        self._layer: QPixmap | None = None
        selection.changed.connect(self.refresh)
        view_box.sigTransformChanged.connect(self.refresh)
        view_box.sigResized.connect(self.refresh)

    def refresh(self) -> None:
        """Paint the choice anew."""
        self._layer = None
        self.setVisible(len(self._selection) > 0)
        self.update()

    def paint(self, painter: QPainter, *_: object) -> None:
        """Copy the layer, making it first where it is out of date."""
        ratio = painter.device().devicePixelRatioF()
        if self._layer is None or self._layer.devicePixelRatio() != ratio:
            self._layer = self._painted(ratio)
        painter.drawPixmap(0, 0, self._layer)

    def _painted(self, ratio: float) -> QPixmap:
        layer = QPixmap((self.boundingRect().size() * ratio).toSize())
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        positions = self._positions()
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if len(self._selection) > MOST_HALOS:
            self._paint_squares(painter, positions, ratio)
        else:
            self._paint_halos(painter, positions)
        self._paint_frame(painter, positions)
        painter.end()
        return layer

    def _positions(self) -> NDArray[np.float64]:
        transform, X = self._box.childGroup.transform(), self._selection.X
        return np.stack(
            [transform.m11() * X[0] + transform.dx(), transform.m22() * X[1] + transform.dy()]
        )

    def _paint_halos(self, painter: QPainter, positions: NDArray[np.float64]) -> None:
        theme, area = current_theme(), self.boundingRect().adjusted(-HALO, -HALO, HALO, HALO)
        seen = [QPointF(x, y) for x, y in positions.T.tolist() if area.contains(x, y)]
        for color, width in ((theme.card, 4.0), (theme.accent, 2.0)):
            painter.setPen(QPen(QColor(color), width))
            for place in seen:
                painter.drawEllipse(place, HALO, HALO)

    def _paint_squares(
        self, painter: QPainter, positions: NDArray[np.float64], ratio: float
    ) -> None:
        size = (self.boundingRect().size() * ratio).toSize()
        frame = Frame(ratio, 0, ratio, 0, size.width(), size.height())
        tint = Look(Palette((current_theme().accent,), current_theme().card))
        squares, m = Squares(frame, tint, round(SIDE * ratio)), positions.shape[1]
        filled = np.zeros(m, np.bool_)
        squares.add(Columns(positions, np.zeros(m, np.int64), np.zeros(m), filled))
        image = image_of_layer(squares.pixels)
        image.setDevicePixelRatio(ratio)
        painter.setOpacity(0.6)
        painter.drawImage(QPointF(0, 0), image)
        painter.setOpacity(1.0)

    def _paint_frame(self, painter: QPainter, positions: NDArray[np.float64]) -> None:
        frame: QRectF = bounds(positions).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        # The dashes of what is far outside would all be computed.
        frame = frame.intersected(self.boundingRect().adjusted(-EDGE, -EDGE, EDGE, EDGE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in double_pens(Qt.PenStyle.DashLine):
            painter.setPen(pen)
            painter.drawRect(frame)
