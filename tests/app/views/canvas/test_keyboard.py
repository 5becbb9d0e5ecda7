"""Drawing by the keyboard alone: every tool by Enter and the arrow keys."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.views.canvas.canvas import Canvas
from app.views.canvas.toolbox import TOOLS
from app.views.canvas.workbench import Workbench
from tests.app.views.canvas.conftest import spot
from tests.app.views.hands import LEFT, NO_MODIFIER, hover, leave_with_pointer, press

SHIFT = Qt.KeyboardModifier.ShiftModifier
FOCUS = Qt.FocusReason
LEFT_KEY, RIGHT_KEY = Qt.Key.Key_Left, Qt.Key.Key_Right
UP, DOWN, ENTER = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return
AT_ONCE = ["spray", "stroke"]
AT_THE_END = ["line", "fill"]


def walk(canvas: Canvas, *keys: Qt.Key, times: int = 8) -> None:
    """Press each of the keys several times."""
    for key in keys:
        for _ in range(times):
            press(canvas, key)


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


def test_enter_adds_a_point_at_the_crosshair(document: Document, canvas: Canvas) -> None:
    before = document.state.points
    for key in (UP, UP, RIGHT_KEY):
        press(canvas, key)
    press(canvas, ENTER)
    middle = (canvas.region.left + canvas.region.right) / 2
    assert document.state.points.X[0, -1] == pytest.approx(middle + 10 * canvas.pixel)
    assert len(document.state.points) == len(before) + 1
    assert "Crosshair at" in canvas.accessibleDescription()
    press(canvas, RIGHT_KEY)
    press(canvas, ENTER)
    assert len(document.state.points) == len(before) + 2
    document.undo()
    document.undo()
    assert document.state.points == before


@pytest.mark.parametrize("name", AT_ONCE)
def test_enter_begins_arrows_draw_along_and_enter_ends(
    document: Document, bench: Workbench, canvas: Canvas, name: str
) -> None:
    before = document.state.points
    bench.use(name)
    press(canvas, ENTER)
    counts = [len(document.state.points)]
    walk(canvas, RIGHT_KEY)
    counts.append(len(document.state.points))
    press(canvas, Qt.Key.Key_Enter)
    assert len(before) < counts[0] <= counts[1]
    assert not canvas.strokes.active
    document.undo()
    assert document.state.points == before


def test_a_stroke_by_keys_records_every_step(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("stroke")
    bench.set_density(200)
    press(canvas, ENTER)
    counts = []
    for key in (RIGHT_KEY, UP, LEFT_KEY, DOWN):
        counts.append(len(document.state.points))
        press(canvas, key)
    counts.append(len(document.state.points))
    press(canvas, ENTER)
    assert (np.diff(counts) > 0).all()


def test_a_spray_by_keys_goes_on_until_the_next_enter(
    qtbot: QtBot, document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("spray")
    press(canvas, ENTER)
    qtbot.waitUntil(lambda: len(document.state.points) > 30)
    press(canvas, ENTER)
    assert document.undo_name == f"spray, {len(document.state.points) - 5} points"
    assert not canvas.strokes._timer.isActive()


def test_the_eraser_by_keys_removes_along_its_way(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("erase")
    press(canvas, ENTER)
    walk(canvas, RIGHT_KEY, times=40)
    press(canvas, ENTER)
    assert document.state.points.X[0].tolist() == [-2.0, -1.0]


def test_a_magnet_by_keys_pulls(qtbot: QtBot, bench: Workbench, canvas: Canvas) -> None:
    bench.use("magnet")
    walk(canvas, UP, times=3)
    press(canvas, ENTER)
    qtbot.waitUntil(lambda: canvas.selection.points.X[1, 2] > 0.2 * canvas.pixel * 30)
    press(canvas, ENTER)


def test_what_is_selected_is_dragged_by_keys(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("rectangle")
    canvas.selection.choose(np.array([1, 3]))
    press(canvas, ENTER)
    walk(canvas, UP, times=4)
    press(canvas, ENTER)
    rise = 40 * canvas.pixel
    assert document.state.points.X[1] == pytest.approx([0, rise, 0, rise, 0])
    assert document.undo_name == "move, 2 points"


def test_enter_that_is_held_is_one_enter(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    for name, active in (("point", False), ("stroke", True)):
        bench.use(name)
        count = len(document.state.points)
        press(canvas, ENTER)
        for _ in range(3):
            repeated = QKeyEvent(QEvent.Type.KeyPress, ENTER, NO_MODIFIER, "\r", True)
            QApplication.sendEvent(canvas, repeated)
        assert len(document.state.points) == count + 1
        assert canvas.strokes.active == active


@pytest.mark.parametrize("name", [*TOOLS])
def test_escape_takes_back_what_keys_draw(
    document: Document, bench: Workbench, canvas: Canvas, name: str
) -> None:
    bench.use(name)
    before = document.state.points
    if name != "point":
        press(canvas, ENTER)
    walk(canvas, RIGHT_KEY, DOWN)
    press(canvas, Qt.Key.Key_Escape)
    assert document.state.points == before
    assert document.undo_name == "replace points"
    assert not canvas.strokes.active


def test_the_outline_follows_whatever_moved_last(
    bench: Workbench, canvas: Canvas, other: QLineEdit
) -> None:
    bench.use("spray")
    hover(canvas.viewport(), spot(canvas, -2.0, 1.0))
    brush, crosshair = canvas._pointer._brush, canvas._keyboard._item
    press(canvas, RIGHT_KEY)
    assert brush.pos() == crosshair.pos()
    leave_with_pointer(canvas)
    assert brush.isVisible()
    hover(canvas.viewport(), spot(canvas, -2.0, 1.0))
    assert brush.pos() != crosshair.pos()
    press(canvas, ENTER)
    hover(canvas.viewport(), spot(canvas, -2.0, 0.5))
    assert brush.pos() == crosshair.pos()
    canvas.zoom(canvas.position(2.0, 1.0), 0.9)
    assert brush.pos() == crosshair.pos()


def test_the_outline_is_seen_at_the_crosshair(
    bench: Workbench, canvas: Canvas, other: QLineEdit
) -> None:
    bench.use("jitter")
    walk(canvas, UP, times=4)
    place = canvas.position(*canvas._keyboard._here()).toPoint()
    edge = place + QPoint(bench.radius, 0)
    with_it: QColor = canvas.grab().toImage().pixelColor(edge)
    press(canvas, Qt.Key.Key_Escape)
    assert canvas.grab().toImage().pixelColor(edge) != with_it


@pytest.mark.parametrize("name", ["stroke", "line", "fill", "erase"])
def test_a_stroke_by_keys_ends_with_the_focus_and_the_crosshair_returns(
    document: Document, bench: Workbench, canvas: Canvas, other: QLineEdit, name: str
) -> None:
    bench.use(name)
    before = document.state.points
    press(canvas, ENTER)
    walk(canvas, RIGHT_KEY, DOWN, LEFT_KEY)
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
    press(canvas, ENTER)
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, -1.0, 1.0))
    other.setFocus()
    assert canvas.strokes.active
    canvas.setFocus()
    press(canvas, RIGHT_KEY)
    assert len(document.state.points) == 7
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, -1.0, 1.0))


def test_a_press_of_the_mouse_ends_what_keys_draw(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("line")
    press(canvas, ENTER)
    walk(canvas, RIGHT_KEY)
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, -1.0, 1.0))
    assert str(document.undo_name).startswith("draw line")
    assert canvas.strokes.active
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, -1.0, 1.0))


def test_the_hint_says_what_keys_do(
    bench: Workbench, canvas: Canvas, other: QLineEdit, heard: list[object]
) -> None:
    canvas.hint_changed.connect(heard.append)
    bench.use("spray")
    press(canvas, ENTER)
    press(canvas, ENTER)
    canvas.selection.choose(np.array([1]))
    bench.use("lasso")
    press(canvas, Qt.Key.Key_Escape)
    other.setFocus()
    words = ["begins", "Enter ends", "begins", "move what is selected", "begins", ""]
    assert len(heard) == len(words)
    assert all(word in str(hint) for word, hint in zip(words, heard, strict=True))


def test_shift_and_enter_draw_the_next_class(document: Document, canvas: Canvas) -> None:
    press(canvas, ENTER, SHIFT)
    assert document.state.points.labels[-1] == 1


@pytest.mark.parametrize("name", AT_THE_END)
def test_enter_begins_and_ends_what_needs_a_way(
    document: Document, bench: Workbench, canvas: Canvas, name: str
) -> None:
    before = document.state.points
    bench.use(name)
    press(canvas, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down):
        for _ in range(8):
            press(canvas, key)
    assert document.state.points == before
    press(canvas, Qt.Key.Key_Enter)
    assert len(document.state.points) > len(before)


def test_points_are_selected_and_deleted_by_keys(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("rectangle")
    press(canvas, Qt.Key.Key_Left)
    for _ in range(3):
        press(canvas, Qt.Key.Key_Up)
    press(canvas, Qt.Key.Key_Return)
    for _ in range(6):
        press(canvas, Qt.Key.Key_Down)
    for _ in range(40):
        press(canvas, Qt.Key.Key_Right)
    press(canvas, Qt.Key.Key_Return)
    assert canvas.selection.indices.tolist() == [2, 3, 4]
    press(canvas, Qt.Key.Key_Backspace)
    assert document.state.points.X[0].tolist() == [-2.0, -1.0]


def test_delete_erases_at_the_crosshair(document: Document, canvas: Canvas) -> None:
    press(canvas, Qt.Key.Key_Delete)
    assert document.state.points.X[0].tolist() == [-2.0, -1.0, 1.0, 2.0]


def test_the_crosshair_stays_in_view(document: Document, canvas: Canvas) -> None:
    for _ in range(200):
        press(canvas, Qt.Key.Key_Left)
    press(canvas, Qt.Key.Key_Return)
    assert document.state.points.X[0, -1] == pytest.approx(canvas.region.left)


def test_escape_gives_a_line_of_the_keyboard_up(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    before = document.state
    bench.use("line")
    press(canvas, Qt.Key.Key_Return)
    press(canvas, Qt.Key.Key_Right)
    press(canvas, Qt.Key.Key_Escape)
    press(canvas, Qt.Key.Key_Escape)
    assert document.state is before
    assert not canvas.strokes.active
