"""One line below the tools: the class or value of new points, and what the current tool heeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from app.document.state import Changed
from app.views.canvas.class_chips import ClassChips
from app.views.canvas.toolbar import ButtonRow, icon_button
from app.views.canvas.value_slider import ValueSlider
from app.views.canvas.workbench import DENSITIES, RADII

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QWheelEvent

    from app.document.document import Document
    from app.views.canvas.workbench import Workbench
    from nncore import Range

_SLIDER_WIDTH = 64


class BrushSlider(QWidget):
    """A slider between its name and its figure.

    Signals
    -------
    moved(int)
        A person chose another value.
    """

    moved = Signal(object)

    def __init__(self, text: str, accepted: Range, help_text: str, widest: str) -> None:
        super().__init__()
        self.slider = _QuietSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(accepted.minimum), round(accepted.maximum))
        self.slider.setFixedWidth(_SLIDER_WIDTH)
        self.slider.setAccessibleName(text)
        self.slider.setToolTip(help_text)
        name, self._figure = QLabel(text), QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (name, self.slider, self._figure):
            row.addWidget(widget)
        for label in (name, self._figure):
            label.setProperty("role", "muted")
        self._figure.setFixedWidth(self._figure.fontMetrics().horizontalAdvance(widest))
        self.slider.valueChanged.connect(self.moved.emit)

    def set_value(self, value: int) -> None:
        """Show another value, without a signal."""
        self.slider.blockSignals(True)
        self.slider.setValue(value)
        self.slider.blockSignals(False)
        self._figure.setText(str(value))


class _QuietSlider(QSlider):
    """Turns with the wheel only where the person is at work."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel pass."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class OptionsRow(QWidget):
    """Chips or the value on the left, options of the tool on the right.

    Signals
    -------
    message(str)
        Why something cannot be done.
    """

    message = Signal(object)

    def __init__(
        self,
        document: Document,
        workbench: Workbench,
        gaussian: QAction,
        edits: list[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._workbench = document, workbench
        self.chips = ClassChips(document, workbench)
        self.value = ValueSlider(document, workbench)
        self.radius = BrushSlider("Radius", RADII, "Radius of the brush in pixels ([ and ])", "000")
        self.density = BrushSlider(
            "Density", DENSITIES, "Points for a square of 100 pixels on the screen", "000"
        )
        self.gaussian = icon_button(gaussian)
        self.edits = ButtonRow("Edit the selected points", [edits])
        self._lay_out()
        self.chips.message.connect(self.message)
        self.radius.moved.connect(workbench.set_radius)
        self.density.moved.connect(workbench.set_density)
        workbench.changed.connect(self._refresh)
        document.changed.connect(self._follow)
        self._refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.chips, 1)
        row.addWidget(self.value, 1)
        row.addStretch()
        for widget in (self.radius, self.density, self.gaussian, self.edits):
            row.addWidget(widget)
        row.addStrut(30)

    def _follow(self, changes: Changed, _who: object) -> None:
        if changes & Changed.TASK:
            self._refresh()

    def _refresh(self) -> None:
        bench = self._workbench
        regression = self._document.state.task == "regression"
        self.chips.setVisible(not regression)
        self.value.setVisible(regression)
        self.radius.setVisible(bench.radius > 0)
        self.radius.set_value(bench.radius)
        self.density.setVisible(bench.tool.dense)
        self.density.set_value(bench.density)
        self.gaussian.setVisible(bench.name == "spray")
        self.edits.setVisible(bench.tool.selects)
