"""The learning rate: a logarithmic slider, a field for the exact number, and a ladder."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.views.widgets.drag_slider import DragSlider
from app.views.widgets.fields import Field
from app.views.widgets.notation import Rungs, format_number

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from nncore import Range

LADDER = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 1.2, 3.0, 10.0)
_STEPS_PER_DECADE = 100


class RateField(Field):
    """The field beside the slider: steps along the ladder."""

    def __init__(self, accepted: Range) -> None:
        super().__init__("Learning rate α", Rungs(accepted, LADDER))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down step as well."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.step_by(1 if event.key() == Qt.Key.Key_PageUp else -1)
        else:
            super().keyPressEvent(event)


class LogSlider(DragSlider):
    """The slider of the rate: Page Up and Page Down go along the ladder."""

    paged = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down belong to the ladder."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.paged.emit(1 if event.key() == Qt.Key.Key_PageUp else -1)
        else:
            super().keyPressEvent(event)


class LearningRateControl(QWidget):
    """Label, field and slider for α; the slider gives two significant digits.

    Signals
    -------
    value_changed(float)
        A person chose another rate.
    message(str or None)
        What is wrong with the typed text; None when it is put right.
    """

    value_changed = Signal(object)
    message = Signal(object)

    def __init__(self, accepted: Range, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accepted = accepted
        self.field = RateField(accepted)
        self.field.offer([(format_number(rung), rung) for rung in LADDER])
        self.field.setFixedWidth(96)
        self.slider = LogSlider("Learning rate α")
        self.slider.setRange(self._position(accepted.minimum), self._position(accepted.maximum))
        self.slider.setSingleStep(5)
        self.label = QLabel("Learning rate  α")
        self.label.setProperty("role", "muted")
        self.label.setBuddy(self.field)
        self.setFocusProxy(self.field)
        self._lay_out()
        self.field.message.connect(self.message)
        self.field.value_changed.connect(self._field_changed)
        self.slider.valueChanged.connect(self._slider_changed)
        self.slider.paged.connect(self.field.step_by)

    @property
    def value(self) -> float:
        """The rate in force."""
        return float(self.field.value or 0.0)

    @property
    def stroke(self) -> str | None:
        """The drag under way, so that all of it can be one undo step; None between drags."""
        return self.slider.stroke

    def set_value(self, value: float) -> None:
        """Show another rate, without a signal."""
        self.field.set_value(value)
        if self._rate(self.slider.value()) != value:
            self._move_handle(value)

    def set_help(self, text: str) -> None:
        """Say what the rate is."""
        self.field.set_help(text)
        self.slider.setToolTip(text)
        self.label.setToolTip(text)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        row.addWidget(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.slider)

    def _position(self, rate: float) -> int:
        return round(_STEPS_PER_DECADE * math.log10(rate))

    def _rate(self, position: int) -> float:
        exact = float(f"{10 ** (position / _STEPS_PER_DECADE):.2g}")
        return min(max(exact, self._accepted.minimum), self._accepted.maximum)

    def _move_handle(self, rate: float) -> None:
        self.slider.show_value(self._position(rate))

    def _field_changed(self, value: float) -> None:
        self._move_handle(value)
        self.value_changed.emit(value)

    def _slider_changed(self, position: int) -> None:
        rate = self._rate(position)
        if rate != self.field.value:
            self.field.set_value(rate)
            self.value_changed.emit(rate)
