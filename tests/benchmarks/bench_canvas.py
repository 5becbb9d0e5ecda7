"""How fast the canvas follows hands and plane, with few points and with a million, while training.

A latency runs from a mouse event to the turn of the event loop after the frame that shows its
point. Offscreen and on a display, as ``QT_QPA_PLATFORM`` says. Run it with ``make bench``.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.document.document import Document
from app.document.points import Points
from app.document.state import initial_state
from app.files.tables import Table, write_table
from app.launch import SWITCH_INTERVAL
from app.main_window import MORE_FRAMES, MainWindow
from app.settings import Settings
from app.views.canvas.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

MILLION = 1_000_000
SECONDS = 3.0
HAND = 8  # milliseconds between two events of a mouse
CLICKS, ROUNDS = 200, 40
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Frames:
    """Hears of every frame that the canvas paints, and of what holds the window up."""

    def __init__(self) -> None:
        self.count = 0
        self.painting: list[float] = []
        self.told: Callable[[], None] | None = None
        usual = Canvas.paintEvent

        def paint(canvas: Canvas, event: QPaintEvent) -> None:
            start = perf_counter()
            usual(canvas, event)
            self.painting.append(1000 * (perf_counter() - start))
            self.count += 1
            if self.told:
                QTimer.singleShot(0, self.told)

        setattr(Canvas, "paintEvent", paint)  # noqa: B010  (a method is no variable to mypy)

    def start(self) -> None:
        self.count = 0
        self.painting.clear()


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def wait_until(done: Callable[[], bool]) -> None:
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def scattered(m: int) -> Points:
    random = np.random.default_rng(m)
    labels = random.integers(0, 2, m)
    return Points.of(random.normal(size=(2, m)) + 2 * labels - 1, labels)


def opened(points: Points) -> MainWindow:
    state = replace(initial_state(), points=points)
    window = MainWindow(Document(state), Settings.of_nobody(), "light")
    window.resize(1440, 900)
    window.set_frames(MORE_FRAMES)
    window.show()
    wait(1.0)
    return window


def somewhere(canvas: Canvas, random: np.random.Generator) -> QPoint:
    center = canvas.position(0, 0).toPoint()
    x, y = random.integers(-100, 100, 2).tolist()
    return center + QPoint(x, y)


def latencies(frames: Frames) -> list[float]:
    """Milliseconds from a click to its point, while 1,000 points are trained on."""
    window = opened(scattered(1_000))
    window.session.train()
    wait(1.0)
    canvas, random, found = window.center.canvas, np.random.default_rng(1), list[float]()
    for _ in range(CLICKS):
        wait(0.001 * float(random.uniform(10, 30)))
        frames.told = (loop := QEventLoop()).quit
        start = perf_counter()
        QTest.mouseClick(canvas.viewport(), LEFT, NO_MODIFIER, somewhere(canvas, random))
        loop.exec()
        found.append(1000 * (perf_counter() - start))
        frames.told = None
    window.close()
    return found


def drawing(frames: Frames, m: int) -> str:
    """Frames a second while points are drawn and trained on."""
    window = opened(scattered(m))
    canvas, random = window.center.canvas, np.random.default_rng(1)
    window.session.train()
    wait(2.0)
    first = window.session.snapshot
    hand = QTimer(interval=HAND, timerType=Qt.TimerType.PreciseTimer)
    hand.timeout.connect(
        lambda: QTest.mouseClick(canvas.viewport(), LEFT, NO_MODIFIER, somewhere(canvas, random))
    )
    result = timed(frames, hand)
    last = window.session.snapshot
    iterations = last.iteration - first.iteration if first and last else 0
    start = perf_counter()
    window.close()
    closing = 1000 * (perf_counter() - start)
    return f"{result}, {iterations / SECONDS:,.1f} iterations/s, closing {closing:.0f} ms"


def panning(frames: Frames, m: int) -> str:
    """Frames a second while the plane is dragged about."""
    window = opened(scattered(m))
    canvas, turns = window.center.canvas, [0]
    center = canvas.position(0, 0).toPoint()

    def move() -> None:
        turns[0] += 1
        angle = 0.05 * turns[0]
        around = QPoint(round(80 * np.cos(angle)), round(80 * np.sin(angle)))
        QTest.mouseMove(canvas.viewport(), center + around)

    hand = QTimer(interval=HAND, timerType=Qt.TimerType.PreciseTimer)
    hand.timeout.connect(move)
    QTest.mousePress(canvas.viewport(), MIDDLE, NO_MODIFIER, center)
    result = timed(frames, hand)
    QTest.mouseRelease(canvas.viewport(), MIDDLE, NO_MODIFIER, center)
    window.close()
    return result


def timed(frames: Frames, hand: QTimer) -> str:
    """Let a hand do its work for some seconds."""
    frames.start()
    start = perf_counter()
    hand.start()
    wait(SECONDS)
    hand.stop()
    rate = frames.count / (perf_counter() - start)
    p50, p99 = np.percentile(frames.painting, (50, 99))
    return f"{rate:6.1f} frames/s, painting one p50 {p50:.1f} p99 {p99:.1f} ms"


def loading(folder: Path) -> str:
    """Seconds to open a table of a million points, and how long an event waited meanwhile."""
    path = folder / "million.csv"
    write_table(path, Table(scattered(MILLION)))
    window = opened(scattered(100))
    late, last = [0.0], [perf_counter()]

    def probe() -> None:
        now = perf_counter()
        late.append(1000 * (now - last[0]))
        last[0] = now

    timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(probe)
    start = last[0] = perf_counter()
    timer.start()
    window.files.open_path(path)
    wait_until(lambda: len(window.document.state.points) == MILLION)
    in_document = perf_counter() - start
    window.center.canvas.grab()
    wait_until(lambda: window.center.canvas.painted)
    shown = perf_counter() - start
    timer.stop()
    window.close()
    size = path.stat().st_size / 1e6
    return f"{size:.0f} MB read in {in_document:.2f} s, shown after {shown:.2f}; " + (
        f"an event waited p99 {np.percentile(late, 99):.1f}, at most {max(late):.1f} ms"
    )


def adding(window: MainWindow) -> tuple[float, float]:
    """Milliseconds to add a point and paint it: of the window's thread alone, and on the clock."""
    canvas, random = window.center.canvas, np.random.default_rng(1)
    worked, start = thread_time(), perf_counter()
    QTest.mouseClick(canvas.viewport(), LEFT, NO_MODIFIER, somewhere(canvas, random))
    canvas.viewport().repaint()
    return 1000 * (thread_time() - worked), 1000 * (perf_counter() - start)


