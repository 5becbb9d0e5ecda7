"""One class as a chip to be chosen: its marker in its color, and its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from app.theme import CLASS_COLOR_NAMES, CLASS_MARKERS, current_theme
from app.views.canvas.markers import Stamp, stamp_image
from app.views.class_looks import color_of

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from app.document.classes import ClassInfo

_WIDTH, _HEIGHT = 34, 28
_MARKER_X = 10.5  # its middle


class ClassChip(QAbstractButton):
    """One class: its marker in its color, and its number, which is its key.

    Signals
    -------
    rename_asked, removal_asked()
        By the menu, a double click, F2 or Delete.
    """

    rename_asked = Signal()
    removal_asked = Signal()

    def __init__(self, label: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._info: ClassInfo | None = None
        self._begun = True
        self.setText(str(label + 1))
        self.setCheckable(True)
        self.setFixedSize(_WIDTH, _HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_class(self, info: ClassInfo, count: int) -> None:
        """Show what is known of the class, and how many points it has."""
        self._info, self._begun = info, True
        color, marker = CLASS_COLOR_NAMES[info.color], CLASS_MARKERS[info.marker].replace("_", " ")
        self.setAccessibleName(f"{info.name}, {count:,} point{'s' if count != 1 else ''}")
        self.setToolTip(
            f"{info.name}: draw points of this class, {color}, marked by a {marker}; {count:,} "
            f"so far (key {self._label + 1}; double click renames)"
        )
        self.update()

    def show_next_class(self, info: ClassInfo) -> None:
        """Show a class that is not there yet, with a broken ring."""
        self._info, self._begun = info, False
        self.setAccessibleName(f"{info.name}, begins with its first point")
        self.setToolTip(
            f"{info.name} begins with its first point: the network then gets another output and "
            f"starts anew (key {self._label + 1})"
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip; a ring says that it is chosen, an accent that keys go here."""
        theme, area = current_theme(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        border = theme.text if self.isChecked() else theme.field_border
        pen = QPen(QColor(theme.accent if self.hasFocus() else border), self._line())
        pen.setStyle(Qt.PenStyle.SolidLine if self._begun else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(theme.hover if self.underMouse() else theme.card))
        painter.drawRoundedRect(area, 13, 13)
        painter.setPen(QColor(theme.text))
        number = area.adjusted(16, 0, -4, 0)
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._info:
            ground = theme.hover if self.underMouse() else theme.card
            stamp = Stamp(self._info.marker, color_of(self._info).rgba(), ground, hollow=False)
            image = stamp_image(stamp, self.devicePixelRatioF())
            side = image.width() / self.devicePixelRatioF()
            place = QRectF(_MARKER_X - side / 2, (self.height() - side) / 2, side, side)
            painter.drawPixmap(place, image, QRectF(image.rect()))
        painter.end()

    def enterEvent(self, event: QEvent) -> None:
        """Light up under the pointer."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Go out again."""
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the hit area."""
        return QSize(_WIDTH, _HEIGHT)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename."""
        self.rename_asked.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Delete from the selected points while a class has the keyboard."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Delete
        ):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, Delete removes."""
        if event.key() == Qt.Key.Key_F2:
            self.rename_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to rename and to remove."""
        menu = QMenu(self)
        menu.setProperty("plain", True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Rename (F2)").triggered.connect(lambda: self.rename_asked.emit())
        menu.addAction("Remove with its points (Del)").triggered.connect(
            lambda: self.removal_asked.emit()
        )
        menu.popup(event.globalPos())

    def _line(self) -> float:
        return 2.0 if self.isChecked() or self.hasFocus() else 1.0
