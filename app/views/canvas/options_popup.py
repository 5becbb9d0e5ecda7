"""The options of a tool that have no room in their row, in a small window over the others."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

_GAP = 4


class OptionsPopup(QFrame):
    """Put the options into ``row``; Esc and a click elsewhere close it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        # Else a click on the button that opened it would close it and open it again.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        self.setProperty("role", "popup")
        self.setAccessibleName("More options of the tool")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 8, 12, 8)
        self.row.setSpacing(12)

    def open_below(self, button: QWidget) -> None:
        """Open under the button, right ends aligned, with the keyboard at the first option."""
        self.adjustSize()
        corner = button.mapToGlobal(button.rect().bottomRight())
        left = max(button.screen().availableGeometry().left(), corner.x() + 1 - self.width())
        self.move(QPoint(left, corner.y() + _GAP))
        self.show()
        item = self.row.itemAt(0)
        first = item.widget() if item else None
        if first:
            first.setFocus(Qt.FocusReason.PopupFocusReason)
