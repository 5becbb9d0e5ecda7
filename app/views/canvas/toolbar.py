"""The tools as a row of buttons, one of them pressed; each is an action of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.views.widgets.roving_focus import RovingFocus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QAction

_SIDE, _ICON = 30, 20


def icon_button(action: QAction) -> QToolButton:
    """Return a square button that shows the icon of an action."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setProperty("role", "quiet")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(_ICON, _ICON))
    button.setFixedSize(_SIDE, _SIDE)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text())
    return button


class ButtonRow(QWidget):
    """Buttons of actions side by side, in groups set a little apart: one tab stop in all."""

    def __init__(
        self, name: str, groups: Iterable[Iterable[QAction]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.buttons: list[QToolButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        for position, group in enumerate(groups):
            if position:
                row.addSpacing(6)
            for action in group:
                self.buttons.append(icon_button(action))
                row.addWidget(self.buttons[-1])
        RovingFocus(self.buttons, self)

    def set_next_stop(self, widget: QWidget) -> None:
        """Let Tab come to a widget after this row."""
        last = self.buttons[-1]
        policy = last.focusPolicy()
        # Qt puts nothing behind a button that Tab does not reach at the moment.
        last.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabOrder(last, widget)
        last.setFocusPolicy(policy)
