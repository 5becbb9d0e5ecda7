"""All weights as one item, painted into a layer that most frames only copy.

Frames and names stand in the same layer, since they move as rarely. A line with soft edges costs
up to 0.07 ms, so while the weights move a new layer is painted a little in every frame and shown
when it is complete.
"""

from __future__ import annotations

from time import monotonic, perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsObject

from app.render.palette import Palette
from app.theme import CLASS_COLORS, LIGHT, Theme
from app.views.network.labels import paint_labels
from app.views.network.lines import Line, lines_of, widths

if TYPE_CHECKING:
    from app.views.network.arrangement import Arrangement
    from nncore import Parameters

REST = 0.5  # seconds between two new layers
BUDGET = 0.0015  # seconds a frame that go into the next layer


class WeightsItem(QGraphicsObject):
    """Paints the weights between the units of an arrangement."""

    def __init__(self) -> None:
        super().__init__()
        self._arrangement: Arrangement | None = None
        self._parameters: Parameters | None = None
        self._theme = LIGHT
        self._palette = Palette(CLASS_COLORS, LIGHT.card)
        self._bounds = QRectF()
        self._layer: QPixmap | None = None
        self._next = QPixmap()
        self._lines: list[Line] = []
        self._widths: tuple[bytes, ...] = ()
        self._time = 0.0

    def apply_theme(self, theme: Theme) -> None:
        """Take on the colors of a theme."""
        self._theme = theme
        self._drop()

    def show_palette(self, palette: Palette) -> None:
        """Take on the colors of the classes: the first two stand for the signs."""
        if palette != self._palette:
            self._palette = palette
            self._drop()

    def arrange(self, arrangement: Arrangement, bounds: QRectF) -> None:
        """Draw between these units from now on."""
        self.prepareGeometryChange()
        self._arrangement, self._bounds, self._parameters = arrangement, bounds, None
        self._drop()

    def show_parameters(self, parameters: Parameters, moving: bool) -> None:
        """Show other weights; while they move the lines follow a few times a second."""
        self._parameters = parameters
        if self._layer is None:
            return
        due = not moving or (not self._lines and monotonic() - self._time > REST)
        if due and self._steps() != self._widths:
            self._begin(self._layer.devicePixelRatio())
        if self._lines:
            self._go_on(BUDGET if moving else float("inf"))

    def boundingRect(self) -> QRectF:
        """Cover the view."""
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:
        """Copy the layer, after painting it if there is none yet."""
        if self._arrangement is None or self._parameters is None:
            return
        ratio = painter.device().devicePixelRatioF()
        if self._layer is None or self._layer.devicePixelRatio() != ratio:
            self._begin(ratio)
            self._go_on(float("inf"))
        if self._layer:
            painter.drawPixmap(self._bounds.topLeft(), self._layer)

    def _drop(self) -> None:
        self._layer, self._lines = None, []
        self.update()

    def _steps(self) -> tuple[bytes, ...]:
        assert self._parameters is not None
        return tuple(widths(W).tobytes() for W in self._parameters.W)

    def _begin(self, ratio: float) -> None:
        """Begin an empty layer for the present weights."""
        assert self._arrangement is not None
        assert self._parameters is not None
        self._widths, self._time = self._steps(), monotonic()
        self._lines = lines_of(self._arrangement, self._parameters)[::-1]
        self._next = QPixmap((self._bounds.size() * ratio).toSize())
        self._next.setDevicePixelRatio(ratio)
        self._next.fill(Qt.GlobalColor.transparent)

    def _go_on(self, seconds: float) -> None:
        """Paint lines for so long; the last one completes the layer."""
        end = perf_counter() + seconds
        painter = QPainter(self._next)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        while self._lines and perf_counter() < end:
            line = self._lines.pop()
            painter.setPen(line.pen(self._palette))
            painter.drawPath(line.path())
        if not self._lines and self._arrangement:
            paint_labels(painter, self._arrangement, self._theme)
            self._layer = self._next
            self.update()
        painter.end()
