"""The eraser and the brush that paints, by real events of the mouse."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.document.commands import ChangeTask, ReplacePoints
from app.document.document import Document
from app.document.points import Points
from app.views.canvas.canvas import Canvas
from app.views.canvas.tools import changing
from app.views.canvas.workbench import Workbench
from tests.app.views.canvas.conftest import way
from tests.app.views.hands import LEFT, NO_MODIFIER, click
from tests.app.views.tour import spot

RIGHT = Qt.MouseButton.RightButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_the_eraser_takes_what_it_passes(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.use("erase")
    way(canvas, (-1.0, 0.0), (1.0, 0.0))
    assert document.state.points.X[0].tolist() == [-2.0, 2.0]
    assert document.undo_name == "erase, 3 points"


def test_the_brush_paints_the_class_over_what_it_passes_and_keeps_the_rest(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    before = document.state.points
    bench.use("paint")
    way(canvas, (-1.0, 0.0), (0.0, 0.0), (1.0, 0.0), (0.0, 0.0))
    assert document.state.points.labels.tolist() == [0, 0, 0, 0, 0]
    assert document.state.points.X.tolist() == before.X.tolist()
    assert document.undo_name == "paint, 2 points"
    document.undo()
    assert document.state.points == before


def test_shift_paints_the_next_class(document: Document, bench: Workbench, canvas: Canvas) -> None:
    bench.use("paint")
    QTest.mouseClick(canvas.viewport(), LEFT, SHIFT, spot(canvas, 2.0, 0.0))
    assert document.state.points.labels.tolist() == [0, 1, 0, 1, 1]
    bench.choose_class(2)
    click(canvas.viewport(), spot(canvas, 0.0, 0.0))
    assert document.state.points.labels.tolist() == [0, 1, 2, 1, 1]
    assert document.state.class_count == 3


def test_in_a_regression_the_brush_paints_the_value(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    document.push(ChangeTask("regression"))
    bench.use("paint")
    bench.set_value(0.4)
    way(canvas, (-1.0, 0.0), (1.0, 0.0))
    assert document.state.points.values.tolist() == [0.0, 0.4, 0.4, 0.4, 0.0]
    assert document.undo_name == "paint, 3 points"


def test_among_very_many_points_the_brush_paints_at_the_end(
    monkeypatch: pytest.MonkeyPatch, document: Document, bench: Workbench, canvas: Canvas
) -> None:
    monkeypatch.setattr(changing, "MOST_AT_ONCE", 4)
    bench.use("paint")
    view, before = canvas.viewport(), document.state.points
    QTest.mousePress(view, LEFT, NO_MODIFIER, spot(canvas, -1.0, 0.0))
    QTest.mouseMove(view, spot(canvas, 1.0, 0.0))
    assert document.state.points is before
    QTest.mouseRelease(view, LEFT, NO_MODIFIER, spot(canvas, 1.0, 0.0))
    assert document.state.points.labels.tolist() == [0, 0, 0, 0, 0]


def test_among_very_many_points_the_eraser_removes_at_the_end(
    monkeypatch: pytest.MonkeyPatch, document: Document, bench: Workbench, canvas: Canvas
) -> None:
    monkeypatch.setattr(changing, "MOST_AT_ONCE", 4)
    bench.use("erase")
    view = canvas.viewport()
    QTest.mousePress(view, LEFT, NO_MODIFIER, spot(canvas, -1.0, 0.0))
    for x1 in (1.0, 0.0, 1.0):
        QTest.mouseMove(view, spot(canvas, x1, 0.0))
    assert len(document.state.points) == 5
    assert len(canvas.strokes.outline) == 4
    QTest.mouseRelease(view, LEFT, NO_MODIFIER, spot(canvas, 1.0, 0.0))
    assert document.state.points.X[0].tolist() == [-2.0, 2.0]
    assert document.undo_name == "erase, 3 points"


@pytest.mark.parametrize("name", ["erase", "paint"])
def test_a_brush_over_as_many_points_as_it_edits_at_once_waits_for_none_of_its_edits(
    document: Document, bench: Workbench, canvas: Canvas, name: str
) -> None:
    m = changing.MOST_AT_ONCE
    document.push(ReplacePoints(Points.of(np.zeros((2, m)), np.zeros(m, np.int64))))
    bench.use(name)
    bench.choose_class(1)
    way(canvas, (0.0, 0.0), (0.5, 0.0))
    assert document.pending is None
    assert document.undo_name == f"{name}, {m:,} points"


@pytest.mark.parametrize(("button", "modifier"), [(RIGHT, NO_MODIFIER), (LEFT, ALT)])
@pytest.mark.parametrize("name", ["point", "paint", "rectangle", "magnet"])
def test_the_right_button_and_alt_erase_with_every_tool(
    document: Document,
    bench: Workbench,
    canvas: Canvas,
    name: str,
    button: Qt.MouseButton,
    modifier: Qt.KeyboardModifier,
) -> None:
    bench.use(name)
    QTest.mouseClick(canvas.viewport(), button, modifier, spot(canvas, 1.0, 0.0))
    assert document.state.points.X[0].tolist() == [-2.0, -1.0, 0.0, 2.0]
