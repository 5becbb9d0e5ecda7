"""How much of the bare trainer's speed the window keeps, how late events come, how it starts.

Everything is measured in one run, the bare trainer before and after the window in short turns,
since the speed of a shared machine drifts; the medians of the ratios count. Run it with
``make bench``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, time

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

import nncore
from app.document.document import Document
from app.document.state import NetworkSettings, State, initial_state
from app.launch import SWITCH_INTERVAL
from app.main_window import MainWindow
from app.settings import Settings

ROOT = Path(__file__).parents[2]
ROUNDS = 15
SECONDS = 0.8
SETTLE = 0.3  # seconds until a run that was started or paused goes its way
STARTS = 5
WARM_UP = 40_000  # iterations, so that the curve is recorded sparsely in both
PROBE = 5  # milliseconds between two probes of the event loop

FIRST_FRAME = """
import os, sys, time
sys.path.insert(0, sys.argv[2])
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import app.cli as cli
options = cli.parse([])
cli.check_qt_can_start()
import app.launch as launch
def paint(self, event, usual=launch.MainWindow.paintEvent):
    usual(self, event)
    print(time.time() - float(sys.argv[1]), flush=True)
    os._exit(0)
launch.MainWindow.paintEvent = paint
launch.launch(options)
"""


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def bare_trainer(state: State) -> nncore.Trainer:
    """Return a trainer that nobody looks at, as far on as the window will be."""
    network = state.network_config()
    parameters = nncore.initialize_parameters(
        network, state.network.initializer, seed=state.network.seed
    )
    trainer = nncore.Trainer(network, state.training, parameters, state.points.X, state.targets())
    trainer.run(WARM_UP)
    return trainer


def bare_speed(trainer: nncore.Trainer) -> float:
    """Iterations a second of a trainer alone."""
    before, start = trainer.iteration, perf_counter()
    while perf_counter() - start < SECONDS / 2:
        trainer.run(100)
    return (trainer.iteration - before) / (perf_counter() - start)


class Lateness:
    """Probes the event loop with a precise timer; how late each probe comes, in milliseconds."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._last = 0.0
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=PROBE)
        self._timer.timeout.connect(self._probe)

    def start(self) -> None:
        self.late.clear()
        self._last = perf_counter()
        self._timer.start()

    def stop(self) -> list[float]:
        self._timer.stop()
        return self.late

    def _probe(self) -> None:
        now = perf_counter()
        self.late.append(max(0.0, 1000 * (now - self._last) - PROBE))
        self._last = now


def windowed(window: MainWindow, frames: list[int]) -> tuple[float, float, float]:
    """Iterations a second, frames a second and the 99th percentile of lateness in the window.

    The events that probe the lateness cost time themselves, so they come after the speed.
    """
    lateness = Lateness()
    window.session.train()
    wait(SETTLE)
    before, start, first_frame = _iteration(window), perf_counter(), frames[0]
    wait(SECONDS)
    seconds = perf_counter() - start
    speed, fps = (_iteration(window) - before) / seconds, (frames[0] - first_frame) / seconds
    lateness.start()
    wait(SECONDS)
    late = lateness.stop()
    window.session.pause()
    wait(SETTLE)
    return speed, fps, float(np.percentile(late, 99))


def _iteration(window: MainWindow) -> int:
    snapshot = window.session.snapshot
    return snapshot.iteration if snapshot else 0


def measure(frames_per_second: int, state: State) -> None:
    window = MainWindow(Document(state), Settings.of_nobody(), "light")
    window.resize(1440, 900)
    window.set_frames(frames_per_second)
    frames = [0]
    window.session.updated.connect(lambda _: frames.__setitem__(0, frames[0] + 1))
    window.show()
    window.session.train(WARM_UP)
    wait(SETTLE)
    rows, trainer = [], bare_trainer(state)
    before = bare_speed(trainer)
    for _ in range(ROUNDS):
        speed, fps, late = windowed(window, frames)
        after = bare_speed(trainer)
        bare, before = (before + after) / 2, after
        rows.append((speed / bare, bare, speed, fps, late))
    kept, bare, speed, fps, late = (median(column) for column in zip(*rows, strict=True))
    figures = f"{bare:>12,.0f} {speed:>12,.0f} {kept:>8.3f} {fps:>8.1f} {late:>8.2f}"
    print(f"{frames_per_second:>6} {figures}")
    window.close()


def measure_idle(state: State) -> None:
    window = MainWindow(Document(state), Settings.of_nobody(), "light")
    window.show()
    wait(0.5)
    lateness = Lateness()
    lateness.start()
    wait(SECONDS)
    print(f"{'idle':>6} {float(np.percentile(lateness.stop(), 99)):>50.2f}")
    window.close()


def first_frames() -> list[float]:
    """Seconds from the start of the process to the end of the first painting, disk warm.

    Warm means that Python has kept what it compiled, as it does for everybody who starts Planar
    a second time; some test machines forbid it, and then 0.1 s of every start go to the compiler.
    """
    times = []
    with TemporaryDirectory() as compiled:
        environment = os.environ | {"PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(STARTS + 1):
            command = [sys.executable, "-c", FIRST_FRAME, str(time()), str(ROOT)]
            done = subprocess.run(
                command, capture_output=True, text=True, check=True, env=environment
            )
            times.append(float(done.stdout))
    return times[1:]


def main() -> None:
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = QApplication([])
    state = replace(initial_state(), network=NetworkSettings((8,)))
    print(f"on {application.platformName()}: flower, 2-8-1 tanh, 400 points, all plots shown")
    head = f"{'bare it/s':>12} {'window it/s':>12} {'kept':>8} {'frames/s':>8} {'p99 ms':>8}"
    print(f"{'fps':>6} {head}")
    measure_idle(state)
    for frames_per_second in (30, 60):
        measure(frames_per_second, state)
    times = first_frames()
    print(f"first frame: median {median(times):.3f} s, from {min(times):.3f} to {max(times):.3f}")


if __name__ == "__main__":
    main()
