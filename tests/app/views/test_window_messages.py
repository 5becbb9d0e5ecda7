"""What could not be done: said in full, and forgotten when something else is done."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.views.canvas.toolbox import TOOLS
from app.views.widgets.elided_text import ElidedText
from tests.app.views.hands import click, press
from tests.app.views.tour import paste, said, spot

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("done", ["draw", "undo", "step", "tool", "select"])
def test_what_did_not_work_is_forgotten_with_what_is_done_next(
    window: MainWindow, done: str
) -> None:
    canvas = window.center.canvas
    press(window, Qt.Key.Key_P)
    press(window, Qt.Key.Key_Y)
    press(window, Qt.Key.Key_7)
    assert said(window).startswith("That did not work")
    if done == "draw":
        click(canvas.viewport(), spot(canvas, 0.0, 1.0))
    elif done == "select":
        press(window, Qt.Key.Key_A, CONTROL)
    elif done == "undo":
        press(window, Qt.Key.Key_Z, CONTROL)
    else:
        press(window, Qt.Key.Key_S if done == "step" else Qt.Key(ord(TOOLS["spray"].key)))
    assert said(window) == ""


def test_a_note_stays_when_something_is_done(qtbot: QtBot, window: MainWindow) -> None:
    paste(qtbot, window, "0\t0\t1\n")
    press(window, Qt.Key.Key_Z, CONTROL)
    assert said(window).startswith("Note Pasted")


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_a_refusal_is_read_in_full(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    paste(qtbot, window, "first line\nthis is a\tlong text that goes on and on\n")
    texts = window.right.happening.findChildren(ElidedText)
    [shown] = [text for text in texts if text.full_text.startswith("Nothing was pasted")]
    qtbot.waitUntil(lambda: shown.text().replace("\n", "") == shown.full_text)
    assert window.right.cost.height() >= 150
