"""The longest time for which an edit of very many points keeps events from the window.

A timer that is due every millisecond notes how late it comes: as late as a mouse event would be.
Every figure is the median of some rounds, each the longest hold from the event to the frame that
shows what it did. Run it with ``make bench``; ``-- training`` trains meanwhile.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from statistics import median
from time import perf_counter
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
        self._late: list[float] = []
        self._timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)

    def longest(self, do: Callable[[], object], settled: Callable[[], bool]) -> float:
        """Milliseconds for which an event would have waited at most until all is done."""
        self._late.clear()
        self._last = perf_counter()
        self._timer.start()
        do()
        wait(REST)
        wait_until(settled)
        wait(REST)
        self._timer.stop()
        return max(self._late) - 1

    def _note(self) -> None:
        now = perf_counter()
        self._late.append(1000 * (now - self._last))
        self._last = now


def dragged(canvas: Canvas, *places: QPoint) -> None:
    """Press, move and release, an event at a time as a hand does."""
    QTest.mousePress(canvas.viewport(), LEFT, NO_MODIFIER, places[0])
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
    canvas, bench = window.centre.canvas, window.workbench
    center = canvas.position(0, 0).toPoint()

    def stroke(tool: str, *places: QPoint) -> Callable[[], None]:
        def do() -> None:
            bench.use(tool)
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


def report(window: MainWindow, probe: Probe, training: bool) -> None:
    canvas, act = window.centre.canvas, window.actions_by_name

    def settled() -> bool:
        return canvas.painted and getattr(window.document, "pending", None) is None

    def rounds(name: str, do: Callable[[], object], before: Callable[[], object] | None) -> None:
        found: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            canvas.selection.clear()
            if before:
                before()
            wait(REST)
            wait_until(settled)
            step = window.document.undo_name
            found.setdefault(name, []).append(probe.longest(do, settled))
            if window.document.undo_name != step:
                for turn in ("undo", "redo", "undo"):
                    longest = probe.longest(act[turn].trigger, settled)
                    found.setdefault(turn, []).append(longest)
        texts = [f"{what} {median(times):6.1f}" for what, times in found.items()]
        print(f"  {', '.join(texts)}", flush=True)

    for name, do in strokes(window).items():
        rounds(name, do, None)
    choose_all = act["select_all"].trigger
    rounds("select all", choose_all, None)
    rounds("move", lambda: move(canvas), choose_all)
    rounds("nudge", lambda: QTest.keyClick(canvas, Key.Key_Left), choose_all)
    for name in EDITS:
        rounds(name.replace("_", " "), act[name].trigger, choose_all)
    half = strokes(window)["rectangle"]
    for name in ("rotate", "delete", "recolor"):
        rounds(f"{name} a part", act[name].trigger, half)
    rounds("move a part", lambda: move(canvas), half)


def move(canvas: Canvas) -> None:
    center = canvas.position(0, 0).toPoint()
    dragged(canvas, center, center + QPoint(20, 10), center + QPoint(40, 10))


def main() -> None:
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = QApplication([])
    training = "training" in sys.argv
    probe = Probe()
    for m in (100_000, MILLION):
        what = "training" if training else "at rest"
        print(f"longest hold with {m:,} points, {what}, {application.platformName()}: ms")
        window = opened(scattered(m))
        if training:
            window.session.train()
            wait(1.0)
        report(window, probe, training)
        window.close()


if __name__ == "__main__":
    main()
