"""The canvas card at every size of the window: nothing overlaps or is cut, all is in reach."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.document.commands import ChangeTask
from app.main_window import MainWindow
from app.views.canvas.toolbar import ButtonRow
from app.views.canvas.toolbox import TOOLS
from app.views.widgets.card import Card
from tests.app.views.hands import click, press

NARROWEST = (1040, 640)
SIZES = (NARROWEST, (1280, 720), (1440, 900), (2560, 1440))
ICON_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly
SUBJECTS = (2, 8, "value")


def parts(widget: QWidget) -> list[QWidget]:
    """The visible widgets laid out in another one."""
    children = (child for child in widget.children() if isinstance(child, QWidget))
    return [child for child in children if child.isVisible() and not child.isWindow()]


def walk(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    if not isinstance(widget, (QAbstractScrollArea, QLineEdit)):
        for part in parts(widget):
            yield from walk(part)


def faults(card: QWidget) -> Iterator[str]:
    for widget in walk(card):
        name = widget.accessibleName() or type(widget).__name__
        if isinstance(widget, QAbstractScrollArea):
            continue
        for part in parts(widget):
            if not widget.rect().contains(part.geometry()):
                yield f"{part.accessibleName() or part} leaves {name}"
        for one, other in combinations(parts(widget), 2):
            if one.geometry().intersects(other.geometry()):
                yield f"{one.accessibleName() or one} overlaps {other.accessibleName() or other}"
        if isinstance(widget, (QLabel, QToolButton)) and content(widget) > widget.width():
            yield f"{widget.text() or name} is cut"


def content(widget: QLabel | QToolButton) -> int:
    """The width of what a label or a button shows."""
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() is ICON_ONLY:
        return widget.iconSize().width()
    return widget.fontMetrics().horizontalAdvance(widget.text())


def draw_with(window: MainWindow, subject: object) -> None:
    if subject == "value":
        window.document.push(ChangeTask("regression"))
    while isinstance(subject, int) and window.document.state.class_count < subject:
        window.workbench.add_class()


def resize(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size


def card_of(window: MainWindow) -> Card:
    card = window.center.widget(0)
    assert isinstance(card, Card)
    return card


def tools_of(window: MainWindow) -> list[tuple[str, QToolButton]]:
    buttons = {button.text(): button for button in window.center.tools.buttons}
    return [(name, buttons[tool.text]) for name, tool in TOOLS.items()]


def missing(row: ButtonRow) -> list[str]:
    """The actions that are neither a button nor in the menu."""
    offered = row.more.menu().actions() if row.more.isVisible() else []
    return [
        button.text()
        for button in row.buttons
        if not button.isVisible() and button.defaultAction() not in offered
    ]


def lost(window: MainWindow) -> list[str]:
    """What the spray heeds and is neither in the row nor in a popup that can be opened."""
    options = window.center.options
    heeded = options.radius, options.density, options.gaussian
    holders = {options} | ({options.popup} if options.more.isVisible() else set())
    return [
        option.accessibleName() or type(option).__name__
        for option in heeded
        if not any(option.isVisibleTo(holder) for holder in holders & {option.parentWidget()})
    ]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_tool_overlaps_cuts_or_loses_anything(window: MainWindow, subject: object) -> None:
    draw_with(window, subject)
    tools, options = window.center.tools, window.center.options
    for size in SIZES:
        resize(window, size)
        for name in TOOLS:
            window.workbench.use(name)
            QApplication.processEvents()
            assert list(faults(card_of(window))) == [], (size, name)
            assert missing(tools) == []
            assert not options.edits.isVisible() or missing(options.edits) == []
            assert name != "spray" or lost(window) == []


def test_every_tool_is_explained_below_the_canvas_and_at_its_button(window: MainWindow) -> None:
    hint = window.center.hint
    for size in SIZES:
        resize(window, size)
        for tool, button in tools_of(window):
            window.workbench.use(tool)
            QApplication.processEvents()
            assert hint.isVisible()
            assert hint.text().startswith(TOOLS[tool].tip)
            assert hint.y() >= window.center.canvas.geometry().bottom()
            assert TOOLS[tool].tip in button.toolTip()


def test_a_tool_without_a_button_is_chosen_from_the_menu(window: MainWindow) -> None:
    resize(window, NARROWEST)
    more = window.center.tools.more
    assert "More tools" in more.accessibleName()
    assert not more.isChecked()
    [action] = [one for one in more.menu().actions() if one.text() == TOOLS["jitter"].text]
    action.trigger()
    assert window.workbench.name == "jitter"
    assert more.isChecked()
    assert TOOLS["jitter"].text in more.accessibleName()
    resize(window, (1440, 900))
    assert not more.isVisible()
    assert window.center.tools.buttons[-2].isChecked()


def test_the_menu_of_tools_opens_by_the_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    resize(window, NARROWEST)
    more = window.center.tools.more
    seen: list[bool] = []

    def look() -> None:
        seen.append(more.menu().isVisible())
        more.menu().close()

    more.menu().aboutToShow.connect(look, Qt.ConnectionType.QueuedConnection)
    press(more, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: seen == [True])


def test_options_without_room_are_set_in_a_popup(window: MainWindow) -> None:
    draw_with(window, 8)
    window.workbench.use("spray")
    resize(window, NARROWEST)
    options = window.center.options
    click(options.more)
    assert options.popup.isVisible()
    assert options.radius.slider.hasFocus()
    radius = window.workbench.radius
    press(options.radius.slider, Qt.Key.Key_Right)
    assert window.workbench.radius == radius + 1
    press(options.popup, Qt.Key.Key_Tab)
    assert options.density.slider.hasFocus()
    click(options.gaussian)
    assert not window.workbench.gaussian
    press(options.popup, Qt.Key.Key_Escape)
    assert not options.popup.isVisible()


def test_a_window_that_grows_brings_the_options_back_in_order(window: MainWindow) -> None:
    draw_with(window, 8)
    window.workbench.use("spray")
    for size in (NARROWEST, (1280, 720), (2560, 1440)):
        resize(window, size)
    options = window.center.options
    assert not options.more.isVisible()
    lefts = [one.x() for one in (options.radius, options.density, options.gaussian)]
    assert lefts == sorted(lefts)
    assert all(one.parentWidget() is options for one in (options.radius, options.gaussian))


def test_a_class_more_takes_the_room_of_an_option(window: MainWindow) -> None:
    resize(window, (1280, 720))
    window.workbench.use("spray")
    QApplication.processEvents()
    assert window.center.options.density.isVisible()
    for _ in range(6):
        click(window.center.options.chips.plus)
    QApplication.processEvents()
    assert list(faults(card_of(window))) == []
    assert window.center.options.more.isVisible()


@pytest.mark.parametrize("label", [0, 7])
def test_the_field_of_a_name_is_wide_enough_and_gives_the_keyboard_back(
    window: MainWindow, label: int
) -> None:
    draw_with(window, 8)
    window.workbench.use("rectangle")
    resize(window, NARROWEST)
    chips = window.center.options.chips
    place = QPoint(10, 10)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        QTest.mouseDClick(chips.chips[label], Qt.MouseButton.LeftButton, pos=place)
        assert chips.field.width() >= 120
        assert chips.rect().contains(chips.field.geometry())
        assert chips.field.geometry().intersects(chips.chips[label].geometry())
        assert chips.field.hasFocus()
        press(chips.field, key)
        assert chips.chips[label].hasFocus()


def test_a_click_elsewhere_ends_renaming_and_keeps_the_keyboard(window: MainWindow) -> None:
    chips = window.center.options.chips
    press(chips.chips[0], Qt.Key.Key_F2)
    QTest.keyClicks(chips.field, "left")
    window.center.canvas.setFocus()
    assert window.center.canvas.hasFocus()
    assert window.document.state.classes[0].name == "left"
