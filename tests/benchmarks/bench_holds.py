"""The longest time for which an edit of very many points keeps events from the window.

A timer that is due every millisecond notes how late it comes: as late as a mouse event would be,
and how much of that the thread of the window has worked itself, which a busy machine changes less.
Every figure is the median of some rounds, each the longest hold from the event to the frame that
shows what it did: "on the clock (its own work)". Run it with ``make bench``; with the argument
``training`` the network learns meanwhile.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from statistics import median
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.launch import SWITCH_INTERVAL
from tests.benchmarks.bench_canvas import (
    LEFT,
    MIDDLE,
    MILLION,
    NO_MODIFIER,
    opened,
    scattered,
    wait,
    wait_until,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.main_window import MainWindow
    from app.views.canvas.canvas import Canvas

ROUNDS = 3
REST = 0.06  # seconds after an edit in which what follows it is still counted
Key = Qt.Key
EDITS = ("recolor", "mirror", "flip", "rotate", "duplicate", "toggle_test", "delete", "add_noise")


class Probe:
    """Notes how late a timer comes that is due every millisecond."""

    def __init__(self) -> None:
        self._late: list[tuple[float, float]] = []
        self._timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)

    def longest(self, do: Callable[[], object], settled: Callable[[], bool]) -> tuple[float, float]:
        """Milliseconds that an event would have waited at most, and the most work in a turn."""
        self._late.clear()
        self._last = perf_counter(), thread_time()
        self._timer.start()
        do()
        wait(REST)
        wait_until(settled)
        wait(REST)
        self._timer.stop()
        clock, work = (max(column) for column in zip(*self._late, strict=True))
        return clock - 1, work

    def _note(self) -> None:
        now = perf_counter(), thread_time()
        clock, work = (1000 * (b - a) for a, b in zip(self._last, now, strict=True))
        self._late.append((clock, work))
        self._last = now


def dragged(canvas: Canvas, *places: QPoint) -> None:
    """Press, move and release, an event at a time as a hand does."""
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, places[0])
    QApplication.processEvents()
    for _, place in pairwise(places):
        QTest.mouseMove(canvas.viewport(), place)
        QApplication.processEvents()
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_MODIFIER, places[-1])


def ring(canvas: Canvas, radius: int) -> list[QPoint]:
    center = canvas.position(0, 0).toPoint()
    angles = np.linspace(0, 2 * np.pi, 120)
    turns = zip(np.cos(angles).tolist(), np.sin(angles).tolist(), strict=True)
    return [center + QPoint(round(radius * x), round(radius * y)) for x, y in turns]


def strokes(window: MainWindow) -> dict[str, Callable[[], None]]:
    """What hands do that takes in very many points."""
    canvas, bench = window.center.canvas, window.workbench
    center = canvas.position(0, 0).toPoint()

    def stroke(tool: str, *places: QPoint) -> Callable[[], None]:
        def do() -> None:
            bench.use(tool)
            QApplication.processEvents()
            dragged(canvas, *places)

        return do

    def pan() -> None:
        QTest.mousePress(canvas.viewport(), MIDDLE, NO_MODIFIER, center)
        for angle in np.linspace(0, 2 * np.pi, 60):
            around = QPoint(round(80 * np.sin(angle)), round(40 * np.sin(angle)))
            QTest.mouseMove(canvas.viewport(), center + around)
            wait(0.008)
        QTest.mouseRelease(canvas.viewport(), MIDDLE, NO_MODIFIER, center)

    corner = QPoint(150, 150)
    return {
        "pan": pan,
        "erase": stroke("erase", *(center + QPoint(5 * step, 0) for step in range(-20, 21))),
        "rectangle": stroke("rectangle", center - corner, center, center + corner),
        "lasso": stroke("lasso", *ring(canvas, 150)),
    }


class Rounds:
    """Measures what is done in a window, and undoing and redoing it."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._probe = window, Probe()
        self._canvas, self._act = window.center.canvas, window.actions_by_name

    def report(
        self, name: str, do: Callable[[], object], before: Callable[[], object] | None = None
    ) -> None:
        """Print the figures of an edit, which ``before`` chooses the points for."""
        found: dict[str, list[tuple[float, float]]] = {}
        for _ in range(ROUNDS):
            self._canvas.selection.clear()
            if before:
                before()
            wait(REST)
            wait_until(self._settled)
            step = self._window.document.undo_name
            found.setdefault(name, []).append(self._probe.longest(do, self._settled))
            if self._window.document.undo_name != step:
                for turn in ("undo", "redo", "undo"):
                    longest = self._probe.longest(self._act[turn].trigger, self._settled)
                    found.setdefault(turn, []).append(longest)
        for what, times in found.items():
            clock, work = (median(column) for column in zip(*times, strict=True))
            print(f"  {what} {clock:.1f} ({work:.1f})", end="", flush=True)
        print()

    def _settled(self) -> bool:
        return self._canvas.painted and self._window.document.pending is None


def report(window: MainWindow) -> None:
    canvas, act, rounds = window.center.canvas, window.actions_by_name, Rounds(window)
    choose_all, half = act["select_all"].trigger, strokes(window)["rectangle"]
    for name, do in strokes(window).items():
        rounds.report(name, do)
    rounds.report("select all", choose_all)
    rounds.report("move", lambda: move(canvas), choose_all)
    rounds.report("nudge", lambda: QTest.keyClick(canvas, Key.Key_Left), choose_all)
    for name in EDITS:
        rounds.report(name.replace("_", " "), act[name].trigger, choose_all)
    for name in ("rotate", "delete", "recolor"):
        rounds.report(f"{name} a part", act[name].trigger, half)
    rounds.report("move a part", lambda: move(canvas), half)


def move(canvas: Canvas) -> None:
    center = canvas.position(0, 0).toPoint()
    dragged(canvas, center, center + QPoint(20, 10), center + QPoint(40, 10))


def main() -> None:
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = QApplication([])
    training = "training" in sys.argv
    for m in (100_000, MILLION):
        what = "training" if training else "at rest"
        print(f"longest hold with {m:,} points, {what}, {application.platformName()}: ms")
        window = opened(scattered(m))
        if training:
            window.session.train()
            wait(1.0)
        report(window)
        window.close()


if __name__ == "__main__":
    main()
