"""A button that shows an icon in the colors of the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from app.icons import icon
from app.theme import current_theme


class IconButton(QToolButton):
    """A flat square button of 28 pixels; ``name`` is that of an icon."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setProperty("role", "quiet")
        self.setIconSize(QSize(20, 20))
        self.setFixedSize(28, 28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_help(label)
        self._tint()

    def set_help(self, text: str) -> None:
        """Say what the button does."""
        self.setToolTip(text)
        self.setAccessibleName(text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.StyleChange:
            self._tint()
        super().changeEvent(event)

    def _tint(self) -> None:
        self.setIcon(icon(self._name, current_theme().text))
