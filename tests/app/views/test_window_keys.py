"""The window without a mouse: where Tab goes, and what keys say."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.document.classes import at_least
from app.document.commands import ChangeClasses, ChangeTask, LoadPreset
from app.document.state import Preset
from app.main_window import MainWindow
from tests.app.views.hands import click, enter_with_pointer, leave_with_pointer, press
from tests.app.views.tour import said

Key = Qt.Key


def stops(window: MainWindow, key: Key) -> list[QWidget]:
    """Press Tab, or Shift and Tab, once around; return what had the keyboard, the canvas first."""
    found: list[QWidget] = [window.center.canvas]
    while True:
        press(found[-1], key)
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is found[0]:
            return found
        assert focused not in found
        found.append(focused)


def focus_canvas(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    press(window, Key.Key_F6)
    qtbot.waitUntil(window.center.canvas.hasFocus)


def parts_of(window: MainWindow) -> dict[str, QWidget]:
    left, center = window.left, window.center
    return {
        "header": window.header,
        "data": left.data,
        "network": left.network,
        "training": left.training,
        "tools": center.tools,
        "canvas": center.canvas,
        "options": center.options,
        "right": window.right,
    }


def test_tab_goes_through_the_window_as_it_is_read(qtbot: QtBot, window: MainWindow) -> None:
    focus_canvas(qtbot, window)
    parts = parts_of(window)
    passed: list[str] = []
    for widget in stops(window, Key.Key_Tab):
        [part] = [name for name, one in parts.items() if one is widget or one.isAncestorOf(widget)]
        if passed[-1:] != [part]:
            passed.append(part)
    order = [*parts]
    assert passed == [*order[5:], *order[:5]]


def test_tools_and_classes_are_one_stop_each(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Key.Key_L)
    press(window, Key.Key_J)
    focus_canvas(qtbot, window)
    found = stops(window, Key.Key_Backtab)
    tools = [one for one in found if window.center.tools.isAncestorOf(one)]
    assert [one.accessibleName() for one in tools] == ["Jitter"]
    chips = window.center.options.chips.chips
    assert len([one for one in found if one in chips]) == 1


def test_tab_comes_to_the_class_and_to_the_example_that_are_chosen(
    qtbot: QtBot, window: MainWindow
) -> None:
    press(window, Key.Key_2)
    window.document.push(LoadPreset(Preset("moons")))
    focus_canvas(qtbot, window)
    found = stops(window, Key.Key_Tab)
    assert window.center.options.chips.chips[1] in found
    [example] = [one for one in found if window.left.data.presets.isAncestorOf(one)]
    assert example.accessibleName() == "Moons"


def test_no_key_with_alt_means_two_things(window: MainWindow) -> None:
    titles = [action.text() for action in window.menuBar().actions()]
    keys = [QKeySequence.mnemonic(title).toString() for title in titles]
    keys += [one.key().toString() for one in window.findChildren(QShortcut)]
    keys += [one.toString() for act in window.actions() for one in act.shortcuts()]
    assert len(titles) == 5
    assert all(keys)
    assert len(set(keys)) == len(keys)


def test_a_tool_is_taken_from_the_toolbar_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    focus_canvas(qtbot, window)
    enter_with_pointer(window.center.canvas, QPoint(200, 100))
    press(window.center.canvas, Key.Key_Backtab)
    for key in (Key.Key_Right, Key.Key_Space):
        focused = QApplication.focusWidget()
        assert focused is not None
        press(focused, key)
    assert window.workbench.name == "spray"
    leave_with_pointer(window.center.canvas)


def test_the_line_below_says_what_keys_do_while_they_draw(qtbot: QtBot, window: MainWindow) -> None:
    hint = window.center.hint
    assert "right button erases" in hint.full_text
    focus_canvas(qtbot, window)
    assert "Enter adds a point" in hint.full_text
    QTest.keyClick(window.center.canvas, Key.Key_A)
    press(window.center.canvas, Key.Key_Return)
    assert "Enter ends" in hint.full_text
    press(window.center.canvas, Key.Key_Return)
    window.header.train_button.setFocus()
    assert "right button erases" in hint.full_text


def test_the_line_below_says_what_is_held_for_what(window: MainWindow) -> None:
    hint = window.center.hint
    assert "Shift takes the next class" in hint.full_text
    window.document.push(ChangeTask("regression"))
    assert "Shift takes the opposite value" in hint.full_text
    for tool, held in (("lasso", "Shift adds, Ctrl takes away"), ("erase", "Space pans")):
        window.workbench.use(tool)
        assert held in hint.full_text
        assert "Shift takes" not in hint.full_text
    assert "right button" not in hint.full_text


def test_alt_over_the_canvas_does_not_lead_into_the_menu_bar(window: MainWindow) -> None:
    canvas, bar = window.center.canvas, window.menuBar()
    window.activateWindow()
    for over in (True, False):
        if over:
            enter_with_pointer(canvas, QPoint(200, 100))
        else:
            leave_with_pointer(canvas)
        QTest.keyPress(window, Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
        QTest.keyRelease(window, Key.Key_Alt)
        assert (bar.activeAction() is None) == over


@pytest.mark.parametrize("inside", [True, False])
def test_alt_that_erased_does_not_lead_into_the_menu_bar_wherever_it_is_let_go(
    window: MainWindow, inside: bool
) -> None:
    canvas, alt = window.center.canvas, Qt.KeyboardModifier.AltModifier
    window.activateWindow()
    count, place = len(window.document.state.points), canvas.position(0.0, 0.0).toPoint()
    enter_with_pointer(canvas, place)
    QTest.keyPress(window, Key.Key_Alt, alt)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, alt, place)
    assert len(window.document.state.points) < count
    if not inside:
        leave_with_pointer(canvas)
    QTest.keyRelease(window, Key.Key_Alt)
    assert window.menuBar().activeAction() is None
    assert canvas.hasFocus()


def test_f6_shows_the_crosshair_also_where_the_canvas_has_the_keyboard(
    window: MainWindow,
) -> None:
    canvas = window.center.canvas
    click(canvas.viewport(), canvas.position(0.0, 3.0).toPoint())
    assert not canvas._keyboard.shown
    press(window, Key.Key_F6)
    assert canvas._keyboard.shown


def test_home_shows_all_points_whoever_has_no_use_for_it(window: MainWindow) -> None:
    canvas = window.center.canvas
    wide = canvas.region.width
    for widget in (window.header.train_button, canvas):
        canvas.zoom(canvas.position(0.0, 0.0), 0.3)
        assert canvas.region.width < 0.5 * wide
        widget.setFocus()
        press(widget, Key.Key_Home)
        assert abs(canvas.region.width / wide - 1) < 1e-9
    canvas.zoom(canvas.position(0.0, 0.0), 0.3)
    slider = window.left.data.split.slider
    press(slider, Key.Key_End)
    press(slider, Key.Key_Home)
    assert slider.value() == slider.minimum()
    assert canvas.region.width < 0.5 * wide


def test_the_ninth_key_says_that_there_are_no_more_classes(window: MainWindow) -> None:
    state = window.document.state
    window.document.push(ChangeClasses(at_least(state.classes, 8)))
    press(window, Key.Key_8)
    press(window, Key.Key_9)
    assert "as many as there can be" in said(window)
    assert window.workbench.label == 7
