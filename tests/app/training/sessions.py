"""What the tests of the session share: what it says, and waiting for it."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.document.points import Points
from app.training.session import TrainingSession
from app.training.snapshot import Snapshot
from nncore import accuracy

Opener = Callable[[Document], TrainingSession]


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


def worker_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "planar-training"]


def active_timers(session: TrainingSession) -> list[QTimer]:
    return [timer for timer in session.findChildren(QTimer) if timer.isActive()]


def settle(qtbot: QtBot, session: TrainingSession, act: Callable[[], None]) -> Snapshot:
    """Act, and wait until the session rests and has shown all."""
    with qtbot.waitSignal(session.settled) as signal:
        act()
    assert signal.args is not None
    snapshot = signal.args[0]
    assert isinstance(snapshot, Snapshot)
    return snapshot


def accuracy_on(snapshot: Snapshot, points: Points) -> float:
    return accuracy(points.X, points.labels, snapshot.parameters, snapshot.network)


def iterate(qtbot: QtBot, heard: Heard, more: int = 1) -> int:
    """Wait until it has trained on; returns the iteration."""
    wanted = (heard.last.iteration if heard.updated else 0) + more
    qtbot.waitUntil(lambda: bool(heard.updated) and heard.last.iteration >= wanted)
    return heard.last.iteration
