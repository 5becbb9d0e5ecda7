"""A job beside the window: its result comes, nothing of it stays."""

import threading
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from app.side_job import SideJob


@pytest.fixture
def job(qtbot: QtBot) -> SideJob[str]:
    return SideJob()


def test_the_result_comes_from_another_thread(qtbot: QtBot, job: SideJob[str]) -> None:
    with qtbot.waitSignal(job.finished):
        job.start(lambda: threading.current_thread().name)
    assert [job.take(), job.take()] == ["planar-points", None]


def test_who_cannot_wait_takes_the_result_when_it_is_there(job: SideJob[str]) -> None:
    gate = threading.Event()
    job.start(lambda: "late" if gate.wait() else "never")
    assert job.busy
    gate.set()
    assert job.take() == "late"


def test_one_job_follows_another(qtbot: QtBot, job: SideJob[str]) -> None:
    for word in ("first", "second"):
        with qtbot.waitSignal(job.finished):
            job.start(partial(str, word))
        assert job.take() == word


def test_what_a_job_raises_is_raised_where_its_result_is_taken_and_the_next_one_runs(
    qtbot: QtBot, job: SideJob[str]
) -> None:
    def fail() -> str:
        raise ValueError("no")

    with qtbot.waitSignal(job.finished):
        job.start(fail)
    with pytest.raises(ValueError, match="no"):
        job.take()
    with qtbot.waitSignal(job.finished):
        job.start(lambda: "again")
    assert job.take() == "again"
