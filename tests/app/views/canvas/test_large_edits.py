"""Edits that take longer than a frame: the canvas stays live, and says what it waits for."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.document.commands import ChangeNetwork, Command, add_class, map_points
from app.document.document import Document
from app.document.points import Points
from app.document.state import NetworkSettings, Preset, initial_state
from app.files.sessions import save_session
from app.main_window import MainWindow
from app.views.canvas.canvas import Canvas
from app.views.canvas.waiting_item import WaitingItem
from app.views.canvas.workbench import Workbench
from tests.app.document.edits import held
from tests.app.views.canvas.conftest import way
from tests.app.views.hands import LEFT, NO_MODIFIER, click, press
from tests.app.views.tour import rested, said, spot, train_to


@pytest.fixture(autouse=True)
def few_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.document.document.LARGE", 3)
    monkeypatch.setattr("app.views.canvas.selection.MOST_AT_ONCE", 3)
    monkeypatch.setattr("app.views.canvas.tools.selecting.MOST_LIVE", 3)
    monkeypatch.setattr("app.views.canvas.tools.changing.MOST_AT_ONCE", 3)


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    gate = threading.Event()
    yield gate
    gate.set()


@pytest.fixture
def lift(gate: threading.Event) -> Command:
    """Lifts the first five points, when the gate is open."""
    return held(gate, *range(5))


@pytest.fixture
def waiting(canvas: Canvas) -> WaitingItem:
    """The line that says what is waited for."""
    (item,) = (one for one in canvas.scene().items() if isinstance(one, WaitingItem))
    return item


def awaited(document: Document) -> str | None:
    """What is on its way; a property that changes by itself, mypy takes for the same."""
    return document.pending


def corners_of(canvas: Canvas) -> list[list[float]] | None:
    """The frame, of which the same is true."""
    corners = canvas.selection.corners
    return corners and [corner.tolist() for corner in corners]


def settle(qtbot: QtBot, document: Document, canvas: Canvas) -> None:
    qtbot.waitUntil(lambda: document.pending is None and canvas.selection.up_to_date)


def test_a_line_says_what_is_waited_for_and_goes_with_it(
    qtbot: QtBot,
    document: Document,
    canvas: Canvas,
    gate: threading.Event,
    lift: Command,
    waiting: WaitingItem,
) -> None:
    without = canvas.grab().toImage()
    document.push(lift)
    assert not waiting.isVisible()
    qtbot.waitUntil(waiting.isVisible)
    assert waiting.text == "Lift, 5 points … Esc gives up"
    assert canvas.grab().toImage() != without
    gate.set()
    settle(qtbot, document, canvas)
    assert not waiting.isVisible()
    assert document.undo_name == "lift, 5 points"


def test_meanwhile_nothing_else_begins_and_escape_gives_up(
    document: Document, bench: Workbench, canvas: Canvas, lift: Command, waiting: WaitingItem
) -> None:
    before = document.state
    document.push(lift)
    canvas.selection.choose_all()
    click(canvas.viewport(), spot(canvas, 0.5, 0.5))
    for name in ("delete", "duplicate"):
        canvas.edits.do(name)
    canvas.edits.add_noise(0.5, seed=1)
    bench.use("rectangle")
    press(canvas, Qt.Key.Key_Left)
    assert not canvas.strokes.active
    assert awaited(document) == "lift, 5 points"
    press(canvas, Qt.Key.Key_Escape)
    assert awaited(document) is None
    assert document.state is before
    assert len(canvas.selection) == 5
    assert not waiting.isVisible()


def test_what_a_lasso_surrounds_is_found_beside_the_window(
    qtbot: QtBot, document: Document, canvas: Canvas
) -> None:
    canvas.workbench.use("lasso")
    way(canvas, (-2.5, -0.5), (-0.5, -0.5), (-0.5, 0.5), (-2.5, 0.5))
    settle(qtbot, document, canvas)
    assert canvas.selection.indices.tolist() == [0, 1]


def test_a_hand_that_goes_on_means_what_it_surrounded(
    qtbot: QtBot, document: Document, canvas: Canvas
) -> None:
    canvas.workbench.use("rectangle")
    way(canvas, (-2.5, -0.5), (-0.5, 0.5))
    press(canvas, Qt.Key.Key_Delete)
    settle(qtbot, document, canvas)
    assert document.state.points.X[0].tolist() == [0.0, 1.0, 2.0]
    assert not len(canvas.selection)


def test_what_is_let_go_stays_under_the_hand_until_it_is_there(
    qtbot: QtBot, document: Document, canvas: Canvas
) -> None:
    canvas.workbench.use("rectangle")
    canvas.selection.choose_all()
    before = document.state.points
    way(canvas, (0.0, 0.0), (0.0, 0.5), (0.0, 1.0))
    assert awaited(document) == "move, 5 points"
    assert canvas.selection.offset == pytest.approx((0.0, 1.0), abs=2 * canvas.pixel)
    settle(qtbot, document, canvas)
    assert canvas.selection.offset == (0.0, 0.0)
    assert document.state.points.X[1] == pytest.approx(np.ones(5), abs=2 * canvas.pixel)
    document.undo()
    settle(qtbot, document, canvas)
    assert document.state.points == before


def test_a_move_that_is_given_up_goes_back(document: Document, canvas: Canvas) -> None:
    canvas.workbench.use("rectangle")
    canvas.selection.choose_all()
    way(canvas, (0.0, 0.0), (0.0, 0.5), (0.0, 1.0))
    press(canvas, Qt.Key.Key_Escape)
    assert canvas.selection.offset == (0.0, 0.0)
    assert (document.pending, document.undo_name) == (None, "replace points")


def test_copies_are_chosen_when_they_are_there(
    qtbot: QtBot, document: Document, canvas: Canvas
) -> None:
    canvas.selection.choose_all()
    canvas.edits.do("duplicate")
    settle(qtbot, document, canvas)
    assert canvas.selection.indices.tolist() == [5, 6, 7, 8, 9]


def test_ticks_of_a_magnet_wait_for_each_other(
    qtbot: QtBot, document: Document, canvas: Canvas
) -> None:
    canvas.workbench.use("magnet")
    before = document.state
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, 0.5, 0.0))
    qtbot.waitUntil(lambda: document.state is not before)
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, 0.5, 0.0))
    settle(qtbot, document, canvas)
    document.undo()
    settle(qtbot, document, canvas)
    assert document.state.points == before.points


def test_the_frame_of_very_many_is_found_beside_the_window(
    qtbot: QtBot, document: Document, canvas: Canvas
) -> None:
    canvas.workbench.use("rectangle")
    QCursor.setPos(canvas.viewport().mapToGlobal(spot(canvas, 0.5, 0.0)))
    canvas.selection.choose_all()
    assert corners_of(canvas) is None
    assert canvas.viewport().cursor().shape() is not Qt.CursorShape.SizeAllCursor
    settle(qtbot, document, canvas)
    assert corners_of(canvas) == [[-2.0, 0.0], [2.0, 0.0]]
    assert canvas.viewport().cursor().shape() is Qt.CursorShape.SizeAllCursor
    canvas.selection.clear()
    assert corners_of(canvas) is None


def test_a_picture_shows_the_frame_of_what_was_just_chosen(
    qtbot: QtBot, document: Document, canvas: Canvas
) -> None:
    canvas.selection.choose_all()
    canvas.finish_painting()
    at_once = canvas.grab().toImage()
    settle(qtbot, document, canvas)
    assert canvas.grab().toImage() == at_once
    canvas.selection.clear()
    assert canvas.grab().toImage() != at_once


def test_nothing_is_shown_of_what_was_chosen_before_the_last_choice(
    qtbot: QtBot, document: Document, canvas: Canvas
) -> None:
    some = np.arange(4)
    canvas.selection.choose(some)
    without_frame = canvas.grab().toImage()
    settle(qtbot, document, canvas)
    assert canvas.grab().toImage() != without_frame
    canvas.selection.clear()
    canvas.selection.choose(some)
    assert canvas.grab().toImage() == without_frame


@pytest.fixture
def lifting(window: MainWindow, lift: Command) -> Points:
    """The window waits for its first five points to be lifted; returns those that it shows."""
    window.document.push(lift)
    return window.document.state.points


def test_the_menu_takes_back_what_is_still_on_its_way(window: MainWindow, lifting: Points) -> None:
    undo, document = window.actions_by_name["undo"], window.document
    assert undo.text() == "Undo lift, 5 points"
    assert window.left.data.undo.isEnabled()
    undo.trigger()
    assert awaited(document) is None
    assert not undo.isEnabled()
    assert not window.left.data.undo.isEnabled()


def test_nothing_is_cut_or_pasted_while_an_edit_is_on_its_way(
    qtbot: QtBot, window: MainWindow, lifting: Points
) -> None:
    act, happening = window.actions_by_name, window.right.happening
    act["select_all"].trigger()
    act["cut"].trigger()
    assert "Nothing was cut: lift, 5 points is still on its way" in happening.notice_text
    QGuiApplication.clipboard().setText("1\t2\n")
    act["paste"].trigger()
    qtbot.waitUntil(lambda: "Nothing was pasted: lift, 5 points" in happening.notice_text)
    assert awaited(window.document) == "lift, 5 points"


def test_no_class_is_removed_while_an_edit_is_on_its_way(
    window: MainWindow, lifting: Points
) -> None:
    window.document.push(add_class(window.document.state))
    press(window.center.options.chips.chips[2], Qt.Key.Key_Delete)
    assert "No class is removed: lift, 5 points is still" in window.right.happening.notice_text
    assert window.document.state.class_count == 3
    assert awaited(window.document) == "lift, 5 points"


def test_the_class_that_is_drawn_changes_when_another_is_gone_and_not_before(
    qtbot: QtBot, window: MainWindow
) -> None:
    document, bench = window.document, window.workbench
    bench.add_class()
    remove = partial(press, window.center.options.chips.chips[0], Qt.Key.Key_Delete)
    remove()
    assert awaited(document) == "remove class 1"
    assert window.center.canvas.cancel()
    assert (awaited(document), bench.label) == (None, 2)
    remove()
    qtbot.waitUntil(lambda: document.pending is None)
    assert (document.state.class_count, bench.label) == (2, 1)


def test_a_class_added_while_an_undo_is_on_its_way_is_drawn_when_it_is_there(
    qtbot: QtBot, window: MainWindow
) -> None:
    document, bench = window.document, window.workbench
    document.push(map_points(np.arange(5), lambda X: X + 1, "lift"))
    qtbot.waitUntil(lambda: document.pending is None)
    document.undo()
    bench.add_class()
    assert (awaited(document), bench.label) == ("add class", 0)
    qtbot.waitUntil(lambda: document.pending is None)
    assert (document.state.class_count, bench.label) == (3, 2)


def open_table(window: MainWindow, folder: Path) -> None:
    path = folder / "three.csv"
    path.write_text("x1,x2,class\n0,0,0\n1,1,1\n2,2,0\n")
    window.files.open_path(path)


def open_session(window: MainWindow, folder: Path) -> None:
    path = folder / "start.planar"
    save_session(path, initial_state(Preset("moons")))
    window.files.open_path(path)


def load_moons(window: MainWindow) -> None:
    moons = window.left.data.presets.findChild(QToolButton, "moons")
    assert moons
    click(moons)


REPLACEMENTS: dict[str, Callable[[MainWindow, Path], object]] = {
    "open table": open_table,
    "open session": open_session,
    "clear points": lambda window, _folder: click(window.left.data.clear),
    "load moons": lambda window, _folder: load_moons(window),
}


@pytest.mark.parametrize("step", REPLACEMENTS)
def test_what_replaces_the_points_comes_after_the_edit_on_its_way(
    qtbot: QtBot,
    window: MainWindow,
    lifting: Points,
    gate: threading.Event,
    tmp_path: Path,
    step: str,
) -> None:
    document, undo = window.document, window.actions_by_name["undo"]
    REPLACEMENTS[step](window, tmp_path)
    qtbot.waitUntil(lambda: document.pending == step)
    assert document.state.points is lifting
    assert undo.text() == f"Undo {step}"
    assert "Opened" not in window.right.happening.notice_text
    gate.set()
    qtbot.waitUntil(lambda: document.pending is None)
    assert document.undo_name == step
    assert ("Opened" in window.right.happening.notice_text) == ("open" in step)
    undo.trigger()
    qtbot.waitUntil(lambda: document.pending is None)
    assert document.undo_name == "lift, 5 points"
    assert np.array_equal(document.state.points.X[:, :5], lifting.X[:, :5] + 1)
    undo.trigger()
    qtbot.waitUntil(lambda: document.pending is None)
    assert document.state.points == lifting
    assert document.undo_name is None


def test_a_session_brings_its_weights_again_though_opening_another_was_given_up(
    qtbot: QtBot, window: MainWindow, lift: Command, tmp_path: Path
) -> None:
    document, path = window.document, tmp_path / "learned.planar"
    train_to(qtbot, window, 3)
    window.files.save_session_to(path)
    document.push(ChangeNetwork(NetworkSettings((5,))))
    window.files.open_path(path)
    qtbot.waitUntil(lambda: "Opened learned.planar." in said(window))
    document.push(lift)
    open_session(window, tmp_path)
    qtbot.waitUntil(lambda: document.pending == "open session")
    assert document.drop()
    assert document.drop()
    document.undo()
    rested(qtbot, window)
    document.redo()
    assert rested(qtbot, window).iteration == 3
