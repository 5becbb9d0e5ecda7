"""Edits that take longer than a frame: what the window does while it waits for one."""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.document.commands import ChangeNetwork, Command, add_class, map_points
from app.document.points import Points
from app.document.state import NetworkSettings, Preset, initial_state
from app.files.sessions import save_session
from app.main_window import MainWindow
from tests.app.document.edits import awaited
from tests.app.views.hands import click, press
from tests.app.views.tour import rested, said, train_to

pytestmark = pytest.mark.usefixtures("few_are_large")


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
