"""The worker thread: takes commands in order, answers when asked, survives errors, ends."""

import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from app.document.state import Preset, State
from app.training import worker as worker_module
from app.training.engine import Engine
from app.training.mailbox import Failure
from app.training.snapshot import Snapshot, Status
from app.training.worker import Worker
from tests.app.training.letters import Letters, settle
from tests.app.training.settings import FLOWER, VIEW
from tests.patience import PATIENCE


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


@pytest.fixture
def letters(worker: Worker) -> Letters:
    return Letters(worker.mailbox)


def _threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "planar-training"]


def _observe(engine: Engine) -> None:
    engine.view = VIEW


def _break(_engine: Engine) -> None:
    raise RuntimeError("the disk is full")


def test_commands_are_taken_in_order(worker: Worker) -> None:
    taken: list[int] = []
    posted = [worker.post(lambda _engine, i: taken.append(i), i) for i in range(500)]
    settle(worker)
    assert taken == list(range(500))
    assert posted == list(range(1, 501))


def test_commands_run_on_the_thread(worker: Worker) -> None:
    names: list[str] = []
    worker.post(lambda _engine: names.append(threading.current_thread().name))
    settle(worker)
    assert names == ["planar-training"]
    assert all(thread.daemon for thread in _threads())


def test_a_snapshot_is_made_when_it_was_asked_for_alone(worker: Worker, letters: Letters) -> None:
    worker.post(Engine.start_run, 1, FLOWER, train=False)
    settle(worker)
    assert worker.mailbox.take() is None
    snapshot = letters.snapshot()
    assert (snapshot.run, snapshot.sequence) == (1, 2)
    settle(worker)
    assert letters.snapshot().sequence == 3


def test_nothing_new_is_not_told_again(worker: Worker, letters: Letters) -> None:
    worker.mailbox.ask()
    worker.post(Engine.start_run, 1, FLOWER, train=False)
    letters.snapshot()
    assert worker.mailbox.take() is None
    assert worker.mailbox.take() is None


def test_wishes_before_any_run_wait_for_it(worker: Worker, letters: Letters) -> None:
    worker.mailbox.ask()
    worker.post(_observe)
    worker.post(Engine.set_frames_per_second, 60)
    settle(worker)
    assert worker.mailbox.take() is None
    worker.post(Engine.start_run, 1, FLOWER, train=False)
    assert letters.snapshot().run == 1


def test_training_sends_one_snapshot_after_the_other(worker: Worker, letters: Letters) -> None:
    worker.post(_observe)
    worker.mailbox.ask()
    worker.post(Engine.start_run, 1, FLOWER, train=True)
    seen = [letters.snapshot(sequence=2) for _ in range(6)]
    iterations = [snapshot.iteration for snapshot in seen]
    assert iterations == sorted(iterations)
    assert iterations[-1] > iterations[0]
    assert all(snapshot.status is Status.TRAINING for snapshot in seen)
    assert all(snapshot.boundary and snapshot.maps for snapshot in seen)
    assert seen[-1].speed > 0


def test_the_last_snapshot_shows_the_end(worker: Worker, letters: Letters) -> None:
    worker.mailbox.ask()
    worker.post(Engine.start_run, 1, FLOWER, train=True, until=700)
    snapshot = letters.snapshot()
    while snapshot.training:
        snapshot = letters.snapshot()
    assert (snapshot.status, snapshot.iteration) == (Status.FINISHED, 700)


def test_a_command_that_fails_is_told_and_the_thread_lives_on(
    worker: Worker, letters: Letters
) -> None:
    worker.mailbox.ask()
    worker.post(Engine.start_run, 1, FLOWER, train=False)
    letters.snapshot()
    worker.post(_break)
    failure = letters.next()
    assert isinstance(failure, Failure)
    assert "the disk is full" in failure.sentence
    assert failure.sentence.endswith(".")

    sequence = worker.post(Engine.train, 300)
    snapshot = letters.snapshot(sequence)
    while snapshot.training:
        snapshot = letters.snapshot()
    assert snapshot.iteration == 300


