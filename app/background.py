"""Work that would hold the window up: reading and writing files, on a thread for each job."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


class Background(QObject):
    """Runs jobs beside the window and brings their results back to its thread.

    A job that is under way when the window closes is waited for: what was saved is saved.

    Signals
    -------
    complained(str)
        A job could not be done; the sentence says why.
    """

    complained = Signal(object)
    _returned = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._threads: list[threading.Thread] = []
        self._returned.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return any(thread.is_alive() for thread in self._threads)

    def run(self, work: Callable[[], Result], then: Callable[[Result], None]) -> None:
        """Do ``work`` on a thread, then ``then`` with its result on the thread of the window."""

        def job() -> None:
            try:
                result = work()
            except UserError as error:
                sentence = str(error)
                self._returned.emit(lambda: self.complained.emit(sentence))
            except Exception as fault:  # noqa: BLE001  (raised again where faults are shown)
                self._returned.emit(_raiser(fault))
            else:
                self._returned.emit(lambda: then(result))

        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self._threads.append(threading.Thread(target=job, name="planar-files", daemon=True))
        self._threads[-1].start()

    def close(self) -> None:
        """Wait for what is under way; its results are dropped."""
        self._returned.disconnect(self._call)
        for thread in self._threads:
            thread.join()

    def _call(self, function: Callable[[], None]) -> None:
        function()


def _raiser(fault: Exception) -> Callable[[], None]:
    def throw() -> None:
        raise fault

    return throw
