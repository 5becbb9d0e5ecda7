"""The value of the points to be drawn in a regression, on the continuous colour scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.render.palette import Palette
from app.theme import CLASS_COLORS, current_theme
from app.views.canvas.workbench import VALUES

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent

    from app.views.canvas.workbench import Workbench

_STEPS = 20  # for each side of 0
_EDGE = 8.0  # pixels left and right, so that the handle stays inside


class ValueSlider(QWidget):
    """A strip of the colours of all values with a handle, and the figure beside it."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self.strip = _Strip()
        self._figure = QLabel()
        name = QLabel("Value")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (name, self.strip, self._figure):
            row.addWidget(widget)
        row.addStretch(1)
        for label in (name, self._figure):
            label.setProperty("role", "muted")
        self._figure.setFixedWidth(self._figure.fontMetrics().horizontalAdvance("−0.00"))
        self.strip.valueChanged.connect(lambda step: workbench.set_value(step / _STEPS))
        workbench.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        value = self._workbench.value
        self.strip.blockSignals(True)
        self.strip.setValue(round(value * _STEPS))
        self.strip.blockSignals(False)
        self.strip.update()
        self._figure.setText(f"{value:.2f}".replace("-", "−"))


class _Strip(QAbstractSlider):
    """A slider whose groove is the colour scale."""

    def __init__(self) -> None:
        super().__init__()
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(round(VALUES.minimum * _STEPS), round(VALUES.maximum * _STEPS))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Value of new points")
        self.setToolTip("Value of the points that are drawn; Shift draws the opposite one")

    def sizeHint(self) -> QSize:
        """Return a strip that is easily hit."""
        return QSize(160, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw scale and handle."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(_EDGE, 9, self.width() - 2 * _EDGE, self.height() - 18)
        painter.setPen(QPen(QColor(theme.field_border), 1))
        painter.setBrush(_scale(groove))
        painter.drawRoundedRect(groove, 4, 4)
        share = (self.value() - self.minimum()) / (self.maximum() - self.minimum())
        handle = QRectF(groove.left() + share * groove.width() - 5, 4, 10, self.height() - 8)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.text), 2))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(handle, 4, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle under the pointer."""
        self._take(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the handle."""
        self._take(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only where the person is at work."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _take(self, event: QMouseEvent) -> None:
        event.accept()
        share = (event.position().x() - _EDGE) / (self.width() - 2 * _EDGE)
        self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))


def _scale(groove: QRectF) -> QLinearGradient:
    colors = Palette(CLASS_COLORS, current_theme().card).diverging
    gradient = QLinearGradient(groove.topLeft(), groove.topRight())
    for stop in np.linspace(0.0, 1.0, 9).tolist():
        gradient.setColorAt(stop, QColor.fromRgb(int(colors[round(stop * (len(colors) - 1))])))
    return gradient
