"""The worker thread: commands in, slices of training, snapshots out.

It is a plain daemon thread and knows no Qt: a ``QThread`` that still runs when the program ends
aborts the process, a daemon thread that is told to stop and joined never did in 1,500 trials.
Commands wait in a deque and are applied between two slices, so nothing is ever locked while
NumPy computes, and no array is shared that somebody still writes.
"""

from __future__ import annotations

import threading
from collections import deque
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from app.training.engine import Engine
from app.training.mailbox import Failure, Mailbox

if TYPE_CHECKING:
    from collections.abc import Callable

SLICE = 0.002  # seconds; longer ones make the pictures stutter, shorter ones cost speed
# Pictures may take this share of the time: large networks get fewer frames, not less training.
PICTURE_SHARE = 0.15

P = ParamSpec("P")


class Worker:
    """Runs an `Engine` on a thread of its own."""

    def __init__(self) -> None:
        self._engine = Engine()
        self._commands: deque[partial[None]] = deque()
        self._wake = threading.Event()
        self._stopping = False
        self._posted = 0
        self._taken = 0
        self._stale = False
        self._next_picture = 0.0
        self.mailbox = Mailbox(self._wake.set)
        self._thread = threading.Thread(target=self._work, name="planar-training", daemon=True)
        self._thread.start()

    def post(
        self, command: Callable[Concatenate[Engine, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> int:
        """Ask the engine for something; returns how many commands were posted so far."""
        self._commands.append(partial(command, self._engine, *args, **kwargs))
        self._posted += 1
        self._wake.set()
        return self._posted

    def stop(self) -> None:
        """End the thread and wait for it: at most one command, one slice or one picture."""
        self._stopping = True
        self._wake.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                self._turn()
            except Exception as error:  # noqa: BLE001  (told to the person; the thread lives on)
                self._engine.pause()
                self._stale = False
                self.mailbox.put(Failure(_sentence(error)))
            if self._idle():
                self._wake.wait()

    def _idle(self) -> bool:
        """Whether nothing is left to do; asked after the wake-up call was cleared.

        `stop` may have called just before that, so its flag counts here too.
        """
        busy = self._stopping or self._engine.training or self._commands
        return not (busy or self._owes_snapshot())

    def _turn(self) -> None:
        # Those that come meanwhile wait for the next turn: a hand that draws among a million
        # points is faster than the points are handed over, and nothing would ever be trained.
        for _ in range(len(self._commands)):
            if self._stopping:
                return
            command = self._commands.popleft()
            self._taken += 1
            self._stale = True
            if not self._superseded(command):
                command()
        if self._engine.training and not self._stopping:
            self._engine.advance(SLICE)
            self._stale = True
        if self._owes_snapshot() and not self._stopping:
            self._publish()

    def _superseded(self, command: partial[None]) -> bool:
        """Whether other points follow at once: of a million, each set takes 50 ms to hand over."""
        follow = bool(self._commands) and self._commands[0].func == Engine.set_points
        return follow and command.func == Engine.set_points

    def _owes_snapshot(self) -> bool:
        if not (self._stale and self.mailbox.wanted and self._engine.begun):
            return False
        return not self._engine.training or perf_counter() >= self._next_picture

    def _publish(self) -> None:
        start = perf_counter()
        self._stale = False
        self.mailbox.put(self._engine.snapshot(self._taken))
        # Figures keep to a share of their own.
        spent = perf_counter() - start - self._engine.measuring
        self._next_picture = start + spent / PICTURE_SHARE


def _sentence(error: Exception) -> str:
    cause = str(error).rstrip(".") or type(error).__name__
    return f"Training stopped: {cause}. The points and the weights are kept."
