import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.views.widgets.roving_focus import RovingFocus
from tests.app.views.hands import press
from tests.app.views.tour import show

Key = Qt.Key


class Row(QWidget):
    """A field, four buttons, a field."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = QLineEdit(), QLineEdit()
        self.buttons = [QToolButton() for _ in "abcd"]
        layout = QHBoxLayout(self)
        for widget in (self.first, *self.buttons, self.last):
            layout.addWidget(widget)
        for text, button in zip("abcd", self.buttons, strict=True):
            button.setText(text)
            button.setCheckable(True)
        RovingFocus(self.buttons, self)

    @property
    def place(self) -> str:
        """Which button has the keyboard."""
        focused = QApplication.focusWidget()
        return focused.text() if isinstance(focused, QToolButton) else ""

    def keys(self, *keys: Key) -> str:
        """Press keys where the focus is; return the button that then has it."""
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            press(focused, key)
        return self.place


@pytest.fixture
def row(qtbot: QtBot) -> Row:
    row = Row()
    qtbot.addWidget(row)
    show(qtbot, row)
    row.first.setFocus()
    return row


def test_tab_comes_once_and_goes_on(row: Row) -> None:
    assert row.keys(Key.Key_Tab) == "a"
    row.keys(Key.Key_Tab)
    assert row.last.hasFocus()


def test_arrows_home_and_end_go_from_button_to_button(row: Row) -> None:
    row.keys(Key.Key_Tab)
    way = (Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_End, Key.Key_Right, Key.Key_Up)
    assert "".join(row.keys(key) for key in way) == "bcbdad"
    assert row.keys(Key.Key_Home) == "a"


def test_tab_comes_back_to_where_it_was(row: Row) -> None:
    row.keys(Key.Key_Tab, Key.Key_End, Key.Key_Tab)
    row.first.setFocus()
    assert row.keys(Key.Key_Tab) == "d"


def test_tab_comes_to_what_was_checked(row: Row) -> None:
    row.buttons[2].setChecked(True)
    assert row.keys(Key.Key_Tab) == "c"


def test_what_cannot_be_pressed_is_passed_over(row: Row) -> None:
    row.buttons[1].setEnabled(False)
    row.buttons[3].hide()
    assert row.keys(Key.Key_Tab, Key.Key_Right) == "c"
    assert row.keys(Key.Key_Right) == "a"


def test_other_keys_are_those_of_the_button(row: Row) -> None:
    assert row.keys(Key.Key_Tab, Key.Key_Space) == "a"
    assert row.buttons[0].isChecked()
