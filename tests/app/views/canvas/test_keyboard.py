"""Drawing by the keyboard alone: every tool by Enter and the arrow keys."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.views.canvas.canvas import Canvas
from app.views.canvas.toolbox import TOOLS
from app.views.canvas.workbench import Workbench
from tests.app.views.canvas.conftest import walk
from tests.app.views.hands import LEFT, NO_MODIFIER, press
from tests.app.views.tour import spot

SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
AT_ONCE = ["spray", "stroke"]
AT_THE_END = ["line", "fill"]


def test_enter_adds_a_point_at_the_crosshair(document: Document, canvas: Canvas) -> None:
    before = document.state.points
    for key in (Key.Key_Up, Key.Key_Up, Key.Key_Right):
        press(canvas, key)
    press(canvas, Key.Key_Return)
    middle = (canvas.region.left + canvas.region.right) / 2
    assert document.state.points.X[0, -1] == pytest.approx(middle + 10 * canvas.pixel)
    assert len(document.state.points) == len(before) + 1
    assert "Crosshair at" in canvas.accessibleDescription()
    press(canvas, Key.Key_Right)
    press(canvas, Key.Key_Return)
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
    press(canvas, Key.Key_Return)
    counts = [len(document.state.points)]
    walk(canvas, Key.Key_Right)
    counts.append(len(document.state.points))
    press(canvas, Key.Key_Enter)
    assert len(before) < counts[0] <= counts[1]
    assert not canvas.strokes.active
    document.undo()
    assert document.state.points == before


def test_a_stroke_by_keys_records_every_step(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("stroke")
    bench.set_density(200)
    press(canvas, Key.Key_Return)
    counts = []
    for key in (Key.Key_Right, Key.Key_Up, Key.Key_Left, Key.Key_Down):
        counts.append(len(document.state.points))
        press(canvas, key)
    counts.append(len(document.state.points))
    press(canvas, Key.Key_Return)
    assert (np.diff(counts) > 0).all()


def test_a_spray_by_keys_goes_on_until_the_next_enter(
    qtbot: QtBot, document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("spray")
    press(canvas, Key.Key_Return)
    qtbot.waitUntil(lambda: len(document.state.points) > 30)
    press(canvas, Key.Key_Return)
    assert document.undo_name == f"spray, {len(document.state.points) - 5} points"
    assert not canvas.strokes._timer.isActive()


def test_the_eraser_by_keys_removes_along_its_way(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("erase")
    press(canvas, Key.Key_Return)
    walk(canvas, Key.Key_Right, times=40)
    press(canvas, Key.Key_Return)
    assert document.state.points.X[0].tolist() == [-2.0, -1.0]


def test_a_magnet_by_keys_pulls(qtbot: QtBot, bench: Workbench, canvas: Canvas) -> None:
    bench.use("magnet")
    walk(canvas, Key.Key_Up, times=3)
    press(canvas, Key.Key_Return)
    qtbot.waitUntil(lambda: canvas.selection.points.X[1, 2] > 0.2 * canvas.pixel * 30)
    press(canvas, Key.Key_Return)


def test_what_is_selected_is_dragged_by_keys(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("rectangle")
    canvas.selection.choose(np.array([1, 3]))
    press(canvas, Key.Key_Return)
    walk(canvas, Key.Key_Up, times=4)
    press(canvas, Key.Key_Return)
    rise = 40 * canvas.pixel
    assert document.state.points.X[1] == pytest.approx([0, rise, 0, rise, 0])
    assert document.undo_name == "move, 2 points"


def test_enter_that_is_held_is_one_enter(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    for name, active in (("point", False), ("stroke", True)):
        bench.use(name)
        count = len(document.state.points)
        press(canvas, Key.Key_Return)
        for _ in range(3):
            repeated = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, NO_MODIFIER, "\r", True)
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
        press(canvas, Key.Key_Return)
    walk(canvas, Key.Key_Right, Key.Key_Down)
    press(canvas, Key.Key_Escape)
    assert document.state.points == before
    assert document.undo_name == "replace points"
    assert not canvas.strokes.active


def test_a_press_of_the_mouse_ends_what_keys_draw(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("line")
    press(canvas, Key.Key_Return)
    walk(canvas, Key.Key_Right)
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, -1.0, 1.0))
    assert str(document.undo_name).startswith("draw line")
    assert canvas.strokes.active
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, -1.0, 1.0))


def test_shift_and_enter_draw_the_next_class(document: Document, canvas: Canvas) -> None:
    press(canvas, Key.Key_Return, SHIFT)
    assert document.state.points.labels[-1] == 1


@pytest.mark.parametrize("name", AT_THE_END)
def test_enter_begins_and_ends_what_needs_a_way(
    document: Document, bench: Workbench, canvas: Canvas, name: str
) -> None:
    before = document.state.points
    bench.use(name)
    press(canvas, Key.Key_Return)
    walk(canvas, Key.Key_Up, Key.Key_Right, Key.Key_Down)
    assert document.state.points == before
    press(canvas, Key.Key_Enter)
    assert len(document.state.points) > len(before)


def test_points_are_selected_and_deleted_by_keys(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("rectangle")
    press(canvas, Key.Key_Left)
    walk(canvas, Key.Key_Up, times=3)
    press(canvas, Key.Key_Return)
    walk(canvas, Key.Key_Down, times=6)
    walk(canvas, Key.Key_Right, times=40)
    press(canvas, Key.Key_Return)
    assert canvas.selection.indices.tolist() == [2, 3, 4]
    press(canvas, Key.Key_Backspace)
    assert document.state.points.X[0].tolist() == [-2.0, -1.0]


def test_delete_erases_at_the_crosshair(document: Document, canvas: Canvas) -> None:
    press(canvas, Key.Key_Delete)
    assert document.state.points.X[0].tolist() == [-2.0, -1.0, 1.0, 2.0]


def test_the_crosshair_stays_in_view(document: Document, canvas: Canvas) -> None:
    walk(canvas, Key.Key_Left, times=200)
    press(canvas, Key.Key_Return)
    assert document.state.points.X[0, -1] == pytest.approx(canvas.region.left)


def test_escape_gives_a_line_of_the_keyboard_up(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    before = document.state
    bench.use("line")
    press(canvas, Key.Key_Return)
    press(canvas, Key.Key_Right)
    press(canvas, Key.Key_Escape)
    press(canvas, Key.Key_Escape)
    assert document.state is before
    assert not canvas.strokes.active