def adding_ratio() -> str:
    """Compare few with many; on the clock the worker, which measures all points, counts as well."""
    few, many = opened(scattered(100)), opened(scattered(100_000))
    wait(0.5)
    rounds = [(adding(few), adding(many)) for _ in range(ROUNDS)]
    few.close()
    many.close()
    texts = []
    for which, name in enumerate(("work", "clock")):
        pairs = [(a[which], b[which]) for a, b in rounds]
        ratio = median(b / a for a, b in pairs)
        a, b = (median(column) for column in zip(*pairs, strict=True))
        texts.append(f"{name} {a:.2f} ms among 100, {b:.2f} among 100,000, ratio {ratio:.2f}")
    return "; ".join(texts)


def main() -> None:
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = QApplication([])
    print(f"on {application.platformName()}, 1440 × 900")
    frames = Frames()
    p50, p99 = np.percentile(latencies(frames), (50, 99))
    print(f"click to pixel, 1,000 points, training: p50 {p50:.1f}, p99 {p99:.1f} ms")
    for m in (10_000, 100_000, MILLION):
        print(f"draw and train {m:>9,}: {drawing(frames, m)}")
    print(f"pan            {MILLION:>9,}: {panning(frames, MILLION)}")
    print(f"add a point: {adding_ratio()}")
    with tempfile.TemporaryDirectory() as folder:
        print(f"open a table of {MILLION:,}: {loading(Path(folder))}")


if __name__ == "__main__":
    main()
