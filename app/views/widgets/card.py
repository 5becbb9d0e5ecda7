"""A rounded frame that holds one subject."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.views.widgets.elided_text import ElidedLabel

PADDING = 16
BUTTON_GAP = 4
_TOP, _BOTTOM = 8, 10


class Card(QFrame):
    """A frame with a title, an optional note on the right and buttons beside it.

    Put the content into ``body``.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        self._note = ElidedLabel()
        self._head = self._title_row(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING - 1, _TOP - 1, PADDING - 1, _BOTTOM - 1)
        layout.setSpacing(4)
        layout.addWidget(self._head, 0, Qt.AlignmentFlag.AlignTop)
        self._head.setVisible(bool(title))
        layout.addLayout(self.body, 1)

    @property
    def note(self) -> str:
        """The text on the right of the title."""
        return self._note.full_text

    def set_note(self, text: str, *shorter: str) -> None:
        """Show a text on the right of the title, or the first of ``shorter`` that has room."""
        self._note.set_full_text(text, *shorter)

    def add_button(self, button: QWidget) -> None:
        """Put a small control to the right of the title."""
        layout = self._head.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addSpacing(BUTTON_GAP)
        layout.addWidget(button)

    def _title_row(self, title: str) -> QWidget:
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        label = QLabel(title)
        label.setProperty("role", "title")
        self._note.setProperty("role", "muted")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label)
        row.addSpacing(8)
        row.addWidget(self._note, 1)
        row.addStrut(24)
        return head
