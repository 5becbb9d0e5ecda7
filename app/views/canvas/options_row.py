"""One line below the tools: the class or value of new points, and what the current tool heeds."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.document.state import Changed
from app.views.canvas.class_chips import ClassChips
from app.views.canvas.options_popup import OptionsPopup
from app.views.canvas.toolbar import SIDE, ButtonRow, icon_button
from app.views.canvas.value_slider import ValueSlider
from app.views.canvas.workbench import DENSITIES, RADII
from app.views.widgets.buttons import IconButton
from app.views.widgets.drag_slider import DragSlider

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent

    from app.document.document import Document
    from app.views.canvas.workbench import Workbench
    from nncore import Range

_SLIDER_WIDTH = 64
_SPACING = 8


class BrushSlider(QWidget):
    """A slider between its name and its figure.

    Signals
    -------
    moved(int)
        A person chose another value.
    """

    moved = Signal(object)

    def __init__(self, text: str, accepted: Range, help_text: str) -> None:
        super().__init__()
        self.slider = DragSlider(text)
        self.slider.setRange(round(accepted.minimum), round(accepted.maximum))
        self.slider.setFixedWidth(_SLIDER_WIDTH)
        self.slider.setToolTip(help_text)
        self.setFocusProxy(self.slider)
        name, self._figure = QLabel(text), QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (name, self.slider, self._figure):
            row.addWidget(widget)
        for label in (name, self._figure):
            label.setProperty("role", "muted")
        self._figure.setFixedWidth(
            self._figure.fontMetrics().horizontalAdvance(str(self.slider.maximum()))
        )
        self.slider.valueChanged.connect(self.moved.emit)

    def set_value(self, value: int) -> None:
        """Show another value, without a signal."""
        self.slider.show_value(value)
        self._figure.setText(str(value))


class OptionsRow(QWidget):
    """Chips or the value on the left, options of the tool on the right.

    The chips of eight classes and the options of the spray are 621 pixels wide, the row 600 in a
    window of 1280 and 360 in the narrowest: options that do not fit wait in a popup.

    Signals
    -------
    message(str or None)
        Why something cannot be done; None when that is put right.
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
        self.radius = BrushSlider("Radius", RADII, "Radius of the brush in pixels ([ and ])")
        self.density = BrushSlider(
            "Density", DENSITIES, "Points for 100 × 100 pixels of the screen"
        )
        self.gaussian = icon_button(gaussian)
        self._options = (self.radius, self.density, self.gaussian)
        self._folded: list[QWidget] | None = None
        self.edits = ButtonRow("Edit the selected points", [edits], "More edits")
        self.more = IconButton("more", "More options of the tool")
        self.popup = OptionsPopup(self)
        self._lay_out()
        self.chips.message.connect(self.message)
        self.value.message.connect(self.message)
        self.radius.moved.connect(workbench.set_radius)
        self.density.moved.connect(workbench.set_density)
        self.more.clicked.connect(lambda: self.popup.open_below(self.more))
        workbench.changed.connect(self._refresh)
        document.changed.connect(self._follow)
        self._refresh()

    def minimumSizeHint(self) -> QSize:
        """Return the size with all options in the popup."""
        subject = self._subject().minimumSizeHint().width()
        return QSize(subject + _SPACING + SIDE, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many options as there is room for."""
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        """Look for room again where something needs more or less of it, as a class more does."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return bool(done)

    def _lay_out(self) -> None:
        row, self._inline = QHBoxLayout(self), QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        for layout in (row, self._inline):
            layout.setSpacing(_SPACING)
        row.addWidget(self.chips, 1)
        row.addWidget(self.value, 1)
        row.addLayout(self._inline)
        row.addWidget(self.edits)
        row.addWidget(self.more)
        row.addStrut(SIDE)

    def _subject(self) -> QWidget:
        """Return what is drawn with: the chips or the value."""
        return self.value if self._document.state.task == "regression" else self.chips

    def _heeded(self) -> list[QWidget]:
        """Return the options that the tool heeds, most wanted first."""
        bench = self._workbench
        heeds = bench.radius > 0, bench.tool.dense, bench.name == "spray"
        return [option for option, heed in zip(self._options, heeds, strict=True) if heed]

    def _follow(self, changes: Changed, _who: object) -> None:
        if changes & Changed.TASK:
            self._refresh()

    def _refresh(self) -> None:
        bench, heeded = self._workbench, self._heeded()
        for subject in (self.chips, self.value):
            subject.setVisible(subject is self._subject())
        self.radius.set_value(bench.radius)
        self.density.set_value(bench.density)
        for option in self._options:
            option.setVisible(option in heeded)
        self.edits.setVisible(bench.tool.selects)
        self._fold()

    def _fold(self) -> None:
        heeded = self._heeded()
        room = self.width() - self._subject().minimumSizeHint().width() - _SPACING
        folded = heeded[_fitting([option.sizeHint().width() for option in heeded], room) :]
        if folded != self._folded:
            self._folded = folded
            for option in self._options:
                layout = self.popup.row if option in folded else self._inline
                layout.addWidget(option)
                option.setVisible(option in heeded)
        self.more.setVisible(bool(folded))


def _fitting(widths: list[int], room: int) -> int:
    """Return how many of the first have room, beside the popup's button if that is needed."""
    ends = list(accumulate(width + _SPACING for width in widths))
    if not ends or ends[-1] - _SPACING <= room:
        return len(ends)
    return sum(end + SIDE <= room for end in ends)
