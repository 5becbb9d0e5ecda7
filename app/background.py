"""Work that would hold the window up: reading and writing files, one after the other."""

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

    Each has a thread, which waits for the job before: of two that write the same file, the later
    one has the last word. A job that is under way when the window closes is waited for: what was
    saved is saved.

    Signals
    -------
    complained(str)
        A job could not be done; the sentence says why.
    """

    complained = Signal(object)
    _returned = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._last: threading.Thread | None = None
        self._returned.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._last is not None and self._last.is_alive()

    def run(self, work: Callable[[], Result], then: Callable[[Result], None]) -> None:
        """Do ``work`` on a thread, then ``then`` with its result on the thread of the window."""
        before = self._last

        def job() -> None:
            if before:
                before.join()
            try:
                result = work()
            except UserError as error:
                sentence = str(error)
                self._returned.emit(lambda: self.complained.emit(sentence))
            except Exception as fault:  # noqa: BLE001  (raised again where faults are shown)
                self._returned.emit(_raiser(fault))
            else:
                self._returned.emit(lambda: then(result))

        self._last = threading.Thread(target=job, name="planar-files", daemon=True)
        self._last.start()

    def close(self) -> None:
        """Wait for what is under way; its results are dropped."""
        self._returned.disconnect(self._call)
        if self._last:
            self._last.join()

    def _call(self, function: Callable[[], None]) -> None:
        function()


def _raiser(fault: Exception) -> Callable[[], None]:
    def throw() -> None:
        raise fault

    return throw
