"""Two clicks in a row: a double click, or the two points of a fast hand."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.document.commands import ClearPoints
from app.document.document import Document
from app.views.canvas.canvas import Canvas
from app.views.canvas.toolbox import TOOLS
from app.views.canvas.workbench import Workbench
from tests.app.views.hands import LEFT, NO_MODIFIER, click, press
from tests.app.views.tour import spot

REPEATING = ["spray", "erase", "paint", "magnet", "repel", "jitter"]
ONCE = [name for name in TOOLS if name not in REPEATING]


def press_again(canvas: Canvas, place: QPoint) -> None:
    """Press a second time so soon that Qt calls it a double click."""
    QTest.mouseDClick(canvas.viewport(), LEFT, NO_MODIFIER, place)


def release(canvas: Canvas, place: QPoint) -> None:
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_MODIFIER, place)


def click_twice(canvas: Canvas, place: QPoint, offset: QPoint | None = None) -> None:
    click(canvas.viewport(), place)
    second = place + (offset or QPoint())
    press_again(canvas, second)
    release(canvas, second)


@pytest.fixture
def place(canvas: Canvas) -> QPoint:
    return spot(canvas, 0.5, 0.5)


@pytest.mark.parametrize("name", ONCE)
def test_a_double_click_fits_and_leaves_nothing_behind(
    document: Document, bench: Workbench, canvas: Canvas, place: QPoint, name: str
) -> None:
    document.push(ClearPoints())
    document.undo()
    bench.use(name)
    before, wide = document.state.points, canvas.region.width
    click_twice(canvas, place, QPoint(1, 2))
    assert canvas.region.width < wide
    assert document.state.points == before
    assert (document.undo_name, document.redo_name) == ("replace points", "clear points")
    assert not canvas.strokes.active


@pytest.mark.parametrize("name", REPEATING)
def test_with_tools_that_do_more_of_the_same_it_is_two_clicks(
    document: Document, bench: Workbench, canvas: Canvas, name: str
) -> None:
    bench.use(name)
    bench.choose_class(1)
    region, steps = canvas.region, []
    document.changed.connect(lambda *_: steps.append(document.undo_name))
    place = spot(canvas, 0.0, 0.0) + QPoint(4, 0)
    click(canvas.viewport(), place)
    press_again(canvas, place)
    assert canvas.strokes.active
    release(canvas, place)
    assert len(steps) >= (1 if name in ("erase", "paint") else 2)
    assert canvas.region == region


def test_two_fast_clicks_beside_each_other_are_two_points(
    document: Document, canvas: Canvas, place: QPoint
) -> None:
    region = canvas.region
    click_twice(canvas, place, QPoint(4, 0))
    X = document.state.points.X[:, 5:]
    assert X.shape[1] == 2
    assert X[0, 1] - X[0, 0] == pytest.approx(4 * canvas.pixel)
    assert canvas.region == region


@pytest.mark.parametrize("name", ["point", "stroke", "line"])
def test_a_way_that_begins_where_a_click_was_is_drawn(
    document: Document, bench: Workbench, canvas: Canvas, place: QPoint, name: str
) -> None:
    bench.use(name)
    click(canvas.viewport(), place)
    one = len(document.state.points)
    press_again(canvas, place)
    for step in (10, 40, 80):
        QTest.mouseMove(canvas.viewport(), place + QPoint(step, 0))
    release(canvas, place + QPoint(80, 0))
    X = document.state.points.X
    assert X.shape[1] >= one + 4
    assert np.ptp(X[0, one:]) > 50 * canvas.pixel
    document.undo()
    assert len(document.state.points) == one


def test_a_press_after_a_way_is_no_double_click(
    document: Document, canvas: Canvas, place: QPoint
) -> None:
    view = canvas.viewport()
    QTest.mousePress(view, LEFT, NO_MODIFIER, place)
    for step in (60, 0):
        QTest.mouseMove(view, place + QPoint(step, 0))
    release(canvas, place)
    count = len(document.state.points)
    press_again(canvas, place)
    release(canvas, place)
    assert len(document.state.points) == count + 1


def test_a_double_click_leaves_alone_what_was_undone_meanwhile(
    document: Document, canvas: Canvas, place: QPoint
) -> None:
    click(canvas.viewport(), place)
    document.undo()
    press_again(canvas, place)
    release(canvas, place)
    assert len(document.state.points) == 5
    assert document.redo_name == "add, 1 point"


def test_escape_gives_the_second_click_up(
    document: Document, canvas: Canvas, place: QPoint
) -> None:
    click(canvas.viewport(), place)
    region = canvas.region
    press_again(canvas, place)
    press(canvas, Qt.Key.Key_Escape)
    release(canvas, place)
    assert len(document.state.points) == 6
    assert canvas.region == region


def test_a_double_click_keeps_what_is_selected(
    bench: Workbench, canvas: Canvas, place: QPoint
) -> None:
    bench.use("rectangle")
    canvas.selection.choose(np.array([1, 3]))
    click_twice(canvas, place)
    assert canvas.selection.indices.tolist() == [1, 3]
