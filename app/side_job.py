"""Work of a few frames that must not hold the window up: one thread for each, one at a time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

LOOK_AFTER = 4  # milliseconds


class SideJob(QObject, Generic[Result]):
    """Runs a job on a thread that ends with it: nothing is left to be stopped or closed.

    The window looks for the result by a timer, for a signal could reach an object that is gone.

    Signals
    -------
    finished()
        A result may be taken.
    """

    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._results: list[Result] = []
        self._failures: list[Exception] = []
        precise = Qt.TimerType.PreciseTimer
        self._timer = QTimer(self, interval=LOOK_AFTER, timerType=precise)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether a job is under way or its result was not taken."""
        return self._thread is not None

    def start(self, work: Callable[[], Result]) -> None:
        """Do ``work`` on a thread; there must be no other."""
        results: list[Result] = []
        failures: list[Exception] = []

        def run() -> None:
            try:
                results.append(work())
            except Exception as error:  # noqa: BLE001  (raised where the result is taken)
                failures.append(error)

        self._results, self._failures = results, failures
        self._thread = threading.Thread(target=run, name="planar-points", daemon=True)
        self._thread.start()
        self._timer.start()

    def take(self) -> Result | None:
        """Wait for the job to end and return its result; None if there was none.

        What the job raised is raised here, on the thread of the window, which tells the person.
        """
        if self._thread:
            self._thread.join()
        results, failures = self._results, self._failures
        self.drop()
        if failures:
            raise failures.pop()
        return results.pop() if results else None

    def drop(self) -> None:
        """Want the result no longer: the thread ends by itself, and unheard."""
        self._thread, self._results, self._failures = None, [], []
        self._timer.stop()

    def _look(self) -> None:
        if self._thread and not self._thread.is_alive():
            self._timer.stop()
            self.finished.emit()
