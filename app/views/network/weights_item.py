"""All weights as one item: lines whose colour is the sign and whose width is the size.

Frames and names stand in the same layer, since they move as rarely.

The lines are painted into a layer that is kept until a width changes visibly; most frames only
copy it. Strokes with round edges cost 20 µs each, so only the strongest weights of a large
network are drawn.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsObject

from app.theme import CLASS_COLORS, LIGHT, Theme
from app.views.network.labels import paint_labels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.views.network.arrangement import Arrangement, Unit
    from nncore import FloatArray, Parameters

MOST_LINES = 192
WIDEST, NARROWEST = 5.0, 0.6
REST = 0.3  # seconds between two paintings of the lines
STEPS = 10  # distinguishable widths


class WeightsItem(QGraphicsObject):
    """Paints the weights between the units of an arrangement."""

    def __init__(self) -> None:
        super().__init__()
        self._arrangement: Arrangement | None = None
        self._parameters: Parameters | None = None
        self._layer: QPixmap | None = None
        self._theme = LIGHT
        self._time = 0.0
        self._painted: tuple[bytes, ...] = ()
        self._bounds = QRectF()

    def apply_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme, self._layer = theme, None
        self.update()

    def arrange(self, arrangement: Arrangement, bounds: QRectF) -> None:
        """Draw between these units from now on."""
        self.prepareGeometryChange()
        self._arrangement, self._bounds, self._layer = arrangement, bounds, None
        self._parameters = None

    def show_parameters(self, parameters: Parameters, moving: bool) -> None:
        """Show other weights; while they move the lines are repainted a few times a second."""
        self._parameters = parameters
        if moving and self._layer is not None and monotonic() - self._time < REST:
            return
        widths = tuple(_widths(W).tobytes() for W in parameters.W)
        if widths != self._painted:
            self._painted, self._layer, self._time = widths, None, monotonic()
            self.update()

    def boundingRect(self) -> QRectF:
        """Cover the view."""
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:
        """Copy the layer, painting it first if a weight changed visibly."""
        if self._arrangement is None or self._parameters is None:
            return
        ratio = painter.device().devicePixelRatioF()
        if self._layer is None or self._layer.devicePixelRatio() != ratio:
            self._layer = self._paint_layer(self._arrangement, self._parameters, ratio)
        painter.drawPixmap(self._bounds.topLeft(), self._layer)

    def _paint_layer(
        self, arrangement: Arrangement, parameters: Parameters, ratio: float
    ) -> QPixmap:
        layer = QPixmap((self._bounds.size() * ratio).toSize())
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        each = MOST_LINES // len(parameters.W)
        pairs = zip(arrangement.layers, arrangement.layers[1:], parameters.W, strict=False)
        for sources, targets, W in pairs:
            _paint_lines(painter, sources, targets, W, each)
        paint_labels(painter, arrangement, self._theme)
        painter.end()
        return layer


def _widths(W: FloatArray) -> NDArray[np.int8]:
    """Signed width of each weight in steps, relative to the strongest of its layer."""
    largest = float(np.abs(W).max()) or 1.0
    steps: FloatArray = np.rint(W * (STEPS / largest))
    return steps.astype(np.int8)


def _paint_lines(
    painter: QPainter,
    sources: tuple[Unit, ...],
    targets: tuple[Unit, ...],
    W: FloatArray,
    most: int,
) -> None:
    """Paint the strongest weights of a layer, the weak ones first."""
    widths = _widths(W)
    order = np.argsort(np.abs(widths), axis=None, kind="stable")[-most:]
    for index in order.tolist():
        target, source = divmod(index, W.shape[1])
        steps = int(widths[target, source])
        color = QColor(CLASS_COLORS[1 if steps > 0 else 0])
        if not steps:
            color = QColor(128, 128, 128, 120)
        width = NARROWEST + (WIDEST - NARROWEST) * abs(steps) / STEPS
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawPath(_curve(sources[source], targets[target]))


def _curve(source: Unit, target: Unit) -> QPainterPath:
    (x1, y1), (x2, y2) = source.outlet, target.inlet
    middle = (x1 + x2) / 2
    path = QPainterPath()
    path.moveTo(x1, y1)
    path.cubicTo(middle, y1, middle, y2, x2, y2)
    return path
