"""How many points are held back for the test: a slider, its number, and another choice of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.views.widgets.buttons import IconButton
from app.views.widgets.drag_slider import DragSlider

if TYPE_CHECKING:
    from nncore import Range

WIDEST = "90 %"


class SplitControl(QWidget):
    """Slider in percent with its number, and a button that asks for another choice of points.

    Signals
    -------
    share_changed(float)
        A person chose another share, 0 to 1.
    resample_asked()
        A person wants other points to be held back.
    """

    share_changed = Signal(object)
    resample_asked = Signal()

    def __init__(self, accepted: Range, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel("Test")
        self.label.setProperty("role", "muted")
        self.slider = DragSlider("Test share")
        self.slider.setRange(round(100 * accepted.minimum), round(100 * accepted.maximum))
        self.slider.setPageStep(10)
        self.number = QLabel()
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.number.setFixedWidth(QFontMetrics(self.number.font()).horizontalAdvance(WIDEST) + 4)
        self.resample = IconButton("dice", "Resample: hold back other points, as many as now")
        self.setFocusProxy(self.slider)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        row.addWidget(self.resample)
        self.slider.valueChanged.connect(self._moved)
        self.resample.clicked.connect(self.resample_asked)
        self.set_share(0.0)

    @property
    def stroke(self) -> str | None:
        """The drag under way, so that all of it can be one undo step; None between drags."""
        return self.slider.stroke

    def set_share(self, share: float) -> None:
        """Show another share, without a signal."""
        self.slider.show_value(round(100 * share))
        self._show_number()

    def set_help(self, text: str) -> None:
        """Say what the share is."""
        for widget in (self.label, self.slider, self.number):
            widget.setToolTip(text)

    def _moved(self, percent: int) -> None:
        self._show_number()
        self.share_changed.emit(percent / 100)

    def _show_number(self) -> None:
        percent = self.slider.value()
        self.number.setText(f"{percent} %")
        self.resample.setEnabled(percent > 0)
