"""Which class the next points belong to: a row of numbered, colored chips."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QWidget

from app.theme import CLASS_COLOR_NAMES, CLASS_COLORS, CLASS_MARKERS, current_theme, text_on
from app.views.widgets.buttons import IconButton

MAX_CLASSES = len(CLASS_COLORS)
_SIDE = 28
_PER_ROW = 8


class ClassChip(QAbstractButton):
    """One class: a round chip in its color with its number."""

    def __init__(self, label: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = CLASS_COLORS[label]
        self.setText(str(label + 1))
        self.setCheckable(True)
        self.setFixedSize(_SIDE, _SIDE)
        marker = CLASS_MARKERS[label].replace("_", " ")
        self.setAccessibleName(f"Class {label + 1}")
        self.setToolTip(
            f"Class {label + 1}: draw points of this class, {CLASS_COLOR_NAMES[label]}, "
            f"marked by a {marker} (key {label + 1})"
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip; a ring says that it is chosen, an accent that keys go here."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        inset = 4.0 if self.isChecked() else (2.0 if self.underMouse() else 3.0)
        painter.setPen(QPen(QColor(theme.field_border), 1))
        painter.setBrush(QColor(self._color))
        painter.drawEllipse(area.adjusted(inset, inset, -inset, -inset))
        if self.isChecked() or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.text), 2))
            painter.drawEllipse(area.adjusted(1, 1, -1, -1))
        font = self.font()
        font.setPixelSize(12)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(text_on(self._color)))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def enterEvent(self, event: QEvent) -> None:
        """Grow a little under the pointer."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Shrink back."""
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the hit area."""
        return QSize(_SIDE, _SIDE)


class ClassPicker(QWidget):
    """Chips 1 … K, one of them chosen, and a plus that adds a class, up to eight.

    Signals
    -------
    class_selected(int)
        A person chose a class, numbered from 0.
    """

    class_selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Class of new points")
        self._needed = 2
        self._added = 2
        self._group = QButtonGroup(self)
        self._chips = [ClassChip(label, self) for label in range(MAX_CLASSES)]
        self._plus = IconButton("plus", "Add a class", self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(_PER_ROW, 1)
        for label, chip in enumerate(self._chips):
            self._group.addButton(chip, label)
            self._grid.addWidget(chip, label // _PER_ROW, label % _PER_ROW)
        self._chips[0].setChecked(True)
        self._group.idClicked.connect(self.class_selected.emit)
        self._plus.clicked.connect(self._add_class)
        self._show()

    @property
    def selected(self) -> int:
        """The chosen class, numbered from 0."""
        return self._group.checkedId()

    @property
    def count(self) -> int:
        """How many classes are shown."""
        return max(self._needed, self._added)

    def select(self, label: int) -> None:
        """Choose a class, without a signal; chips up to it appear."""
        if 0 <= label < MAX_CLASSES:
            self._added = max(self._added, label + 1)
            self._chips[label].setChecked(True)
            self._show()

    def set_needed(self, count: int) -> None:
        """Show at least the classes that the points have."""
        if count != self._needed:
            self._needed = min(count, MAX_CLASSES)
            self._show()

    def _add_class(self) -> None:
        self.select(self.count)
        self.class_selected.emit(self.selected)

    def _show(self) -> None:
        count = self.count
        for label, chip in enumerate(self._chips):
            chip.setVisible(label < count)
        self._plus.setVisible(count < MAX_CLASSES)
        self._grid.addWidget(self._plus, count // _PER_ROW, count % _PER_ROW)
