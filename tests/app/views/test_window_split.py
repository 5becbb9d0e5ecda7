"""The test share at the window: it is that of the points, whoever put them into their sets."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from tests.app.views.hands import click, drag, press
from tests.app.views.tour import spot

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(("count", "text"), [(1, "<1 %"), (160, "40 %"), (400, "100 %")])
def test_points_that_are_put_into_the_test_count(
    qtbot: QtBot, window: MainWindow, count: int, text: str
) -> None:
    split = window.left.data.split
    window.center.canvas.selection.choose(np.arange(count))
    press(window.center.canvas, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: split.number.text() == text)
    assert split.resample.isEnabled() == (count < 400)
    click(split.resample)
    test = window.document.state.points.test
    assert test.sum() == count
    assert test[:count].all() == (count == 400)
    press(split.slider, Qt.Key.Key_Home)
    assert window.document.state.points.test_counts.sum() == 0
    assert split.number.text() == "0 %"


def test_what_is_drawn_has_its_share_in_the_test(window: MainWindow) -> None:
    canvas, split, document = window.center.canvas, window.left.data.split, window.document
    press(window, Qt.Key.Key_P)
    press(split.slider, Qt.Key.Key_PageUp)
    press(split.slider, Qt.Key.Key_PageUp)
    before = document.state.points
    drag(canvas.viewport(), *(spot(canvas, x, 1.0) for x in np.linspace(-4, 4, 15)))
    drawn = document.state.points
    assert len(drawn) > 415
    assert drawn.test_counts.sum() == round(0.2 * len(drawn))
    assert split.number.text() == "20 %"
    press(window, Qt.Key.Key_Z, CONTROL)
    assert document.state.points == before
    document.redo()
    assert document.state.points == drawn


def test_without_a_share_what_is_drawn_is_trained_on(window: MainWindow) -> None:
    canvas = window.center.canvas
    press(window, Qt.Key.Key_P)
    drag(canvas.viewport(), *(spot(canvas, x, 1.0) for x in np.linspace(-4, 4, 15)))
    assert len(window.document.state.points) > 415
    assert window.document.state.points.test_counts.sum() == 0
