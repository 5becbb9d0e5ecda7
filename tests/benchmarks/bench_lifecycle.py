"""What is left over: 500 starts and stops of the training, 500 windows closed in mid-training.

Prints the threads that are alive, what Qt complained of, and the resident memory on the way. Run
it with ``make bench``, or ``python -m tests.benchmarks.bench_lifecycle CYCLES``.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.document.document import Document
from app.launch import SWITCH_INTERVAL
from app.main_window import MainWindow
from app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMessageLogContext, QtMsgType

CYCLES = 500
WARM_UP = 20
OF_THE_PLATFORM = "This plugin does not support"  # what the offscreen platform says of any window

complaints: list[str] = []


def note(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if not message.startswith(OF_THE_PLATFORM):
        complaints.append(message)


def memory() -> float:
    """Resident memory in MiB; Linux only, elsewhere not-a-number."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return float("nan")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def wait_until(window: MainWindow, iterations: int) -> None:
    """Let the event loop run until the window shows that many iterations."""
    loop = QEventLoop()
    limit = QTimer(singleShot=True, interval=10_000)
    limit.timeout.connect(loop.quit)
    limit.start()

    def look() -> None:
        snapshot = window.session.snapshot
        if snapshot and snapshot.iteration >= iterations:
            loop.quit()

    window.session.updated.connect(look)
    loop.exec()
    window.session.updated.disconnect(look)


def start_and_stop(window: MainWindow) -> None:
    snapshot = window.session.snapshot
    window.session.train()
    wait_until(window, (snapshot.iteration if snapshot else 0) + 1)
    window.session.pause()


def open_and_close() -> None:
    window = MainWindow(Document(), Settings.of_nobody(), "light")
    window.show()
    window.session.train()
    wait_until(window, 1)
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def repeat(name: str, cycles: int, act: Callable[[], None]) -> None:
    for _ in range(WARM_UP):
        act()
    gc.collect()
    marks, start = [memory()], perf_counter()
    for cycle in range(cycles):
        act()
        if cycle % (cycles // 4) == cycles // 4 - 1:
            gc.collect()
            marks.append(memory())
    each = 1000 * (perf_counter() - start) / cycles
    course = " → ".join(f"{mark:.1f}" for mark in marks)
    threads = [t.name for t in threading.enumerate() if t is not threading.main_thread()]
    print(f"{cycles} × {name}: {each:.0f} ms each, memory {course} MiB, threads {threads}")


def main() -> None:
    cycles = int(sys.argv[1]) if len(sys.argv) > 1 else CYCLES
    sys.setswitchinterval(SWITCH_INTERVAL)
    qInstallMessageHandler(note)
    QApplication([])
    window = MainWindow(Document(), Settings.of_nobody(), "light")
    window.show()
    repeat("start and stop", cycles, lambda: start_and_stop(window))
    window.close()
    window.deleteLater()
    repeat("open, train, close", cycles, open_and_close)
    print(f"Qt complained {len(complaints)} times", *complaints[:3])


if __name__ == "__main__":
    main()
