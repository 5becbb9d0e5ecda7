"""The worker when more is asked of it than it can do at once."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.document.state import Preset, State
from app.training import engine as engine_module
from app.training import worker as worker_module
from app.training.engine import Engine
from app.training.mailbox import Failure
from app.training.snapshot import Snapshot
from app.training.worker import PICTURE_SHARE, Worker
from tests.app.training.letters import Letters, settle
from tests.app.training.settings import FLOWER, Clock
from tests.patience import PATIENCE


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


def _wait_for(_engine: Engine, gate: threading.Event) -> None:
    gate.wait(PATIENCE)


def test_of_points_that_follow_each_other_the_last_are_trained_on(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, handed_over = threading.Event(), list[int]()
    usual = Engine.set_points

    def count(engine: Engine, state: State) -> None:
        handed_over.append(len(state.points))
        usual(engine, state)

    monkeypatch.setattr(Engine, "set_points", count)
    worker.post(Engine.start_run, 1, FLOWER, train=False)
    worker.post(_wait_for, gate)
    for m in (5, 6, 7):
        posted = worker.post(
            Engine.set_points, replace(FLOWER, points=Preset("moons", m).generate())
        )
    worker.post(Engine.step)
    gate.set()
    settle(worker)
    assert handed_over == [7]
    assert posted == 5


def test_pictures_take_no_more_than_their_share(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, pictures, done = Clock(), list[float](), threading.Event()
    end, usual, put = clock.now + 100, Engine.snapshot, worker.mailbox.put

    def advance(engine: Engine, _seconds: float) -> None:
        clock.now += 0.01
        if clock.now > end:
            engine.pause()
            done.set()

    def paint_slowly(engine: Engine, sequence: int) -> Snapshot:
        clock.now += 1
        pictures.append(clock.now)
        return usual(engine, sequence)

    def put_and_ask(content: Snapshot | Failure) -> None:
        put(content)
        worker.mailbox.take()

    for module in (worker_module, engine_module):
        monkeypatch.setattr(module, "perf_counter", clock)
    monkeypatch.setattr(Engine, "advance", advance)
    monkeypatch.setattr(Engine, "snapshot", paint_slowly)
    worker.mailbox.__dict__["put"] = put_and_ask
    worker.mailbox.ask()
    worker.post(Engine.start_run, 1, FLOWER, train=True)
    assert done.wait(PATIENCE)
    assert len(pictures) == pytest.approx(100 * PICTURE_SHARE, abs=2)


def test_stopping_passes_over_what_still_waits(worker: Worker) -> None:
    gate, begun, taken = threading.Event(), threading.Event(), list[str]()

    def work_until_it_is_to_stop(_engine: Engine) -> None:
        begun.set()
        deadline = time.monotonic() + PATIENCE
        while not worker._stopping and time.monotonic() < deadline:
            threading.Event().wait(0.001)

    worker.post(_wait_for, gate)
    worker.post(work_until_it_is_to_stop)
    worker.post(lambda _engine: taken.append("late"))
    gate.set()  # both wait for the same turn
    assert begun.wait(PATIENCE)
    worker.stop()
    assert taken == []


def test_commands_that_never_end_do_not_keep_the_training_away(worker: Worker) -> None:
    letters = Letters(worker.mailbox)

    def again(_engine: Engine) -> None:
        worker.post(again)

    worker.post(Engine.start_run, 1, FLOWER, train=True)
    worker.post(again)
    worker.mailbox.ask()
    while letters.snapshot().iteration < 10:
        pass
