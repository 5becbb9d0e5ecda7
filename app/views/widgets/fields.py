"""Numbers typed by hand, checked in a way that helps.

A field takes what was typed at Return or when the focus leaves. What it cannot take stays visible,
marked as wrong, with one sentence that says what was typed and what is accepted; the last valid
value stays in force. Escape brings it back. A `QSpinBox` would swallow the keys that do not fit,
and say nothing.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from app.icons import icon
from app.theme import current_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QKeyEvent, QWheelEvent

    from app.views.widgets.notation import Notation, Value


def set_marked(widget: QWidget, name: str, value: bool) -> None:
    """Set a dynamic property that the style sheet reads, and have it read again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Field(QLineEdit):
    """A line for one value; which text is accepted says its notation.

    Signals
    -------
    value_changed(value)
        A person chose another valid value.
    message(str or None)
        What is wrong with the typed text, in one sentence; None when it is put right.
    """

    value_changed = Signal(object)
    message = Signal(object)

    def __init__(self, name: str, notation: Notation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._notation = notation
        self._value: Value = notation.range.minimum
        self._help = ""
        self._problem: str | None = None
        self._menu: QMenu | None = None
        self._menu_action: QAction | None = None
        self.setAccessibleName(name)
        self.editingFinished.connect(self._judge)
        self.returnPressed.connect(self._leave)
        self.textEdited.connect(self._calm)
        self.show_value()

    @property
    def value(self) -> Value:
        """The last valid value."""
        return self._value

    @property
    def problem(self) -> str | None:
        """What is wrong with the typed text, or None."""
        return self._problem

    def set_value(self, value: Value) -> None:
        """Show another value, without a signal; what is being typed is kept if it is the same."""
        if value != self._value:
            self._value = value
            self.restore()

    def set_help(self, text: str) -> None:
        """Say in one sentence what the value is: the tooltip while nothing is wrong."""
        self._help = text
        self._show_help()

    def offer(self, choices: Sequence[tuple[str, Value]]) -> None:
        """Let the person pick from a list, by a small button or Alt+Down."""
        menu = QMenu(self)
        menu.setProperty("plain", True)
        for text, value in choices:
            menu.addAction(text).triggered.connect(partial(self._choose, value))
        if self._menu is None:
            self._menu_action = self.addAction(
                icon("chevron_down", current_theme().muted_text),
                QLineEdit.ActionPosition.TrailingPosition,
            )
            self._menu_action.setToolTip(f"{self._name}: choose from a list (Alt+Down)")
            self._menu_action.triggered.connect(self._open_menu)
        else:
            self._menu.deleteLater()
        self._menu = menu

    def restore(self) -> None:
        """Show the valid value again in place of what was typed."""
        self.show_value()
        self._set_problem(None)

    def show_value(self) -> None:
        """Write the valid value, which may be written in another way than before."""
        self.setText(self._notation.format(self._value))
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down step, Alt+Down opens the list, Escape restores."""
        down = event.key() == Qt.Key.Key_Down
        if down and event.modifiers() & Qt.KeyboardModifier.AltModifier and self._menu:
            self._open_menu()
        elif down or event.key() == Qt.Key.Key_Up:
            self.step_by(-1 if down else 1)
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.restore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step, but only where the person is at work: scrolling past must change nothing."""
        if self.hasFocus() and event.angleDelta().y():
            self.step_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.StyleChange and self._menu_action:
            self._menu_action.setIcon(icon("chevron_down", current_theme().muted_text))
        super().changeEvent(event)

    def step_by(self, direction: int) -> None:
        """Take the next value up or down, as the person asks; stops at the ends."""
        self._choose(self._notation.step(self._value, direction))

    def _choose(self, value: Value, _checked: bool = False) -> None:
        changed = value != self._value
        self._value = value
        self.restore()
        self.selectAll()
        if changed:
            self.value_changed.emit(value)

    def _leave(self) -> None:
        """Give the keyboard back at Return, so that T trains and 1 chooses a class again."""
        self._judge()
        if self._problem is None:
            self.clearFocus()

    def _judge(self) -> None:
        """Take what was typed, or say why not."""
        if not self.isModified():
            return
        self.setModified(False)
        try:
            value = self._notation.parse(self.text().strip())
        except ValueError:
            typed = self.text().strip()
            what = f"“{typed}” was typed" if typed else "nothing was typed"
            self._set_problem(f"{self._name}: {what}; {self._notation.accepted()} is accepted.")
            self.setModified(True)
        else:
            self._choose(value)
            self.deselect()

    def _calm(self, text: str) -> None:
        """Stop complaining as soon as the text is right; never complain in mid-word."""
        if self._problem:
            try:
                self._notation.parse(text.strip())
            except ValueError:
                return
            self._set_problem(None)

    def _set_problem(self, problem: str | None) -> None:
        if problem == self._problem:
            return
        self._problem = problem
        set_marked(self, "invalid", problem is not None)
        self._show_help()
        self.message.emit(problem)

    def _show_help(self) -> None:
        self.setToolTip(self._problem or self._help)
        self.setAccessibleDescription(self._problem or self._help)

    def _open_menu(self) -> None:
        if self._menu:
            self._menu.setMinimumWidth(self.width())
            self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
