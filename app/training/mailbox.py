"""One slot between two threads: only the latest word counts."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.training.snapshot import Snapshot


@dataclass(frozen=True)
class Failure:
    """An error that the worker met, as a sentence for the person."""

    sentence: str


class Mailbox:
    """Hold at most one snapshot or failure; the reader asks, the writer answers.

    The writer looks at `wanted` between two slices of training, so a window that is slow, hidden
    or closed costs the training nothing.

    Parameters
    ----------
    asked : callable
        Called when the reader wants a snapshot, to wake a sleeping writer.
    """

    def __init__(self, asked: Callable[[], None]) -> None:
        self._asked = asked
        self._lock = threading.Lock()
        self._content: Snapshot | Failure | None = None
        self.wanted = False

    def put(self, content: Snapshot | Failure) -> None:
        """Leave something, in place of what was not read."""
        with self._lock:
            self._content = content
            self.wanted = False

    def ask(self) -> None:
        """Ask for the next, unless something lies there unread."""
        with self._lock:
            self.wanted = self._content is None
        self._asked()

    def take(self) -> Snapshot | Failure | None:
        """Take out what is there, or None; either way ask for the next."""
        with self._lock:
            content, self._content = self._content, None
            self.wanted = True
        self._asked()
        return content
