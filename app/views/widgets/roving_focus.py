"""One tab stop for a row of buttons, as in the toolbars of the WAI-ARIA authoring practices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QAbstractButton, QWidget

_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


def stop_at_chosen(buttons: Sequence[QAbstractButton]) -> None:
    """Let Tab come to the checked one of exclusive buttons, or to the first if there is none.

    Qt does so by itself only after one of them has had the keyboard.
    """
    stop = next((button for button in buttons if button.isChecked()), buttons[0])
    _stop_at(stop, buttons)


class RovingFocus(QObject):
    """Tab comes to one button of several; the arrow keys, Home and End go on from there.

    That one is the button that was checked or had the keyboard last, whichever was later.
    """

    def __init__(self, buttons: Sequence[QAbstractButton], parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons = list(buttons)
        for button in self._buttons:
            button.installEventFilter(self)
            button.toggled.connect(self._follow_check)
        self._stop_at(self._buttons[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that go from button to button."""
        if event.type() == QEvent.Type.FocusIn:
            self._stop_at(watched)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        ready = [one for one in self._buttons if one.isVisible() and one.isEnabled()]
        target = self._target(ready, watched, event.key())
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def stay_in_sight(self) -> None:
        """Let Tab come to a button that is shown, after others were hidden or shown."""
        shown = [button for button in self._buttons if not button.isHidden()]
        stop = next(one for one in self._buttons if one.focusPolicy() != Qt.FocusPolicy.NoFocus)
        if shown and stop.isHidden():
            self._stop_at(next((one for one in shown if one.isChecked()), shown[0]))

    @staticmethod
    def _target(ready: list[QAbstractButton], here: QObject, key: int) -> QAbstractButton | None:
        if here not in ready:
            return None
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return ready[0 if key == Qt.Key.Key_Home else -1]
        step = _STEPS.get(key)
        position = next(i for i, one in enumerate(ready) if one is here)
        return None if step is None else ready[(position + step) % len(ready)]

    def _follow_check(self, checked: bool) -> None:
        if checked:
            self._stop_at(self.sender())

    def _stop_at(self, stop: QObject) -> None:
        _stop_at(stop, self._buttons)


def _stop_at(stop: QObject, buttons: Sequence[QAbstractButton]) -> None:
    for button in buttons:
        policy = Qt.FocusPolicy.TabFocus if button is stop else Qt.FocusPolicy.NoFocus
        button.setFocusPolicy(policy)
