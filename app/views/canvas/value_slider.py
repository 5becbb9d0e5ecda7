"""The value of the points to be drawn in a regression, on the continuous color scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.document.state import Changed
from app.render.palette import Palette
from app.theme import CLASS_COLORS, current_theme
from app.views.canvas.workbench import VALUES
from app.views.widgets.numbers import NumberField

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent

    from app.document.document import Document
    from app.views.canvas.workbench import Workbench

_STEPS, _PAGE = 100, 10  # for each side of 0; those of Page Up and Down
_SNAP = 5  # steps: what the mouse chooses is a round number
_STOPS = 33  # of the gradient
_EDGE = 8.0  # pixels left and right, so that the handle stays inside
_NARROWEST, _WIDEST = 80, 160
_FIELD_WIDTH = 72
_SPACING = 6


class ValueSlider(QWidget):
    """A strip of the colors of all values with a handle, and a field to type one.

    Signals
    -------
    message(str or None)
        What is wrong with the typed text; None when it is put right.
    """

    message = Signal(object)

    def __init__(
        self, document: Document, workbench: Workbench, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._workbench = document, workbench
        self._name, self.strip = QLabel("Value"), _Strip()
        self.field = NumberField("Value of new points", VALUES)
        self._lay_out()
        self.strip.valueChanged.connect(
            lambda step: workbench.set_value(step / _STEPS * workbench.value_range)
        )
        self.field.value_changed.connect(workbench.type_value)
        self.field.message.connect(self.message)
        workbench.changed.connect(self._refresh)
        document.changed.connect(self._follow)
        self._refresh()

    def sizeHint(self) -> QSize:
        """Return the smallest size: the row gives all that others leave."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the size without the name and with a short strip."""
        return QSize(_NARROWEST + _SPACING + _FIELD_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the name where there is room for it."""
        super().resizeEvent(event)
        needed = self.minimumSizeHint().width() + self._name.sizeHint().width() + _SPACING
        self._name.setVisible(self.width() >= needed)

    def _lay_out(self) -> None:
        self._name.setProperty("role", "muted")
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.field.set_help("Value of the points that are drawn; Return takes what is typed")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        row.addWidget(self._name)
        row.addWidget(self.strip, 1000)  # all that is left, up to its maximum
        row.addWidget(self.field)
        row.addStretch(1)

    def _follow(self, changes: Changed, _who: object) -> None:
        if changes & (Changed.POINTS | Changed.TASK):
            self._refresh()

    def _refresh(self) -> None:
        state, bench = self._document.state, self._workbench
        if state.task != "regression":
            return
        self.strip.set_scale(bench.value_range, state.value_limit)
        self.strip.blockSignals(True)
        self.strip.setValue(round(bench.value / bench.value_range * _STEPS))
        self.strip.blockSignals(False)
        self.field.set_value(bench.value)


class _Strip(QAbstractSlider):
    """A slider whose groove is the color scale."""

    def __init__(self) -> None:
        super().__init__()
        self.setOrientation(Qt.Orientation.Horizontal)
        self._range = self._limit = 1.0
        self.setRange(-_STEPS, _STEPS)
        self.setPageStep(_PAGE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_WIDEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Value of new points")
        self.setToolTip(
            "Value of the points that are drawn; arrow keys change it finely, Shift draws the "
            "opposite one"
        )

    def set_scale(self, value_range: float, limit: float) -> None:
        """Reach so far to both sides; the colors end at ``limit``."""
        if (value_range, limit) != (self._range, self._limit):
            self._range, self._limit = value_range, limit
            self.update()

    def sizeHint(self) -> QSize:
        """Return a strip that is easily hit."""
        return QSize(_WIDEST, 28)

    def minimumSizeHint(self) -> QSize:
        """Return a strip whose colors can still be told apart."""
        return QSize(_NARROWEST, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw scale and handle."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(_EDGE, 9, self.width() - 2 * _EDGE, self.height() - 18)
        painter.setPen(QPen(QColor(theme.field_border), 1))
        painter.setBrush(self._gradient(groove))
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
        step = self.minimum() + share * (self.maximum() - self.minimum())
        self.setValue(_SNAP * round(step / _SNAP))

    def _gradient(self, groove: QRectF) -> QLinearGradient:
        values = np.linspace(-self._range, self._range, _STOPS)
        colors = Palette(CLASS_COLORS, current_theme().card).value_colors(values, self._limit)
        gradient = QLinearGradient(groove.topLeft(), groove.topRight())
        for stop, color in enumerate(colors.tolist()):
            gradient.setColorAt(stop / (_STOPS - 1), QColor.fromRgb(color))
        return gradient
