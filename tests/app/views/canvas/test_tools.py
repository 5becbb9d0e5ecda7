"""The tools that draw, and the fields that move points, by real events of the mouse."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.document.commands import ChangeTask, ClearPoints, ReplacePoints
from app.document.document import Document
from app.document.points import Points
from app.views.canvas.canvas import Canvas
from app.views.canvas.toolbox import TOOLS
from app.views.canvas.workbench import Workbench
from tests.app.views.canvas.conftest import way
from tests.app.views.hands import LEFT, NO_MODIFIER, click, drag
from tests.app.views.tour import spot

SHIFT = Qt.KeyboardModifier.ShiftModifier
DRAWING = [name for name, tool in TOOLS.items() if tool.draws]
FIELDS = ["magnet", "repel", "jitter"]


CORNERS = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]


@pytest.mark.parametrize("name", DRAWING)
def test_a_drawing_tool_adds_points_of_the_class_in_one_step(
    document: Document, bench: Workbench, canvas: Canvas, name: str
) -> None:
    before = document.state.points
    bench.use(name)
    bench.choose_class(1)
    way(canvas, *CORNERS)
    added = len(document.state.points) - len(before)
    assert added > 0
    assert (document.state.points.labels[len(before) :] == 1).all()
    assert document.undo_name is not None
    assert document.undo_name.endswith(f", {added} point" + ("s" if added > 1 else ""))
    document.undo()
    assert document.state.points == before


@pytest.mark.parametrize("name", DRAWING)
def test_shift_draws_the_next_class(
    document: Document, bench: Workbench, canvas: Canvas, name: str
) -> None:
    bench.use(name)
    view = canvas.viewport()
    QTest.mousePress(view, LEFT, SHIFT, spot(canvas, *CORNERS[0]))
    for corner in CORNERS[1:]:
        QTest.mouseMove(view, spot(canvas, *corner))
    QTest.mouseRelease(view, LEFT, SHIFT, spot(canvas, *CORNERS[3]))
    assert (document.state.points.labels[5:] == 1).all()
    assert len(document.state.points) > 5


@pytest.mark.parametrize("name", DRAWING)
def test_a_regression_is_drawn_with_values(
    document: Document, bench: Workbench, canvas: Canvas, name: str
) -> None:
    document.push(ChangeTask("regression"))
    bench.use(name)
    bench.set_value(-0.5)
    way(canvas, *CORNERS)
    assert (document.state.points.values[5:] == -0.5).all()
    assert len(document.state.points) > 5


@pytest.mark.parametrize("name", [*TOOLS])
def test_escape_leaves_nothing_behind(
    document: Document, bench: Workbench, canvas: Canvas, name: str
) -> None:
    document.push(ClearPoints())
    document.undo()
    before = document.state.points
    bench.use(name)
    view = canvas.viewport()
    QTest.mousePress(view, LEFT, NO_MODIFIER, spot(canvas, -2.0, 0.0))
    for corner in CORNERS:
        QTest.mouseMove(view, spot(canvas, *corner))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseMove(view, spot(canvas, 2.0, 0.0))
    QTest.mouseRelease(view, LEFT, NO_MODIFIER, spot(canvas, 2.0, 0.0))
    assert document.state.points == before
    assert (document.undo_name, document.redo_name) == ("replace points", "clear points")
    assert len(canvas.selection) == 0


@pytest.mark.parametrize("name", DRAWING)
def test_nothing_is_added_outside_of_what_is_seen(
    document: Document, bench: Workbench, canvas: Canvas, name: str
) -> None:
    bench.use(name)
    region = canvas.region
    drag(
        canvas.viewport(),
        spot(canvas, 0.0, 0.0),
        QPoint(-200, 200),
        QPoint(-200, 900),
        QPoint(1200, 900),
    )
    X = document.state.points.X[:, 5:]
    assert (X[0] >= region.left).all()
    assert (X[0] <= region.right).all()
    assert (X[1] >= region.bottom).all()


@pytest.mark.parametrize("name", DRAWING)
def test_nothing_is_added_where_no_file_could_hold_it_and_that_is_said(
    document: Document, bench: Workbench, canvas: Canvas, heard: list[object], name: str
) -> None:
    canvas.strokes.message.connect(heard.append)
    bench.use(name)
    way(canvas, (0.0, 0.0), (1.0, 0.5), (0.0, 1.0))
    assert len(document.state.points) > 5
    assert not heard
    document.push(ReplacePoints(Points.of([[-1e6, 1e6], [-1e6, 1e6]], [0, 1])))
    canvas.fit()
    way(canvas, (1.2e6, 0.0), (1.2e6, 1e6), (2e6, 0.0), (0.0, 0.0))
    assert np.abs(document.state.points.X).max() <= 1e6
    assert len(heard) == 1
    assert "-1,000,000 to 1,000,000" in str(heard[0])


def test_the_spray_goes_on_while_the_button_is_held(
    qtbot: QtBot, document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("spray")
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, 0.0, 1.0))
    qtbot.waitUntil(lambda: len(document.state.points) > 30)
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, 0.0, 1.0))
    count = len(document.state.points)
    assert document.undo_name == f"spray, {count - 5} points"
    assert not canvas.strokes._timer.isActive()


@pytest.mark.parametrize("gaussian", [True, False])
def test_the_spray_keeps_to_its_radius(
    document: Document, bench: Workbench, canvas: Canvas, gaussian: bool
) -> None:
    bench.use("spray")
    bench.set_gaussian(gaussian)
    bench.set_density(200)
    for _ in range(20):
        click(canvas.viewport(), spot(canvas, 0.0, 0.5))
    offset = document.state.points.X[:, 5:] - np.array([[0.0], [0.5]])
    distance = np.hypot(*offset) / (bench.radius * canvas.pixel)
    inner = (distance < 0.5).mean()
    # In half the radius: a quarter of an even disc, 1 - exp(-1/2) of a normal distribution.
    assert inner == pytest.approx(0.39 if gaussian else 0.25, abs=0.12)
    assert gaussian or distance.max() <= 1.05


def test_a_stroke_goes_nowhere_with_a_hand_that_is_still(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("stroke")
    bench.set_radius(200)
    bench.set_density(200)
    view, start = canvas.viewport(), spot(canvas, -2.0, 0.5)
    for length in range(1, 40):
        end = start + QPoint(length, 0)
        QTest.mousePress(view, LEFT, NO_MODIFIER, start)
        QTest.mouseMove(view, end)
        drawn = len(document.state.points)
        QTest.mouseMove(view, end)
        assert len(document.state.points) == drawn > 5
        QTest.mouseRelease(view, LEFT, NO_MODIFIER, end)


def test_the_same_seed_sprays_the_same_points(document: Document, canvas: Canvas) -> None:
    drawn = []
    for _ in range(2):
        canvas.workbench._rng = np.random.default_rng(3)
        canvas.workbench.use("spray")
        click(canvas.viewport(), spot(canvas, 0.0, 1.0))
        drawn.append(document.state.points.X[:, 5:].tolist())
        document.undo()
    assert drawn[0] == drawn[1]


def test_a_line_has_points_at_both_ends_and_equal_steps(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("line")
    way(canvas, (-1.5, 0.5), (0.0, 1.0), (1.5, 0.5))
    X = document.state.points.X[:, 5:]
    assert X[0, [0, -1]] == pytest.approx([-1.5, 1.5], abs=2 * canvas.pixel)
    steps = np.hypot(*np.diff(X, axis=1))
    assert np.allclose(steps, steps[0])
    assert document.undo_name == f"draw line, {X.shape[1]} points"


def test_a_region_is_filled_inside_only(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("fill")
    way(canvas, *CORNERS)
    X = document.state.points.X[:, 5:]
    assert X.shape[1] > 10
    assert np.abs(X).max() <= 1.0 + 2 * canvas.pixel


def moved(document: Document, bench: Workbench, canvas: Canvas, name: str) -> list[float]:
    """Where a click at (0.9, 0) has brought the points on the x1 axis."""
    bench.use(name)
    click(canvas.viewport(), spot(canvas, 0.9, 0.0))
    return [float(x1) for x1 in document.state.points.X[0]]


def test_the_magnet_pulls(document: Document, bench: Workbench, canvas: Canvas) -> None:
    x1 = moved(document, bench, canvas, "magnet")
    assert 0.9 < x1[3] < 1.0
    assert x1[0] == -2.0
    assert document.undo_name is not None
    assert document.undo_name.startswith("attract, ")


def test_repel_pushes(document: Document, bench: Workbench, canvas: Canvas) -> None:
    x1 = moved(document, bench, canvas, "repel")
    assert x1[3] > 1.0
    assert x1[0] == -2.0


def test_jitter_shakes_what_is_near(document: Document, bench: Workbench, canvas: Canvas) -> None:
    before = document.state.points
    x1 = moved(document, bench, canvas, "jitter")
    assert x1[3] != 1.0
    assert x1[0] == -2.0
    document.undo()
    assert document.state.points == before


@pytest.mark.parametrize("name", FIELDS)
def test_fields_go_on_while_the_button_is_held_and_are_one_step(
    qtbot: QtBot, document: Document, bench: Workbench, canvas: Canvas, name: str
) -> None:
    before, steps = document.state.points, []
    document.changed.connect(lambda *_: steps.append(document.state.points.X[0, 3]))
    bench.use(name)
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, 0.9, 0.0))
    qtbot.waitUntil(lambda: len(steps) >= 4)
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_MODIFIER, spot(canvas, 0.9, 0.0))
    document.undo()
    assert document.state.points == before
