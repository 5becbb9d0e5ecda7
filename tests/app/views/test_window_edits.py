"""The keys of the tools, of the selection and of undo, at the window."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.document.commands import change_class
from app.document.points import Points
from app.main_window import MainWindow
from app.theme import CLASS_COLORS
from app.views.canvas.toolbox import TOOLS
from tests.app.views.hands import (
    LEFT,
    NO_MODIFIER,
    click,
    enter_with_pointer,
    hover,
    leave_with_pointer,
    press,
)
from tests.app.views.tour import LINE, said

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def first_points() -> Points:
    return LINE


def test_the_noise_button_moves_the_choice_or_all(window: MainWindow) -> None:
    window.center.canvas.selection.choose(np.array([1, 3]))
    click(window.left.data.add_noise)
    after = window.document.state.points.X
    assert (after != LINE.X).any(axis=0).tolist() == [False, True, False, True, False]
    assert window.document.undo_name == "add noise, 2 points"
    window.center.canvas.selection.clear()
    click(window.left.data.add_noise)
    assert (after != window.document.state.points.X).all()
    assert window.document.undo_name == "add noise, 5 points"


def test_the_weights_have_the_colors_of_the_classes(qtbot: QtBot, window: MainWindow) -> None:
    network = window.center.network

    def shown() -> set[str]:
        image = network.grab().toImage()
        places = range(image.width()), range(image.height())
        return {image.pixelColor(x, y).name() for x in places[0] for y in places[1]}

    before = shown()
    window.document.push(change_class(window.document.state, 0, color=4))
    window.document.push(change_class(window.document.state, 1, color=5))
    # The maps follow when the worker has drawn them anew.
    qtbot.waitUntil(lambda: not {CLASS_COLORS[0], CLASS_COLORS[1]} & shown())
    assert {CLASS_COLORS[0], CLASS_COLORS[1]} & before


def test_keys_of_the_selection(window: MainWindow) -> None:
    press(window, Qt.Key.Key_A, CONTROL)
    press(window, Qt.Key.Key_D, CONTROL)
    assert window.document.undo_name == "duplicate, 5 points"
    press(window, Qt.Key.Key_Delete)
    assert window.document.undo_name == "delete, 5 points"
    assert window.document.state.points == LINE


def test_delete_on_a_chip_is_about_the_class(window: MainWindow) -> None:
    press(window, Qt.Key.Key_A, CONTROL)
    press(window.center.options.chips.chips[0], Qt.Key.Key_Delete)
    assert window.document.state.points == LINE
    assert "Two classes must be left" in said(window)


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [(Qt.Key.Key_Y, CONTROL), (Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)],
)
def test_both_keys_of_redo_bring_a_step_back(
    window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    press(window, Qt.Key.Key_Y)
    moved = window.document.state.points
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.document.state.points == LINE
    press(window, key, modifiers)
    assert window.document.state.points == moved


def test_noise_is_added_by_a_key(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Y)
    assert window.document.undo_name == "add noise, 5 points"
    assert (window.document.state.points.X != LINE.X).all()


@pytest.mark.parametrize("name", [*TOOLS])
def test_every_tool_has_a_key_and_a_button(window: MainWindow, name: str) -> None:
    window.workbench.use("jitter" if name != "jitter" else "point")
    press(window, Qt.Key(ord(TOOLS[name].key)))
    assert window.workbench.name == name
    window.workbench.use("jitter" if name != "jitter" else "point")
    [button] = [one for one in window.center.tools.buttons if one.text() == TOOLS[name].text]
    click(button)
    assert window.workbench.name == name
    assert button.isChecked()


def test_brackets_change_the_brush(window: MainWindow) -> None:
    press(window, Qt.Key.Key_A)
    radius = window.workbench.radius
    press(window, Qt.Key.Key_BracketRight)
    assert window.workbench.radius > radius
    press(window, Qt.Key.Key_BracketLeft)
    press(window, Qt.Key.Key_BracketLeft)
    assert window.workbench.radius < radius


def test_alt_and_brackets_change_the_eraser_of_any_tool(window: MainWindow) -> None:
    canvas, bench = window.center.canvas, window.workbench
    enter_with_pointer(canvas, canvas.drawing_area().center().toPoint())
    QTest.keyPress(window, Qt.Key.Key_Alt)
    press(window, Qt.Key.Key_BracketRight, ALT)
    QTest.keyPress(window, Qt.Key.Key_Alt)
    larger = bench.brush
    press(window, Qt.Key.Key_BracketLeft, ALT)
    QTest.keyRelease(window, Qt.Key.Key_Alt)
    assert (bench.radius, larger > TOOLS["erase"].radius) == (0, True)
    press(window, Qt.Key.Key_E)
    assert bench.radius < larger
    leave_with_pointer(canvas)


def test_shift_shows_the_chip_of_the_next_class(window: MainWindow) -> None:
    canvas, chips = window.center.canvas, window.center.options.chips.chips
    hover(canvas.viewport(), QPoint(200, 100), SHIFT)
    assert chips[1].isChecked()
    hover(canvas.viewport(), QPoint(200, 100))
    assert chips[0].isChecked()


def test_a_number_key_far_beyond_the_classes_adds_none(window: MainWindow) -> None:
    press(window, Qt.Key.Key_7)
    assert window.document.state.class_count == 2
    assert "There is no class 7" in said(window)


def test_undo_in_the_middle_of_a_stroke_gives_the_stroke_up(window: MainWindow) -> None:
    canvas, place = window.center.canvas, window.center.canvas.position(0.0, 1.0).toPoint()
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, place)
    QTest.mouseMove(canvas.viewport(), place + QPoint(50, 0))
    press(window, Qt.Key.Key_Z, CONTROL)
    QTest.mouseMove(canvas.viewport(), place + QPoint(100, 0))
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_MODIFIER, place + QPoint(100, 0))
    assert window.document.state.points == LINE
    assert window.document.undo_name == "replace points"


@pytest.mark.parametrize("width", [1280, 2560])
@pytest.mark.parametrize("name", [*TOOLS])
def test_everything_fits_into_the_card(window: MainWindow, name: str, width: int) -> None:
    for _ in range(6):
        window.workbench.add_class()
    window.workbench.use(name)
    window.resize(width, 720)
    QApplication.processEvents()
    card = window.center.options
    assert window.width() == width
    for button in (*card.findChildren(QAbstractButton), *window.center.tools.buttons):
        if button.isVisible():
            right = button.mapTo(window.center, button.rect().topRight()).x()
            assert right <= window.center.width()
            assert min(button.width(), button.height()) >= 28
            assert button.accessibleName()
            assert button.toolTip()
    shown = [child for child in card.children() if getattr(child, "isVisible", bool)()]
    areas = [child.geometry() for child in shown if hasattr(child, "geometry")]
    for i, area in enumerate(areas):
        assert not any(area.intersects(other) for other in areas[i + 1 :])


def test_the_key_of_the_next_class_restarts_no_run(window: MainWindow) -> None:
    before, runs = window.document.state, window.session._run
    press(window, Qt.Key.Key_3)
    assert (window.document.state, window.session._run) == (before, runs)
    assert "Class 3 begins with its first point" in said(window)
    canvas = window.center.canvas
    click(canvas.viewport(), canvas.position(0.0, 1.0).toPoint())
    assert window.document.state.class_count == 3
    assert window.session._run > runs
    assert "softmax" in said(window)


def test_what_is_selected_has_the_keyboard(window: MainWindow) -> None:
    window.header.train_button.setFocus()
    press(window, Qt.Key.Key_A, CONTROL)
    assert window.center.canvas.hasFocus()
