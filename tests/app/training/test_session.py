"""The session with a real document, worker and event loop: the door that the window uses."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Concatenate, ParamSpec

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.document.commands import (
    AddPoints,
    ChangeNetwork,
    ChangeTraining,
    ClearPoints,
    ReplacePoints,
)
from app.document.document import Document
from app.document.points import Points
from app.training import session as session_module
from app.training.engine import NO_POINTS, Engine
from app.training.mailbox import Failure, Mailbox
from app.training.session import TrainingSession
from app.training.snapshot import Snapshot, Status
from app.training.worker import Worker
from nncore import SEED_RANGE, Parameters, TrainingConfig, accuracy
from tests.app.training.patience import PATIENCE
from tests.app.training.settings import DIVERGING, EMPTY, FLOWER, PAIR, SWAPPED, VIEW, arrays

P = ParamSpec("P")
Opener = Callable[[Document], TrainingSession]
TIMEOUT = int(PATIENCE * 1000)


class Heard:
    """All that a session says, in order."""

    def __init__(self, session: TrainingSession) -> None:
        self.updated: list[Snapshot] = []
        self.settled: list[Snapshot] = []
        self.runs: list[str] = []
        self.training: list[bool] = []
        self.failed: list[str] = []
        session.updated.connect(self.updated.append)
        session.settled.connect(self.settled.append)
        session.run_started.connect(self.runs.append)
        session.training_changed.connect(self.training.append)
        session.failed.connect(self.failed.append)

    @property
    def last(self) -> Snapshot:
        return self.updated[-1]


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(FLOWER)


@pytest.fixture
def open_session(qapp: object) -> Iterator[Opener]:
    """Opens sessions, and closes them in the end."""
    opened: list[TrainingSession] = []

    def open_one(document: Document) -> TrainingSession:
        opened.append(TrainingSession(document, frames_per_second=100))
        return opened[-1]

    yield open_one
    for session in opened:
        session.close()
        assert not _timers(session)
    assert not _threads()


@pytest.fixture
def session(document: Document, open_session: Opener) -> TrainingSession:
    return open_session(document)


@pytest.fixture
def heard(session: TrainingSession) -> Heard:
    return Heard(session)


def _threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "planar-training"]


def _timers(session: TrainingSession) -> list[QTimer]:
    return [timer for timer in session.findChildren(QTimer) if timer.isActive()]


def _settle(qtbot: QtBot, session: TrainingSession, act: Callable[[], None]) -> Snapshot:
    """Act, and wait until the session rests and has shown all."""
    with qtbot.waitSignal(session.settled, timeout=TIMEOUT) as signal:
        act()
    assert signal.args is not None
    snapshot = signal.args[0]
    assert isinstance(snapshot, Snapshot)
    return snapshot


def _until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=TIMEOUT)


def _accuracy(snapshot: Snapshot, points: Points) -> float:
    return accuracy(points.X, points.labels, snapshot.parameters, snapshot.network)


def _iterate(qtbot: QtBot, heard: Heard, more: int = 1) -> int:
    """Wait until it has trained on; returns the iteration."""
    wanted = (heard.last.iteration if heard.updated else 0) + more
    _until(qtbot, lambda: bool(heard.updated) and heard.last.iteration >= wanted)
    return heard.last.iteration


def test_it_shows_the_initial_weights_and_rests(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    snapshot = _settle(qtbot, session, lambda: session.observe(VIEW))
    assert snapshot is session.snapshot
    assert (snapshot.status, snapshot.iteration) == (Status.READY, 0)
    assert snapshot.boundary is not None
    assert not session.training
    assert not _timers(session)
    assert heard.training == []


def test_training_shows_ever_newer_snapshots(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    session.train()
    assert session.training
    _until(qtbot, lambda: len(heard.updated) >= 5)
    iterations = [snapshot.iteration for snapshot in heard.updated]
    assert iterations == sorted(iterations)
    assert iterations[-1] > 0
    assert heard.training == [True]
    assert heard.settled == []
    snapshot = _settle(qtbot, session, session.pause)
    assert snapshot.status is Status.PAUSED
    assert heard.training == [True, False]
    assert not _timers(session)


def test_settled_comes_once_with_the_finished_work(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    snapshot = _settle(qtbot, session, lambda: session.train(until=2_000))
    assert (snapshot.iteration, snapshot.status) == (2_000, Status.FINISHED)
    assert heard.settled == [snapshot]
    assert heard.updated[-1] is snapshot
    assert heard.training == [True, False]
    assert not _timers(session)
    again = _settle(qtbot, session, session.step)
    assert again.iteration == 2_001
    assert heard.settled == [snapshot, again]


def test_many_wishes_are_settled_once(qtbot: QtBot, session: TrainingSession, heard: Heard) -> None:
    def wish() -> None:
        for _ in range(20):
            session.step()
            session.observe(VIEW)

    assert _settle(qtbot, session, wish).iteration == 20
    assert len(heard.settled) == 1


def test_toggle(qtbot: QtBot, session: TrainingSession, heard: Heard) -> None:
    session.toggle()
    _iterate(qtbot, heard)
    snapshot = _settle(qtbot, session, session.toggle)
    assert snapshot.iteration > 0
    assert heard.training == [True, False]


def test_whoever_is_told_may_ask_for_more(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    def go_on(snapshot: Snapshot) -> None:
        if snapshot.status is Status.FINISHED and snapshot.iteration < 30:
            session.train(until=snapshot.iteration + 10)

    session.updated.connect(go_on)
    assert _settle(qtbot, session, lambda: session.train(until=10)).iteration == 30
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
    _settle(qtbot, session, lambda: session.observe(VIEW))
    for number in range(1, 4):
        assert _settle(qtbot, session, session.step).iteration == number


def test_a_snapshot_of_an_earlier_run_is_dropped(
    qtbot: QtBot,
    document: Document,
    open_session: Opener,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arrived, put = threading.Event(), Mailbox.put

    def put_and_tell(mailbox: Mailbox, content: Snapshot | Failure) -> None:
        put(mailbox, content)
        arrived.set()

    monkeypatch.setattr(Mailbox, "put", put_and_tell)
    session = open_session(document)
    heard = Heard(session)
    session.train()
    _iterate(qtbot, heard)
    arrived.clear()
    with qtbot.waitSignal(session.updated, timeout=TIMEOUT):
        pass
    assert arrived.wait(PATIENCE)  # it lies there unread
    seen = len(heard.updated)
    snapshot = _settle(qtbot, session, session.reset)
    assert snapshot.run == 2
    assert {one.run for one in heard.updated[seen:]} == {2}


def test_what_is_shown_always_fits_the_document(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    misfits: list[Snapshot] = []

    def compare(snapshot: Snapshot) -> None:
        if snapshot.network != document.state.network_config():
            misfits.append(snapshot)

    session.updated.connect(compare)
    session.observe(VIEW)
    session.train()
    _iterate(qtbot, heard)
    for units in (1, 7, 2, 30, 3):
        document.push(ChangeNetwork(replace(document.state.network, hidden_units=(units,) * 2)))
        _until(qtbot, lambda: heard.last.network == document.state.network_config())
    document.push(AddPoints(Points.of([[0.0], [9.0]], [3])))
    _until(qtbot, lambda: heard.last.network.n_y == 4)
    document.undo()
    _until(qtbot, lambda: heard.last.network.n_y == 1)
    assert misfits == []
    assert session.training


def test_another_network_is_a_new_run_that_trains_on(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    session.train()
    _iterate(qtbot, heard, 500)
    first = heard.last.run
    document.push(ChangeNetwork(replace(FLOWER.network, hidden_units=(3, 5))))
    assert len(heard.runs) == 1
    assert "2 – 3 – 5 – 1" in heard.runs[0]
    _until(qtbot, lambda: heard.last.run > first and heard.last.iteration > 100)
    assert session.training
    assert heard.last.network.layer_dims == (2, 3, 5, 1)
    assert heard.training == [True]


def test_another_network_of_a_run_that_rests_rests(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    _settle(qtbot, session, lambda: session.train(until=50))
    change = ChangeNetwork(replace(FLOWER.network, activation="relu"))
    snapshot = _settle(qtbot, session, lambda: document.push(change))
    assert (snapshot.iteration, snapshot.status) == (0, Status.READY)
    assert not session.training


def test_a_third_class_is_a_new_run_with_softmax(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    _settle(qtbot, session, lambda: session.train(until=50))
    third = AddPoints(Points.of([[0.0], [3.0]], [2]))
    snapshot = _settle(qtbot, session, lambda: document.push(third))
    assert snapshot.network.output == "softmax"
    assert snapshot.iteration == 0
    assert "softmax output for 3 classes" in heard.runs[-1]
    back = _settle(qtbot, session, document.undo)
    assert back.network.output == "sigmoid"
    assert back.run > snapshot.run


def test_points_drawn_while_it_trains_reach_the_trainer(qtbot: QtBot, open_session: Opener) -> None:
    document = Document(PAIR)
    session = open_session(document)
    heard = Heard(session)
    session.train()
    _until(qtbot, lambda: bool(heard.updated) and heard.last.accuracy == 1.0)
    run, before = heard.last.run, heard.last.iteration
    assert _accuracy(heard.last, SWAPPED.points) == 0.0
    document.push(ReplacePoints(SWAPPED.points))
    _until(qtbot, lambda: _accuracy(heard.last, SWAPPED.points) == 1.0)
    assert heard.last.iteration > before
    assert {one.run for one in heard.updated} == {run}
    iterations = [one.iteration for one in heard.updated]
    assert iterations == sorted(iterations)
    assert heard.runs == []


def test_a_stroke_of_points_never_interrupts(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    session.train()
    _iterate(qtbot, heard)
    for number in range(30):
        one = Points.of([[number / 10], [1.0]], [number % 2])
        document.push(AddPoints(one), stroke="s")
    _iterate(qtbot, heard, 200)
    document.undo()
    _iterate(qtbot, heard, 200)
    assert heard.training == [True]
    iterations = [one.iteration for one in heard.updated]
    assert iterations == sorted(iterations)
    assert len({one.run for one in heard.updated}) == 1


def test_no_points_stop_it_with_a_sentence(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    session.train()
    _iterate(qtbot, heard)
    bare = _settle(qtbot, session, lambda: document.push(ClearPoints()))
    assert (bare.status, bare.reason) == (Status.PAUSED, NO_POINTS)
    assert not session.training
    again = _settle(qtbot, session, session.train)
    assert again.reason == NO_POINTS
    assert not session.training
    drawn = _settle(qtbot, session, document.undo)
    assert drawn.reason == ""
    assert drawn.iteration == bare.iteration


def test_the_learning_rate_never_resets(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    before = _settle(qtbot, session, lambda: session.train(until=500))
    change = ChangeTraining(TrainingConfig(learning_rate=0.01))
    after = _settle(qtbot, session, lambda: document.push(change))
    assert (after.run, after.iteration) == (before.run, 500)
    assert after.parameters.vector.tobytes() == before.parameters.vector.tobytes()

    session.train()
    _iterate(qtbot, heard)
    for rate in (0.02, 0.5, 3.0):
        document.push(ChangeTraining(TrainingConfig(learning_rate=rate)))
        _iterate(qtbot, heard)
    assert session.training
    assert {one.run for one in heard.updated} == {before.run}
    assert heard.runs == []


def test_reset_goes_back_to_the_first_weights_and_rests(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    first = _settle(qtbot, session, lambda: session.observe(VIEW))
    session.train()
    _iterate(qtbot, heard, 100)
    state = document.state
    snapshot = _settle(qtbot, session, session.reset)
    assert (snapshot.iteration, snapshot.status) == (0, Status.READY)
    assert snapshot.parameters.vector.tobytes() == first.parameters.vector.tobytes()
    assert snapshot.run > first.run
    assert heard.training == [True, False]
    assert document.state is state
    assert document.undo_name is None
    assert len(heard.runs) == 1


def test_new_weights_are_the_next_seed_and_can_be_undone(
    qtbot: QtBot, document: Document, session: TrainingSession
) -> None:
    first = _settle(qtbot, session, lambda: session.observe(VIEW))
    other = _settle(qtbot, session, session.new_weights)
    assert document.state.network.seed == FLOWER.network.seed + 1
    assert document.state.points is FLOWER.points
    assert not np.array_equal(other.parameters.vector, first.parameters.vector)
    assert document.undo_name == "draw new weights"
    back = _settle(qtbot, session, document.undo)
    assert back.parameters.vector.tobytes() == first.parameters.vector.tobytes()


def test_new_weights_never_run_out(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    last = replace(FLOWER.network, seed=int(SEED_RANGE.maximum))
    _settle(qtbot, session, lambda: document.push(ChangeNetwork(last)))
    _settle(qtbot, session, session.new_weights)
    assert document.state.network.seed == 0
    assert heard.failed == []


def test_saved_weights_are_restored(qtbot: QtBot, session: TrainingSession, heard: Heard) -> None:
    saved = _settle(qtbot, session, lambda: session.train(until=40))
    session.train()
    _iterate(qtbot, heard)
    restored = _settle(qtbot, session, lambda: session.restore(saved.parameters, 40))
    assert (restored.iteration, restored.status) == (40, Status.PAUSED)
    assert restored.parameters.vector.tobytes() == saved.parameters.vector.tobytes()
    assert heard.failed == []


def test_divergence_rests_with_a_sentence(qtbot: QtBot, open_session: Opener) -> None:
    session = open_session(Document(DIVERGING))
    heard = Heard(session)
    session.observe(VIEW)
    snapshot = _settle(qtbot, session, session.train)
    assert snapshot.status is Status.DIVERGED
    assert "learning rate" in snapshot.reason
    assert all(np.isfinite(array).all() for array in arrays(snapshot))
    assert heard.training == [True, False]
    assert heard.failed == []


def test_an_error_of_the_worker_is_told_and_training_can_go_on(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    session.train()
    _iterate(qtbot, heard)
    with qtbot.waitSignal(session.failed, timeout=TIMEOUT):
        session.restore(Parameters.zeros((2, 9, 1)), 3)
    assert len(heard.failed) == 1
    assert "another network" in heard.failed[0]
    assert not session.training
    assert not _timers(session)
    goal = heard.last.iteration + 100_000
    session.train()
    _iterate(qtbot, heard, 10)
    assert heard.last.iteration < goal
    assert _settle(qtbot, session, session.pause).status is Status.PAUSED
    assert len(heard.failed) == 1


def test_an_error_of_the_training_itself_is_told(
    qtbot: QtBot, session: TrainingSession, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_engine: Engine, _seconds: float) -> None:
        raise MemoryError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(Engine, "advance", fail)
        with qtbot.waitSignal(session.failed, timeout=TIMEOUT):
            session.train()
    assert "no room" in heard.failed[0]
    assert heard.training == [True, False]
    assert _settle(qtbot, session, lambda: session.train(until=20)).iteration == 20


def test_snapshots_that_are_shown_cannot_be_written(
    qtbot: QtBot, session: TrainingSession, heard: Heard
) -> None:
    session.observe(VIEW)
    _settle(qtbot, session, lambda: session.train(until=3_000))
    for snapshot in heard.updated:
        assert not any(array.flags.writeable for array in arrays(snapshot))


def test_it_closes_in_mid_training(qtbot: QtBot, document: Document, open_session: Opener) -> None:
    session = open_session(document)
    heard = Heard(session)
    session.observe(VIEW)
    session.train()
    _iterate(qtbot, heard)
    session.close()
    assert not _threads()
    assert not _timers(session)

    said = len(heard.updated)
    document.push(ClearPoints())
    session.close()
    session.train()
    session.observe(VIEW)
    assert not _timers(session)
    with qtbot.assertNotEmitted(session.updated, wait=50):
        pass
    assert len(heard.updated) == said


def test_whoever_is_told_may_close(qtbot: QtBot, document: Document, open_session: Opener) -> None:
    session = open_session(document)
    heard = Heard(session)
    session.updated.connect(lambda _snapshot: session.close())
    _until(qtbot, lambda: bool(heard.updated))
    assert heard.settled == []
    assert not _threads()


def test_fifty_sessions_leave_nothing(document: Document) -> None:
    for _ in range(50):
        session = TrainingSession(document)
        session.train()
        session.close()
        assert not _timers(session)
    assert not _threads()


def test_without_points_it_opens_too(qtbot: QtBot, open_session: Opener) -> None:
    session = open_session(Document(EMPTY))
    snapshot = _settle(qtbot, session, lambda: session.observe(VIEW))
    assert (snapshot.status, snapshot.cost) == (Status.READY, None)
    assert snapshot.boundary is not None
