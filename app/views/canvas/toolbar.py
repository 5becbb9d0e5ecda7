"""The tools as a row of buttons, one of them pressed; each is an action of the window.

A row of 13 buttons is 426 pixels wide and the narrowest window has 298 for it: the last ones go
into a menu there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from app.icons import icon
from app.theme import current_theme
from app.views.widgets.buttons import IconButton
from app.views.widgets.roving_focus import RovingFocus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QAction, QResizeEvent

SIDE, _ICON = 30, 20
_SPACING, _GROUP_SPACING = 1, 7


def icon_button(action: QAction, parent: QWidget | None = None) -> QToolButton:
    """Return a square button that shows the icon of an action."""
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setProperty("role", "quiet")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(_ICON, _ICON))
    button.setFixedSize(SIDE, SIDE)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text())
    return button


class MoreButton(IconButton):
    """Opens a menu of the actions that have no room; looks like the one of them that is chosen."""

    _offered: Sequence[QAction] = ()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__("more", label, parent)
        self._label = label
        self.setFixedSize(SIDE, SIDE)
        self.setCheckable(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self.setMenu(self._menu)

    def offer(self, groups: Iterable[Sequence[QAction]]) -> None:
        """Offer other actions, in groups."""
        self._menu.clear()
        for group in groups:
            self._menu.addSeparator()  # Qt shows none at the top
            self._menu.addActions(group)
        self._offered = [action for action in self._menu.actions() if not action.isSeparator()]
        self.show_chosen()

    def show_chosen(self) -> None:
        """Look like the action that is chosen, if it is one of these."""
        chosen = next((action for action in self._offered if action.isChecked()), None)
        self.setChecked(chosen is not None)
        self.setIcon(chosen.icon() if chosen else icon("more", current_theme().text))
        self.set_help(f"{self._label} (now {chosen.text()})" if chosen else self._label)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._offered:
            self.show_chosen()


class ButtonRow(QWidget):
    """Buttons of actions side by side, in groups set a little apart; the last fold into a menu.

    All are one tab stop.

    Parameters
    ----------
    name : str
        What the row is for.
    groups : iterable of iterable of QAction
        The actions, most wanted first.
    more : str
        What the button of the menu is called.
    """

    def __init__(
        self,
        name: str,
        groups: Iterable[Iterable[QAction]],
        more: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._groups = [list(group) for group in groups]
        self.buttons: list[QToolButton] = []
        self._lefts: list[int] = []
        for group in self._groups:
            for action in group:
                self._add(action, apart=action is group[0])
        self.more = MoreButton(more, self)
        self._focus = RovingFocus([*self.buttons, self.more], self)
        self._shown = -1
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._fold()

    def set_next_stop(self, widget: QWidget) -> None:
        """Let Tab come to a widget after this row."""
        policy = self.more.focusPolicy()
        # Qt puts nothing behind a button that Tab does not reach at the moment.
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabOrder(self.more, widget)
        self.more.setFocusPolicy(policy)

    def sizeHint(self) -> QSize:
        """Return the size of the whole row."""
        return QSize(self._lefts[-1] + SIDE, SIDE)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the menu's button."""
        return QSize(SIDE, SIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many buttons as there is room for."""
        super().resizeEvent(event)
        self._fold()

    def _add(self, action: QAction, *, apart: bool) -> None:
        spacing = _GROUP_SPACING if apart else _SPACING
        self._lefts.append(self._lefts[-1] + SIDE + spacing if self._lefts else 0)
        button = icon_button(action, self)
        button.move(self._lefts[-1], 0)
        self.buttons.append(button)
        action.changed.connect(self._follow)

    def _follow(self) -> None:
        self.more.show_chosen()

    def _fold(self) -> None:
        shown = self._fitting(self.width())
        if shown == self._shown:
            return
        self._shown = shown
        for position, button in enumerate(self.buttons):
            button.setVisible(position < shown)
        folded = {button.defaultAction() for button in self.buttons[shown:]}
        self.more.offer([[act for act in group if act in folded] for group in self._groups])
        self.more.setVisible(bool(folded))
        if folded:
            self.more.move(self._lefts[shown], 0)
        self._focus.stay_in_sight()

    def _fitting(self, width: int) -> int:
        """Return how many buttons have room, beside that of the menu if that is needed."""
        if self.sizeHint().width() <= width:
            return len(self.buttons)
        places = range(len(self.buttons) - 1, 0, -1)
        return next((place for place in places if self._lefts[place] + SIDE <= width), 0)
