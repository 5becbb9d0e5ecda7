"""Choosing points, and working on what is chosen, by real events."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.document.commands import (
    AddPoints,
    ChangeTask,
    ClearPoints,
    LoadPreset,
    RemovePoints,
    ReplacePoints,
)
from app.document.document import Document
from app.document.points import Points
from app.document.state import Preset
from app.views.canvas.canvas import Canvas
from app.views.canvas.selection_edits import EDITS
from app.views.canvas.tools.selecting import MOST_LIVE
from app.views.canvas.workbench import Workbench
from tests.app.views.canvas.conftest import way
from tests.app.views.hands import LEFT, NO_MODIFIER, click, drag, press
from tests.app.views.tour import spot

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def chosen(canvas: Canvas) -> list[int]:
    return [int(index) for index in canvas.selection.indices]


def around(canvas: Canvas, low: float, high: float) -> None:
    """Drag a rectangle around this part of the x1 axis."""
    canvas.workbench.use("rectangle")
    way(canvas, (low, -0.5), (high, 0.5))


def test_a_rectangle_chooses_what_is_in_it(canvas: Canvas) -> None:
    around(canvas, -1.5, 0.5)
    assert chosen(canvas) == [1, 2]
    around(canvas, 1.7, 1.3)
    assert chosen(canvas) == []


def test_a_lasso_chooses_what_it_surrounds(canvas: Canvas, bench: Workbench) -> None:
    bench.use("lasso")
    corners = [(-1.5, -0.5), (-0.5, -0.5), (-0.5, 0.4), (0.5, 0.4), (0.5, -0.5), (1.5, -0.5)]
    way(canvas, *corners, (1.5, 0.5), (-1.5, 0.5))
    assert chosen(canvas) == [1, 3]


def test_a_click_chooses_the_point_under_it_or_nothing(canvas: Canvas, bench: Workbench) -> None:
    bench.use("rectangle")
    click(canvas.viewport(), spot(canvas, 1.0, 0.0))
    assert chosen(canvas) == [3]
    click(canvas.viewport(), spot(canvas, 0.5, 0.5))
    assert chosen(canvas) == []


def test_shift_adds_to_a_choice_and_control_takes_away(canvas: Canvas) -> None:
    around(canvas, -2.5, -0.5)
    QTest.mouseClick(canvas.viewport(), LEFT, SHIFT, spot(canvas, 2.0, 0.0))
    assert chosen(canvas) == [0, 1, 4]
    QTest.mouseClick(canvas.viewport(), LEFT, CONTROL, spot(canvas, -1.0, 0.0))
    assert chosen(canvas) == [0, 4]


def test_a_drag_moves_what_is_chosen_in_one_step(document: Document, canvas: Canvas) -> None:
    before = document.state.points
    around(canvas, -2.5, -0.5)
    way(canvas, (-1.0, 0.0), (-1.0, 0.4), (0.5, 0.8))
    X = document.state.points.X
    assert X[:, :2] == pytest.approx(np.array([[-0.5, 0.5], [0.8, 0.8]]), abs=2 * canvas.pixel)
    assert np.array_equal(X[:, 2:], before.X[:, 2:])
    assert chosen(canvas) == [0, 1]
    assert document.undo_name == "move, 2 points"
    document.undo()
    assert document.state.points == before


def test_a_drag_in_the_frame_moves_and_a_click_there_chooses(
    document: Document, canvas: Canvas
) -> None:
    around(canvas, -2.5, -0.5)
    way(canvas, (-1.5, 0.0), (-1.5, 0.4))
    assert (document.state.points.X[1, :2] > 0.3).all()
    assert chosen(canvas) == [0, 1]
    click(canvas.viewport(), spot(canvas, -1.0, 0.4))
    assert chosen(canvas) == [1]
    click(canvas.viewport(), spot(canvas, -1.0, -1.0))
    assert chosen(canvas) == []


def test_a_click_with_an_unsteady_hand_moves_nothing(document: Document, canvas: Canvas) -> None:
    before = document.state
    around(canvas, -2.5, -0.5)
    place = spot(canvas, -1.0, 0.0)
    drag(canvas.viewport(), place, place + QPoint(2, 0), place)
    assert document.state is before


def test_escape_puts_moved_points_back_and_then_lets_go(document: Document, canvas: Canvas) -> None:
    before = document.state.points
    around(canvas, -2.5, -0.5)
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, -1.0, 0.0))
    QTest.mouseMove(canvas.viewport(), spot(canvas, 0.0, 0.5))
    assert document.state.points != before
    press(canvas, Qt.Key.Key_Escape)
    assert document.state.points == before
    assert chosen(canvas) == [0, 1]
    press(canvas, Qt.Key.Key_Escape)
    assert chosen(canvas) == []


@pytest.mark.parametrize("most", [MOST_LIVE, 3])
def test_whoever_else_removes_points_ends_the_drag(
    document: Document, canvas: Canvas, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("app.views.canvas.tools.selecting.MOST_LIVE", most)
    around(canvas, -2.5, -0.5)
    view = canvas.viewport()
    QTest.mousePress(view, LEFT, NO_MODIFIER, spot(canvas, -1.5, 0.0))
    QTest.mouseMove(view, spot(canvas, -1.0, 0.5))
    canvas.edits.delete()
    left = document.state.points
    QTest.mouseMove(view, spot(canvas, 0.5, 0.9))
    QTest.mouseRelease(view, LEFT, NO_MODIFIER, spot(canvas, 0.5, 0.9))
    assert document.state.points == left
    assert left.X.tolist() == [[0.0, 1.0, 2.0], [0.0, 0.0, 0.0]]
    assert canvas.selection.offset == (0.0, 0.0)
    assert not canvas.strokes.active


def test_arrow_keys_nudge_what_is_chosen(document: Document, canvas: Canvas) -> None:
    around(canvas, -2.5, -1.5)
    press(canvas, Qt.Key.Key_Up)
    press(canvas, Qt.Key.Key_Right, SHIFT)
    assert document.state.points.X[:, 0] == pytest.approx([-2.0 + canvas.pixel, 10 * canvas.pixel])
    document.undo()
    document.undo()
    assert document.undo_name == "replace points"


@pytest.mark.parametrize("name", sorted({*EDITS} - {"flip"}))  # the points lie on the axis
def test_every_edit_is_undone_exactly(document: Document, canvas: Canvas, name: str) -> None:
    before = document.state
    around(canvas, -2.5, 0.5)
    canvas.workbench.choose_class(1)
    canvas.edits.do(name)
    assert document.state.points != before.points
    document.undo()
    assert document.state.points == before.points
    assert document.state.classes == before.classes


@pytest.mark.parametrize("name", [*EDITS])
def test_without_a_choice_nothing_happens(document: Document, canvas: Canvas, name: str) -> None:
    before = document.state
    canvas.edits.do(name)
    assert document.state is before


def test_what_the_edits_do(document: Document, canvas: Canvas) -> None:
    around(canvas, -2.5, 0.5)
    canvas.edits.do("mirror")
    assert document.state.points.X[0].tolist() == [0.0, -1.0, -2.0, 1.0, 2.0]
    canvas.edits.do("rotate")
    assert document.state.points.X[1, 0] == pytest.approx(np.sin(np.deg2rad(15)))
    canvas.edits.do("flip")
    assert document.state.points.X[1, 0] == pytest.approx(-np.sin(np.deg2rad(15)))
    canvas.workbench.choose_class(1)
    canvas.edits.do("recolor")
    assert document.state.points.labels.tolist() == [1, 1, 1, 1, 0]
    canvas.edits.do("toggle_test")
    assert document.state.points.test.tolist() == [True, True, True, False, False]
    canvas.edits.do("duplicate")
    assert chosen(canvas) == [5, 6, 7]
    assert document.state.points.test.tolist()[5:] == [True, True, True]
    canvas.edits.do("delete")
    assert len(document.state.points) == 5
    assert document.undo_name == "delete, 3 points"


def test_recoloring_in_a_regression_sets_the_value(document: Document, canvas: Canvas) -> None:
    document.push(ChangeTask("regression"))
    around(canvas, -2.5, -1.5)
    canvas.workbench.set_value(0.25)
    canvas.edits.do("recolor")
    assert document.state.points.values.tolist() == [0.25, 0.0, 0.0, 0.0, 0.0]


def test_noise_moves_the_choice_or_all(document: Document, canvas: Canvas) -> None:
    before = document.state.points.X
    around(canvas, -2.5, -1.5)
    canvas.edits.add_noise(0.1, 3)
    moved = (before != document.state.points.X).any(axis=0)
    assert moved.tolist() == [True, False, False, False, False]
    canvas.selection.clear()
    canvas.edits.add_noise(0.1, 3)
    assert (document.state.points.X[:, 1:] != before[:, 1:]).all()
    assert document.undo_name == "add noise, 5 points"


def test_a_choice_follows_its_points(document: Document, canvas: Canvas) -> None:
    around(canvas, -0.5, 1.5)
    document.push(RemovePoints(np.array([0, 3])))
    assert chosen(canvas) == [1]
    document.undo()
    assert chosen(canvas) == [2]
    document.push(AddPoints(Points.of([[5.0], [5.0]], [0])))
    assert chosen(canvas) == [2]
    canvas.selection.choose_all()
    document.undo()
    assert chosen(canvas) == [0, 1, 2, 3, 4]
    document.push(LoadPreset(Preset(points=5)))
    assert chosen(canvas) == []
    canvas.selection.choose_all()
    document.push(ClearPoints())
    assert chosen(canvas) == []


@pytest.fixture
def many(document: Document) -> Points:
    """More points than are moved while the hand moves."""
    X = np.random.default_rng(0).uniform(-1, 1, (2, MOST_LIVE + 1))
    document.push(ReplacePoints(Points.of(X, np.zeros(MOST_LIVE + 1, int))))
    return document.state.points


def test_of_very_many_only_the_picture_follows_the_hand(
    qtbot: QtBot, document: Document, canvas: Canvas, many: Points
) -> None:
    pushed: list[object] = []
    document.changed.connect(lambda changes: pushed.append(changes))
    canvas.workbench.use("rectangle")
    canvas.selection.choose_all()
    canvas.grab()
    qtbot.waitUntil(lambda: canvas.painted)
    still = canvas.grab().toImage()
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, 0.0, 0.0))
    for x2 in (0.5, 1.0):
        QTest.mouseMove(canvas.viewport(), spot(canvas, 0.0, x2))
        assert canvas.grab().toImage() != still
    assert not pushed
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, 0.0, 1.0))
    assert len(pushed) == 1
    assert document.undo_name == f"move, {MOST_LIVE + 1:,} points"
    moved = document.state.points.X - many.X
    assert moved == pytest.approx(np.array([[0.0], [1.0]]) + 0 * moved, abs=2 * canvas.pixel)
    assert canvas.selection.offset == (0.0, 0.0)
    document.undo()
    assert document.state.points == many
    canvas.grab()
    qtbot.waitUntil(lambda: canvas.painted)


def test_escape_brings_the_picture_back(
    qtbot: QtBot, document: Document, canvas: Canvas, many: Points
) -> None:
    canvas.workbench.use("rectangle")
    canvas.selection.choose_all()
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, 0.0, 0.0))
    QTest.mouseMove(canvas.viewport(), spot(canvas, 0.5, 0.5))
    press(canvas, Qt.Key.Key_Escape)
    assert canvas.selection.offset == (0.0, 0.0)
    assert document.state.points is many
    assert len(canvas.selection) == len(many)
    qtbot.waitUntil(lambda: canvas.painted)


def test_a_choice_is_seen(canvas: Canvas) -> None:
    place = canvas.position(-1.0, 0.0) + QPoint(7, 0)
    before = canvas.grab().toImage().pixelColor(place.toPoint())
    around(canvas, -1.5, -0.5)
    assert canvas.grab().toImage().pixelColor(place.toPoint()) != before


def test_a_large_choice_is_seen_too(document: Document, canvas: Canvas) -> None:
    X = np.random.default_rng(0).uniform(-2, 2, (2, 3000))
    document.push(ReplacePoints(Points.of(X, np.zeros(3000, int))))
    before = canvas.grab().toImage()
    canvas.selection.choose_all()
    assert canvas.grab().toImage() != before
