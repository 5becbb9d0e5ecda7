"""A number with a small caption over it, as wide as its widest text."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget


class _Number(QLabel):
    """Text whose width never changes."""

    def __init__(self, widest: str) -> None:
        super().__init__("\u2013")
        self._widest = widest
        self.setProperty("role", "figure")

    def sizeHint(self) -> QSize:
        """Return the size of the widest text."""
        self.ensurePolished()
        width = QFontMetrics(self.font()).horizontalAdvance(self._widest)
        return QSize(width + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Insist on it."""
        return self.sizeHint()


class Figure(QWidget):
    """One figure of the status line: ``caption`` over the number.

    ``widest`` is the longest text to be expected; the figure keeps that width.
    """

    def __init__(
        self, caption: str, widest: str, help_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._caption = caption
        label = QLabel(caption)
        label.setProperty("role", "caption")
        self._number = _Number(widest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(label)
        layout.addWidget(self._number)
        self.setToolTip(help_text)
        self.set_text("\u2013")

    @property
    def text(self) -> str:
        """The number shown."""
        return self._number.text()

    def set_text(self, text: str) -> None:
        """Show another number."""
        if text != self._number.text() or not self.accessibleName():
            self._number.setText(text)
            self.setAccessibleName(f"{self._caption} {text}")
