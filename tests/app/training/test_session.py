"""The session with a real document, worker and event loop: the door that the window uses."""

import threading
from collections.abc import Callable
from typing import Concatenate, ParamSpec

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.document.commands import ClearPoints
from app.document.document import Document
from app.training import session as session_module
from app.training.engine import Engine
from app.training.mailbox import Failure
from app.training.session import TrainingSession
from app.training.snapshot import Snapshot, Status
from app.training.worker import Worker
from nncore import Parameters
from tests.app.training.sessions import (
    Heard,
    Opener,
    active_timers,
    iterate,
    settle,
    worker_threads,
)
from tests.app.training.settings import DIVERGING, EMPTY, VIEW, arrays
from tests.patience import PATIENCE

P = ParamSpec("P")


def test_it_shows_the_initial_weights_and_rests(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    snapshot = settle(qtbot, session, lambda: session.observe(VIEW))
    assert snapshot is session.snapshot
    assert (snapshot.status, snapshot.iteration) == (Status.READY, 0)
    assert snapshot.boundary is not None
    assert not session.training
    assert not active_timers(session)
    assert heard.training == []


def test_training_shows_ever_newer_snapshots(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    session.train()
    assert session.training
    qtbot.waitUntil(lambda: len(heard.updated) >= 5)
    iterations = [snapshot.iteration for snapshot in heard.updated]
    assert iterations == sorted(iterations)
    assert iterations[-1] > 0
    assert heard.training == [True]
    assert heard.settled == []
    snapshot = settle(qtbot, session, session.pause)
    assert snapshot.status is Status.PAUSED
    assert heard.training == [True, False]
    assert not active_timers(session)


def test_settled_comes_once_with_the_finished_work(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    snapshot = settle(qtbot, session, lambda: session.train(until=2_000))
    assert (snapshot.iteration, snapshot.status) == (2_000, Status.FINISHED)
    assert heard.settled == [snapshot]
    assert heard.updated[-1] is snapshot
    assert heard.training == [True, False]
    assert not active_timers(session)
    again = settle(qtbot, session, session.step)
    assert again.iteration == 2_001
    assert heard.settled == [snapshot, again]


def test_many_wishes_are_settled_once(qtbot: QtBot, session: TrainingSession, heard: Heard) -> None:
    def wish() -> None:
        for _ in range(20):
            session.step()
            session.observe(VIEW)

    assert settle(qtbot, session, wish).iteration == 20
    assert len(heard.settled) == 1


def test_toggle(qtbot: QtBot, session: TrainingSession, heard: Heard) -> None:
    session.toggle()
    iterate(qtbot, heard)
    snapshot = settle(qtbot, session, session.toggle)
    assert snapshot.iteration > 0
    assert heard.training == [True, False]


def test_whoever_is_told_may_ask_for_more(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    def go_on(snapshot: Snapshot) -> None:
        if snapshot.status is Status.FINISHED and snapshot.iteration < 30:
            session.train(until=snapshot.iteration + 10)

    session.updated.connect(go_on)
    assert settle(qtbot, session, lambda: session.train(until=10)).iteration == 30
    assert [snapshot.iteration for snapshot in heard.settled] == [30]


class _EagerWorker(Worker):
    """Its answer is always there before the post returns, if one is wanted."""

    def __init__(self) -> None:
        self._answered = threading.Event()
        super().__init__()
        put = self.mailbox.put

        def put_and_tell(content: Snapshot | Failure) -> None:
            put(content)
            self._answered.set()

        self.mailbox.__dict__["put"] = put_and_tell

    def post(
        self, command: Callable[Concatenate[Engine, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> int:
        wanted = self.mailbox.wanted
        self._answered.clear()
        posted = super().post(command, *args, **kwargs)
        if wanted:
            assert self._answered.wait(PATIENCE)
        return posted


def test_an_answer_that_comes_at_once_is_not_lost(
    qtbot: QtBot, document: Document, open_session: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "Worker", _EagerWorker)
    session = open_session(document)
    settle(qtbot, session, lambda: session.observe(VIEW))
    for number in range(1, 4):
        assert settle(qtbot, session, session.step).iteration == number


def test_a_snapshot_of_an_earlier_run_is_dropped(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    session.train()
    iterate(qtbot, heard)
    while session._worker.mailbox._content is None:
        pass  # the next one is on its way, and will lie there unread
    seen = len(heard.updated)
    snapshot = settle(qtbot, session, session.reset)
    assert snapshot.run == 2
    assert {one.run for one in heard.updated[seen:]} == {2}


def test_divergence_rests_with_a_sentence(qtbot: QtBot, open_session: Opener) -> None:
    session = open_session(Document(DIVERGING))
    heard = Heard(session)
    session.observe(VIEW)
    snapshot = settle(qtbot, session, session.train)
    assert snapshot.status is Status.DIVERGED
    assert "learning rate" in snapshot.reason
    assert all(np.isfinite(array).all() for array in arrays(snapshot))
    assert heard.training == [True, False]
    assert heard.failed == []


def test_an_error_of_the_worker_is_told_and_training_can_go_on(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    session.train()
    iterate(qtbot, heard)
    with qtbot.waitSignal(session.failed):
        session.restore(Parameters.zeros((2, 9, 1)), 3)
    assert len(heard.failed) == 1
    assert "another network" in heard.failed[0]
    assert not session.training
    assert not active_timers(session)
    session.train()
    iterate(qtbot, heard, 10)
    assert settle(qtbot, session, session.pause).status is Status.PAUSED
    assert len(heard.failed) == 1


def test_an_error_of_the_training_itself_is_told(
    qtbot: QtBot, session: TrainingSession, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_engine: Engine, _seconds: float) -> None:
        raise MemoryError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(Engine, "advance", fail)
        with qtbot.waitSignal(session.failed):
            session.train()
    assert "no room" in heard.failed[0]
    assert heard.training == [True, False]
    assert settle(qtbot, session, lambda: session.train(until=20)).iteration == 20


def test_snapshots_that_are_shown_cannot_be_written(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    session.observe(VIEW)
    settle(qtbot, session, lambda: session.train(until=3_000))
    for snapshot in heard.updated:
        assert not any(array.flags.writeable for array in arrays(snapshot))


def test_it_closes_in_mid_training(qtbot: QtBot, document: Document, open_session: Opener) -> None:
    session = open_session(document)
    heard = Heard(session)
    session.observe(VIEW)
    session.train()
    iterate(qtbot, heard)
    session.close()
    assert not worker_threads()
    assert not active_timers(session)

    said = len(heard.updated)
    document.push(ClearPoints())
    session.close()
    session.train()
    session.observe(VIEW)
    assert not active_timers(session)
    with qtbot.assertNotEmitted(session.updated, wait=50):
        pass
    assert len(heard.updated) == said


def test_whoever_is_told_may_close(qtbot: QtBot, document: Document, open_session: Opener) -> None:
    session = open_session(document)
    heard = Heard(session)
    session.updated.connect(lambda _snapshot: session.close())
    qtbot.waitUntil(lambda: bool(heard.updated))
    assert heard.settled == []
    assert not worker_threads()


def test_fifty_sessions_leave_nothing(document: Document) -> None:
    for _ in range(50):
        session = TrainingSession(document)
        session.train()
        session.close()
        assert not active_timers(session)
    assert not worker_threads()


def test_without_points_it_opens_too(qtbot: QtBot, open_session: Opener) -> None:
    session = open_session(Document(EMPTY))
    snapshot = settle(qtbot, session, lambda: session.observe(VIEW))
    assert (snapshot.status, snapshot.cost) == (Status.READY, None)
    assert snapshot.boundary is not None
