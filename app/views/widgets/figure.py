"""A number with a small caption over it, as wide as its widest text.

The numbers change ten times a second.  A label would have the whole window laid out again for each,
and what lies beneath it painted: together a tenth of what a training costs the window.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.theme import current_theme


class _Number(QWidget):
    """Text whose size never changes, on the ground of a card."""

    def __init__(self, widest: str) -> None:
        super().__init__()
        self.text = "\u2013"
        self._widest = widest
        self.setProperty("role", "figure")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        """Return the size of the widest text."""
        self.ensurePolished()
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._widest) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Insist on it."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and text."""
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.card))
        painter.setPen(QColor(theme.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.text)
        painter.end()


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
        return self._number.text

    def set_text(self, text: str) -> None:
        """Show another number."""
        if text != self._number.text or not self.accessibleName():
            self._number.text = text
            self._number.update()
            self.setAccessibleName(f"{self._caption} {text}")
