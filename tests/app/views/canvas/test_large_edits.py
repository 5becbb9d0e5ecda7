"""Edits that take longer than a frame: the canvas stays live, and says what it waits for."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.document.commands import ClearPoints, map_points
from app.document.document import Document
from app.main_window import MainWindow
from app.views.canvas.canvas import Canvas
from app.views.canvas.waiting_item import WaitingItem
from app.views.canvas.workbench import Workbench
from tests.app.views.canvas.conftest import spot, way
from tests.app.views.hands import LEFT, NO_MODIFIER, click, press


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
def waiting(document: Document, canvas: Canvas, gate: threading.Event) -> WaitingItem:
    """The canvas waits for all points to be lifted, until the gate is open."""

    def up(X: np.ndarray) -> np.ndarray:
        gate.wait()
        return X + 1

    document.push(map_points(np.arange(5), up, "lift"))
    (item,) = (one for one in canvas.scene().items() if isinstance(one, WaitingItem))
    return item


def awaited(document: Document) -> str | None:
    """What is on its way; a property that changes by itself, mypy takes for the same."""
    return document.pending


def settle(qtbot: QtBot, document: Document, canvas: Canvas) -> None:
    qtbot.waitUntil(lambda: document.pending is None and canvas.selection.up_to_date)


def test_a_line_says_what_is_waited_for_and_goes_with_it(
    qtbot: QtBot, document: Document, canvas: Canvas, gate: threading.Event, waiting: WaitingItem
) -> None:
    without = canvas.grab().toImage()
    assert not waiting.isVisible()
    qtbot.waitUntil(waiting.isVisible)
    assert waiting.text == "Lift, 5 points … Esc gives up"
    assert canvas.grab().toImage() != without
    gate.set()
    settle(qtbot, document, canvas)
    assert not waiting.isVisible()
    assert document.undo_name == "lift, 5 points"


def test_meanwhile_nothing_else_begins_and_escape_gives_up(
    document: Document, bench: Workbench, canvas: Canvas, waiting: WaitingItem
) -> None:
    before = document.state
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


def test_the_menu_takes_back_what_is_still_on_its_way(
    qtbot: QtBot, window: MainWindow, gate: threading.Event
) -> None:
    def up(X: np.ndarray) -> np.ndarray:
        gate.wait()
        return X + 1

    undo, document = window.actions_by_name["undo"], window.document
    document.push(map_points(np.arange(5), up, "lift"))
    assert undo.text() == "Undo lift, 5 points"
    assert window.left.data.undo.isEnabled()
    undo.trigger()
    assert awaited(document) is None
    assert not undo.isEnabled()
    assert not window.left.data.undo.isEnabled()


def test_nothing_is_pasted_in_place_of_what_is_on_its_way(
    qtbot: QtBot, window: MainWindow, gate: threading.Event
) -> None:
    def up(X: np.ndarray) -> np.ndarray:
        gate.wait()
        return X + 1

    document, happening = window.document, window.right.happening
    document.push(map_points(np.arange(5), up, "lift"))
    QGuiApplication.clipboard().setText("1\t2\n")
    window.actions_by_name["paste"].trigger()
    qtbot.waitUntil(lambda: "still on its way" in happening.notice_text)
    assert awaited(document) == "lift, 5 points"
