"""The crosshair and the keyboard: what is seen of it, and what becomes of it with the focus."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.views.canvas.canvas import Canvas
from app.views.canvas.workbench import Workbench
from tests.app.views.canvas.conftest import walk
from tests.app.views.hands import LEFT, NO_MODIFIER, hover, leave_with_pointer, press
from tests.app.views.tour import spot

FOCUS = Qt.FocusReason
Key = Qt.Key


@pytest.fixture
def other(qtbot: QtBot, canvas: Canvas) -> QLineEdit:
    """Something else that can have the keyboard; the canvas has it."""
    other = QLineEdit(canvas.window())
    other.show()
    canvas.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    canvas.setFocus(FOCUS.TabFocusReason)
    qtbot.waitUntil(canvas.hasFocus)
    return other


def test_the_outline_follows_whatever_moved_last(
    bench: Workbench, canvas: Canvas, other: QLineEdit
) -> None:
    bench.use("spray")
    hover(canvas.viewport(), spot(canvas, -2.0, 1.0))
    brush, crosshair = canvas._pointer._brush, canvas._keyboard._item
    press(canvas, Key.Key_Right)
    assert brush.pos() == crosshair.pos()
    leave_with_pointer(canvas)
    assert brush.isVisible()
    hover(canvas.viewport(), spot(canvas, -2.0, 1.0))
    assert brush.pos() != crosshair.pos()
    press(canvas, Key.Key_Return)
    hover(canvas.viewport(), spot(canvas, -2.0, 0.5))
    assert brush.pos() == crosshair.pos()
    canvas.zoom(canvas.position(2.0, 1.0), 0.9)
    assert brush.pos() == crosshair.pos()


def test_the_outline_is_seen_at_the_crosshair(
    bench: Workbench, canvas: Canvas, other: QLineEdit
) -> None:
    bench.use("jitter")
    walk(canvas, Key.Key_Up, times=4)
    place = canvas.position(*canvas._keyboard._here()).toPoint()
    edge = place + QPoint(bench.radius, 0)
    with_it = canvas.grab().toImage().pixelColor(edge)
    press(canvas, Key.Key_Escape)
    assert canvas.grab().toImage().pixelColor(edge) != with_it


@pytest.mark.parametrize("name", ["stroke", "line", "fill", "erase"])
def test_a_stroke_by_keys_ends_with_the_focus_and_the_crosshair_returns(
    document: Document, bench: Workbench, canvas: Canvas, other: QLineEdit, name: str
) -> None:
    bench.use(name)
    before = document.state.points
    press(canvas, Key.Key_Return)
    walk(canvas, Key.Key_Right, Key.Key_Down, Key.Key_Left)
    here = canvas._keyboard._here()
    other.setFocus()
    assert not canvas.strokes.active
    assert not canvas._keyboard._item.isVisible()
    assert document.state.points != before
    assert document.undo_name != "replace points"
    canvas.setFocus(FOCUS.OtherFocusReason)
    assert canvas._keyboard.shown
    assert canvas._keyboard._here() == here


def test_a_stroke_of_the_mouse_outlives_the_focus(
    document: Document, canvas: Canvas, other: QLineEdit
) -> None:
    press(canvas, Key.Key_Return)
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, -1.0, 1.0))
    other.setFocus()
    assert canvas.strokes.active
    canvas.setFocus()
    press(canvas, Key.Key_Right)
    assert len(document.state.points) == 7
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, -1.0, 1.0))


def test_the_hints_say_what_keys_do(
    bench: Workbench, canvas: Canvas, other: QLineEdit, heard: list[object]
) -> None:
    canvas.hints_changed.connect(heard.append)
    bench.use("spray")
    press(canvas, Key.Key_Return)
    press(canvas, Key.Key_Return)
    canvas.selection.choose(np.array([1]))
    bench.use("lasso")
    press(canvas, Key.Key_Escape)
    other.setFocus()
    words = ["begins", "Enter ends", "begins", "move what is selected", "begins", "Ctrl takes"]
    assert len(heard) == len(words)
    assert all(word in str(hints) for word, hints in zip(words, heard, strict=True))
