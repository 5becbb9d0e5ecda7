"""Waiting for a worker thread without sleeping: what it puts into its mailbox, what it takes."""

import threading

from app.training.mailbox import Failure, Mailbox
from app.training.snapshot import Snapshot
from app.training.worker import Worker
from tests.patience import PATIENCE


class Letters:
    """Knows when something is put into a mailbox; made before the mailbox is used."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox, self._arrived = mailbox, threading.Event()
        self._put = mailbox.put
        mailbox.__dict__["put"] = self._note

    def _note(self, content: Snapshot | Failure) -> None:
        self._put(content)
        self._arrived.set()

    def wait(self) -> None:
        """Wait until something was put since the last time."""
        assert self._arrived.wait(PATIENCE), "the worker put nothing into the mailbox"
        self._arrived.clear()

    def next(self) -> Snapshot | Failure:
        """Take out what comes; asks for the following one."""
        content = None
        while content is None:
            self.wait()
            content = self._mailbox.take()
        return content

    def snapshot(self, sequence: int = 0) -> Snapshot:
        """Take out letters up to a snapshot that knows so many commands."""
        while True:
            content = self.next()
            assert isinstance(content, Snapshot), content
            if content.sequence >= sequence:
                return content


def settle(worker: Worker) -> None:
    """Wait until all commands so far were taken."""
    done = threading.Event()
    worker.post(lambda _engine: done.set())
    assert done.wait(PATIENCE), "the worker does not take commands"