def test_a_failure_while_it_trains_pauses_and_training_can_go_on(
    worker: Worker, letters: Letters
) -> None:
    worker.mailbox.ask()
    worker.post(Engine.start_run, 1, FLOWER, train=True)
    before = letters.snapshot()
    worker.post(_break)
    content: Snapshot | Failure = before
    while not isinstance(content, Failure):
        content = letters.next()
    there = letters.snapshot(worker.post(Engine.pause))
    assert there.status is Status.PAUSED
    worker.post(Engine.train)
    assert letters.snapshot(worker.post(_observe)).training
    settle(worker)
    assert letters.snapshot().iteration > there.iteration


def test_the_commands_behind_one_that_fails_are_taken(worker: Worker) -> None:
    taken: list[str] = []
    for _ in range(3):
        worker.post(_break)
        worker.post(lambda _engine: taken.append("next"))
    settle(worker)
    assert taken == ["next"] * 3


def test_an_unread_failure_is_not_covered_by_a_snapshot(worker: Worker, letters: Letters) -> None:
    worker.mailbox.ask()
    worker.post(Engine.start_run, 1, FLOWER, train=False)
    letters.snapshot()
    worker.post(_break)
    letters.wait()
    worker.mailbox.ask()
    worker.post(_observe)
    settle(worker)
    assert isinstance(worker.mailbox.take(), Failure)


def test_an_error_in_a_picture_is_told(
    worker: Worker, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.post(Engine.start_run, 1, FLOWER, train=True)
    with monkeypatch.context() as patch:
        patch.setattr(Engine, "snapshot", lambda *_: _break(Engine()))
        worker.mailbox.ask()
        assert isinstance(letters.next(), Failure)
        settle(worker)
        while not isinstance(letters.next(), Failure):
            pass
    worker.mailbox.ask()
    assert letters.snapshot(worker.post(Engine.pause)).run == 1


def _wait_for_a_run(_worker: Worker) -> None:
    pass


def _begin(worker: Worker) -> None:
    worker.post(Engine.start_run, 1, FLOWER, train=False)


def _finish(worker: Worker) -> None:
    worker.post(Engine.start_run, 1, FLOWER, train=True, until=50)


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("prepare", [_wait_for_a_run, _begin, _finish])
def test_it_uses_no_time_while_it_rests(
    worker: Worker, asked: bool, prepare: Callable[[Worker], None]
) -> None:
    if asked:
        worker.mailbox.ask()
    prepare(worker)
    used: list[float] = []
    for _ in range(3):
        worker.post(lambda _engine: used.append(time.thread_time()))
        settle(worker)
        # Nobody will set it: this is 0.2 seconds in which the worker has nothing to do, unless
        # in the first of them it still answers what was asked before.
        threading.Event().wait(0.2)
    assert used[2] - used[1] < 0.1


def test_it_ends_in_mid_training() -> None:
    worker = Worker()
    worker.post(_observe)
    worker.mailbox.ask()
    worker.post(Engine.start_run, 1, State(Preset(points=2000).generate()), train=True)
    settle(worker)
    worker.stop()
    assert not _threads()


@pytest.mark.parametrize("busy", [False, True])
def test_fifty_lives_leave_no_thread(busy: bool) -> None:
    for run in range(50):
        worker = Worker()
        worker.mailbox.ask()
        worker.post(Engine.start_run, run, FLOWER, train=busy)
        worker.stop()
        assert not _threads()


class _LateEvent(threading.Event):
    """Once held, its `clear` waits for a `set`, and then clears what was set."""

    def __init__(self) -> None:
        super().__init__()
        self.held = False
        self.entered, self.called = threading.Event(), threading.Event()

    def set(self) -> None:
        super().set()
        if self.held:
            self.called.set()

    def clear(self) -> None:
        if self.held:
            self.entered.set()
            self.called.wait(PATIENCE)
        super().clear()


def test_a_stop_at_the_worst_moment_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes after the loop looked whether to stop, and before the wake-up call is cleared."""
    event = _LateEvent()
    stand_in = SimpleNamespace(Event=lambda: event, Thread=threading.Thread)
    monkeypatch.setattr(worker_module, "threading", stand_in)
    worker = Worker()

    def once_more(_engine: Engine) -> None:
        event.set()
        event.held = True

    worker.post(once_more)
    assert event.entered.wait(PATIENCE)
    stopper = threading.Thread(target=worker.stop)
    stopper.start()
    stopper.join(PATIENCE)
    ended = not stopper.is_alive()
    event.set()
    stopper.join(PATIENCE)
    assert ended
