"""Copy and paste at the window, with the real clipboard."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app import edit_actions
from app.document.commands import ChangeTask
from app.document.points import Points
from app.main_window import MainWindow
from app.views.canvas.clipboard import MOST_POINTS
from tests.app.views.hands import press, write
from tests.app.views.tour import LINE, paste, said

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def first_points() -> Points:
    return LINE


def hold(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def copied(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> str:
    """Copy or cut, and return the text."""
    hold("")
    press(window, key, CONTROL)
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    return QGuiApplication.clipboard().text()


def test_what_is_copied_is_pasted_as_the_very_same_points(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Qt.Key.Key_A, CONTROL)
    text = copied(qtbot, window, Qt.Key.Key_C)
    assert text.splitlines()[2] == "-1.0\t0.0\t1"
    assert "Pasted 5 points" in paste(qtbot, window, text)
    points = window.document.state.points
    assert np.array_equal(points.X[:, 5:], LINE.X)
    assert np.array_equal(points.labels[5:], LINE.labels)
    assert window.document.undo_name == "paste, 5 points"
    assert window.center.canvas.selection.indices.tolist() == [5, 6, 7, 8, 9]
    assert window.workbench.tool.selects


def test_values_go_both_ways(qtbot: QtBot, window: MainWindow) -> None:
    window.document.push(ChangeTask("regression"))
    press(window, Qt.Key.Key_A, CONTROL)
    paste(qtbot, window, copied(qtbot, window, Qt.Key.Key_C))
    assert np.array_equal(window.document.state.points.values[5:], LINE.values)
    paste(qtbot, window, "1\t2\t1\n3\t4\t0\n")
    assert window.document.state.points.values[10:].tolist() == [1.0, 0.0]


def test_what_is_pasted_is_what_was_copied_last_however_soon(
    qtbot: QtBot, window: MainWindow
) -> None:
    hold("1\t2\t0\n")
    for chosen in ([0], [1, 3]):
        window.center.canvas.selection.choose(np.array(chosen))
        press(window, Qt.Key.Key_C, CONTROL)
    press(window, Qt.Key.Key_V, CONTROL)
    points = window.document.state.points
    qtbot.waitUntil(lambda: window.document.state.points is not points)
    assert np.array_equal(window.document.state.points.X[:, 5:], LINE.X[:, [1, 3]])


def test_a_class_that_is_copied_alone_keeps_its_number(qtbot: QtBot, window: MainWindow) -> None:
    window.center.canvas.selection.choose(np.array([1, 3]))
    text = copied(qtbot, window, Qt.Key.Key_X)
    assert window.document.undo_name == "cut, 2 points"
    assert window.document.state.points.counts[:2].tolist() == [3, 0]
    paste(qtbot, window, text)
    assert window.document.state.points.counts[:2].tolist() == [3, 2]


def test_a_spreadsheet_is_pasted(qtbot: QtBot, window: MainWindow) -> None:
    paste(qtbot, window, "height\twidth\tkind\r\n1,5\t2,5\tiris\r\n-3\t4\trose\r\n")
    paste(qtbot, window, "1,234.5\t2\n−1,000\t3\n")
    assert window.document.state.points.X[:, 5:].tolist() == [
        [1.5, -3.0, 1234.5, -1000.0],
        [2.5, 4.0, 2.0, 3.0],
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dear all,\nthe meeting is moved.", "accepted"),
        ("", "accepted"),
        ("1\t2\t0\n3\tfour\t1\n", "line 2"),
        ("1\t2\n1e9\t2\n", "1,000,000"),
        ("1\tnan\n2\t2\n", "nan"),
        ("1\t2\n" * (MOST_POINTS + 1), "100,001 points; up to 100,000"),
        ("1\t2\n" * (MOST_POINTS + 2), "100,002 lines; up to 100,000"),
        ("1\t2\r" * (MOST_POINTS + 2), "100,002 lines; up to 100,000"),
        ("height\twidth\n1,234\t5\n", "line 2 x1 is '1,234', which may mean 1.234 or 1234"),
        ("x1,x2,label\n", "no points"),
        ("0\t0\t0.5\n1\t1\t0.25\n", "regression"),
    ],
)
def test_a_text_that_is_no_table_changes_nothing_and_is_explained(
    qtbot: QtBot, window: MainWindow, text: str, words: str
) -> None:
    before = window.document.state
    sentence = paste(qtbot, window, text)
    assert "Nothing was pasted" in sentence
    assert words in sentence
    assert window.document.state is before


def test_copying_nothing_is_not_offered(window: MainWindow) -> None:
    hold("kept")
    press(window, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "kept"
    assert not window.actions_by_name["copy"].isEnabled()


def test_too_many_points_to_be_copied_are_counted_and_not_touched(
    monkeypatch: pytest.MonkeyPatch, window: MainWindow
) -> None:
    hold("kept")
    monkeypatch.setattr(edit_actions, "MOST_POINTS", 3)
    monkeypatch.setattr(Points, "take", None)
    for key in (Qt.Key.Key_C, Qt.Key.Key_X):
        press(window, Qt.Key.Key_A, CONTROL)
        press(window, key, CONTROL)
        assert said(window).endswith("5 points are selected; from 1 to 3 can be copied.")
    assert QGuiApplication.clipboard().text() == "kept"
    assert window.document.state.points is LINE


def test_text_fields_keep_their_keys(window: MainWindow) -> None:
    before, field = window.document.state, window.left.data.seed
    field.setFocus()
    write(field, "12")
    for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_V):
        press(field, key, CONTROL)
    assert QGuiApplication.clipboard().text() == "12"
    assert field.text() == "1212"
    assert window.document.state is before
    assert len(window.center.canvas.selection) == 0
    press(field, Qt.Key.Key_Escape)


def test_points_pasted_out_of_sight_come_into_view(qtbot: QtBot, window: MainWindow) -> None:
    paste(qtbot, window, "50\t60\t0\n55\t65\t1")
    region = window.center.canvas.region
    assert region.left < 50 < 55 < region.right
    assert region.bottom < 60 < 65 < region.top
