"""Work beside the window: results, mistakes and faults all come back."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app.background import Background
from app.errors import UserError


@pytest.fixture
def background(qapp: QApplication) -> Background:
    return Background(QObject(qapp))


def test_the_result_comes_back_on_the_own_thread(qtbot: QtBot, background: Background) -> None:
    seen: list[tuple[bool, bool]] = []
    main = threading.current_thread()
    background.run(
        lambda: threading.current_thread() is main,
        lambda result: seen.append((result, threading.current_thread() is main)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]
    background.close()


def test_a_mistake_is_told(qtbot: QtBot, background: Background) -> None:
    def refuse() -> None:
        raise UserError("no such folder")

    told: list[object] = []
    background.complained.connect(told.append)
    background.run(refuse, lambda _: pytest.fail("there is no result"))
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["no such folder"]
    background.close()


def test_a_fault_is_raised_where_faults_are_shown(qtbot: QtBot, background: Background) -> None:
    with capture_exceptions() as caught:
        background.run(lambda: 1 / 0, lambda _: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    background.close()


def test_jobs_are_done_in_their_order(qtbot: QtBot, background: Background) -> None:
    go = threading.Event()
    seen: list[str] = []
    background.run(lambda: f"first {go.wait(10)}", seen.append)
    for name in ("second", "third"):
        background.run(partial(str, name), seen.append)
    go.set()
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == ["first True", "second", "third"]
    background.close()


def test_closing_waits_for_what_is_under_way(qtbot: QtBot, background: Background) -> None:
    go, done = threading.Event(), []
    background.run(lambda: done.append(go.wait(10)), lambda _: pytest.fail("too late"))
    assert background.busy
    go.set()
    background.close()
    assert done == [True]
    assert not background.busy
