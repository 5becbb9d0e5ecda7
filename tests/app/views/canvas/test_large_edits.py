"""Edits that take longer than a frame: the canvas stays live, and says what it waits for."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.document.commands import Command
from app.document.document import Document
from app.views.canvas.canvas import Canvas
from app.views.canvas.waiting_item import WaitingItem
from app.views.canvas.workbench import Workbench
from tests.app.document.edits import awaited
from tests.app.views.canvas.conftest import way
from tests.app.views.hands import LEFT, NO_MODIFIER, click, press
from tests.app.views.tour import spot

pytestmark = pytest.mark.usefixtures("few_are_large")


@pytest.fixture
def waiting(canvas: Canvas) -> WaitingItem:
    """The line that says what is waited for."""
    (item,) = (one for one in canvas.scene().items() if isinstance(one, WaitingItem))
    return item


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
