"""Which class the next points belong to: a chip for each, with color, marker and number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from app.document.classes import LONGEST_NAME, MIN_CLASSES, at_least
from app.document.columns import MAX_CLASSES
from app.document.commands import RemoveClass, change_class
from app.views.calm import Calm
from app.views.canvas.class_chip import ClassChip
from app.views.widgets.buttons import IconButton
from app.views.widgets.elided_text import ElidedLabel
from app.views.widgets.roving_focus import stop_at_chosen

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.document.document import Document
    from app.views.canvas.workbench import Workbench

_NAME_WIDTH = 88
_FIELD_WIDTH = 136


class _NameField(QLineEdit):
    """Where a name is typed; Escape gives up."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up at Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class ClassChips(QWidget):
    """Chips of all classes, one of them chosen, a plus that adds one, and the name of the chosen.

    Signals
    -------
    message(str)
        Why something cannot be done.
    """

    message = Signal(object)

    def __init__(
        self, document: Document, workbench: Workbench, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Class of new points")
        self._document, self._workbench = document, workbench
        self._group = QButtonGroup(self)
        self.chips = [ClassChip(label) for label in range(MAX_CLASSES)]
        self.plus = IconButton("plus", "Add a class")
        self.name = ElidedLabel()
        self.field = _NameField(self)
        self._renamed = 0
        self._lay_out()
        self._connect()
        self._refresh()

    def sizeHint(self) -> QSize:
        """Return the size without the name, which takes what others leave."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the size of the chips, or of the field over them."""
        chips = super().minimumSizeHint()
        return QSize(max(chips.width(), _FIELD_WIDTH), chips.height())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for label, chip in enumerate(self.chips):
            self._group.addButton(chip, label)
            row.addWidget(chip)
        row.addWidget(self.plus)
        row.addWidget(self.name, 1000)  # all that is left, up to its maximum
        row.addStretch(1)
        self.name.setMaximumWidth(_NAME_WIDTH)
        policy = self.name.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # else the chips move under the field
        self.name.setSizePolicy(policy)
        self.name.setProperty("role", "muted")
        self.field.setMaxLength(LONGEST_NAME)
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.field.setAccessibleName("Name of the class")
        self.field.setToolTip("Name of the class: Return takes it, Esc gives up")
        self.field.hide()

    def _connect(self) -> None:
        self._group.idClicked.connect(self._workbench.choose_class)
        self.plus.clicked.connect(self._add)
        for label, chip in enumerate(self.chips):
            chip.rename_asked.connect(partial(self._begin_to_rename, label))
            chip.removal_asked.connect(partial(self._remove, label))
        self.field.editingFinished.connect(self._rename)
        self.field.given_up.connect(self._end_renaming)
        Calm(self._document, self._refresh, self)
        self._workbench.changed.connect(self._refresh)
        self._workbench.held.connect(self._follow_hand)

    def _add(self) -> None:
        self._workbench.add_class()

    def _begin_to_rename(self, label: int) -> None:
        if label >= self._document.state.class_count:
            self.message.emit("The class begins with its first point, and can then be renamed.")
            return
        self._renamed = label
        self.field.setText(self._document.state.class_of(label).name)
        self.name.hide()
        lefts = [chip.x() for chip in self.chips[: label + 1]]
        left = max(x for x in lefts if x <= self.width() - _FIELD_WIDTH)
        self.field.adjustSize()
        self.field.move(left, (self.height() - self.field.height()) // 2)
        self.field.show()
        self.field.raise_()
        self.field.setFocus()
        self.field.selectAll()

    def _rename(self) -> None:
        if self.field.isHidden():
            return
        self._end_renaming()
        try:
            command = change_class(
                self._document.state, self._renamed, name=self.field.text().strip()
            )
            self._document.push(command, who=self)
        except ValueError as error:
            self.message.emit(f"The class keeps its name: {error}.")

    def _end_renaming(self) -> None:
        """Give the keyboard back to the chip, unless somebody else has it already."""
        held = self.field.hasFocus()
        self.field.hide()
        self.name.show()
        if held:
            self.chips[self._renamed].setFocus()

    def _remove(self, label: int) -> None:
        document, bench = self._document, self._workbench
        if label >= document.state.class_count:
            bench.choose_class(label - 1)
        elif document.pending:
            # What is on its way may number the classes anew.
            self.message.emit(f"No class is removed: {document.pending} is still on its way.")
        elif document.state.class_count > MIN_CLASSES:
            drawn = bench.label - (label < bench.label)  # the same class, whose number changes
            document.push(RemoveClass(label), who=self, then=partial(self._draw, drawn))
        else:
            self.message.emit("Two classes must be left: a network tells at least two apart.")

    def _draw(self, label: int) -> None:
        self._workbench.choose_class(min(label, self._document.state.class_count - 1))

    def _follow_hand(self) -> None:
        """Show which class is drawn; a press of the right button changes nothing here."""
        if not self.chips[self._workbench.drawn_label].isChecked():
            self._refresh()

    def _refresh(self) -> None:
        state, chosen = self._document.state, self._workbench.drawn_label
        classes = at_least(state.classes, chosen + 1)
        for label, chip in enumerate(self.chips):
            chip.setVisible(label < len(classes))
            if label < state.class_count:
                chip.show_class(classes[label], int(state.points.counts[label]))
            elif label < len(classes):
                chip.show_next_class(classes[label])
        self.chips[chosen].setChecked(True)
        stop_at_chosen(self.chips)
        if self.name.full_text != classes[chosen].name:
            self.name.set_full_text(classes[chosen].name)
        self.plus.setVisible(state.class_count < MAX_CLASSES)
