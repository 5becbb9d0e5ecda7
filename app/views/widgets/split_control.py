"""How many points are held back for the test: a slider, its number, and another choice of them."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.views.widgets.buttons import IconButton
from app.views.widgets.drag_slider import DragSlider

if TYPE_CHECKING:
    from nncore import Range

WIDEST = ("100 %", "<1 %", ">99 %")


class SplitControl(QWidget):
    """Slider in percent with its number, and a button that asks for another choice of points.

    It shows the share that the points have, whoever put them into their sets.

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
        metrics = QFontMetrics(self.number.font())
        self.number.setFixedWidth(max(map(metrics.horizontalAdvance, WIDEST)) + 4)
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
        """Show another share, from 0 to 1, without a signal.

        The handle is at 0 for no test points only, so that there is a way back to 0.
        """
        self.slider.show_value(ceil(100 * share) if share < 0.01 else round(100 * share))
        self._show_number(share)

    def set_help(self, text: str) -> None:
        """Say what the share is."""
        for widget in (self.label, self.slider, self.number):
            widget.setToolTip(text)

    def _moved(self, percent: int) -> None:
        self._show_number(percent / 100)
        self.share_changed.emit(percent / 100)

    def _show_number(self, share: float) -> None:
        self.number.setText(format_percent(share))
        self.resample.setEnabled(0 < share < 1)


def format_percent(share: float) -> str:
    """Write a share in whole percent; only none at all is 0 %, and only all are 100 %.

    >>> format_percent(0.204), format_percent(0.001)
    ('20 %', '<1 %')
    """
    if share < 0.01:
        return "<1 %" if share else "0 %"
    return ">99 %" if 0.99 < share < 1 else f"{round(100 * share)} %"
