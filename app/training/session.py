"""The window's side of the training: follows the document, speaks to the worker, polls."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.document.commands import ChangeNetwork
from app.document.state import Changed
from app.training.engine import Engine
from app.training.mailbox import Failure
from app.training.worker import Worker

if TYPE_CHECKING:
    from app.document.document import Document
    from app.training.snapshot import Snapshot, View
    from nncore import Parameters, TrainerState

FRAMES_PER_SECOND = 30


class TrainingSession(QObject):
    """Starts, steers and shows runs.

    A network, initialization or seed that changes starts a new run, with a run id of its own;
    points and training settings reach the running one. Snapshots of earlier runs are dropped.

    Signals
    -------
    updated(Snapshot)
        A newer look at the present run.
    run_started(str)
        A new run replaced the former one; the sentence says why.
    settled(Snapshot)
        The run rests and this look shows everything that was asked for.
    training_changed(bool)
        It began or ceased to train.
    failed(str)
        The worker met an error; the sentence says which.
    """

    updated = Signal(object)
    run_started = Signal(object)
    settled = Signal(object)
    training_changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        document: Document,
        parent: QObject | None = None,
        frames_per_second: int = FRAMES_PER_SECOND,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._worker = Worker()
        self._run = 0
        self._posted = 0
        self._training = False
        self._closed = False
        self.snapshot: Snapshot | None = None
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._poll)
        document.changed.connect(self._follow)
        self._start_run(train=False)
        self.set_frames_per_second(frames_per_second)

    @property
    def training(self) -> bool:
        """Whether the run goes on by itself, as far as the window knows."""
        return self._training

    def train(self, until: int | None = None) -> None:
        """Go on training; ``until`` stops at that iteration."""
        self._set_training(True)
        self._sent(self._worker.post(Engine.train, until))

    def pause(self) -> None:
        """Stop, keep everything."""
        self._set_training(False)
        self._sent(self._worker.post(Engine.pause))

    def toggle(self) -> None:
        """Train if it rests, rest if it trains."""
        if self._training:
            self.pause()
        else:
            self.train()

    def step(self) -> None:
        """Do one iteration and rest."""
        self._set_training(False)
        self._sent(self._worker.post(Engine.step))

    def reset(self) -> None:
        """Go back to the initial weights of this seed, and rest."""
        self._start_run(train=False)
        self.run_started.emit("Back at the initial weights of this seed.")

    def new_weights(self) -> None:
        """Draw other initial weights: the next seed."""
        network = self._document.state.network.next_seed()
        self._document.push(ChangeNetwork(network, verb="draw new weights"))

    def restore(
        self, parameters: Parameters, iteration: int, continuation: TrainerState | None = None
    ) -> None:
        """Go on from weights that were saved at an iteration, and rest."""
        self._set_training(False)
        self._sent(self._worker.post(Engine.restore, parameters, iteration, continuation))

    def observe(self, view: View) -> None:
        """Ask for pictures of this part of the plane."""
        self._sent(self._worker.post(_observe, view))

    def set_frames_per_second(self, frames: int) -> None:
        """Look at the run so often while it trains."""
        self._timer.setInterval(ceil(1000 / frames))
        self._sent(self._worker.post(Engine.set_frames_per_second, frames))

    def close(self) -> None:
        """Stop the timer, then the thread; nothing is emitted afterwards, and nothing starts."""
        if self._closed:
            return
        self._closed = True
        self._timer.stop()
        self._document.changed.disconnect(self._follow)
        self._worker.stop()

    def _start_run(self, train: bool) -> None:
        self._run += 1
        self.snapshot = None
        self._set_training(train)
        self._sent(self._worker.post(Engine.start_run, self._run, self._document.state, train))

    def _set_training(self, training: bool) -> None:
        if training != self._training:
            self._training = training
            self.training_changed.emit(training)

    def _sent(self, posted: int) -> None:
        self._posted = posted
        if not (self._timer.isActive() or self._closed):
            self._timer.start()
            # Not take(): the answer to what was just posted may already lie there.
            self._worker.mailbox.ask()

    def _follow(self, changes: Changed, _who: object) -> None:
        state = self._document.state
        if changes & Changed.NETWORK:
            self._start_run(train=self._training)
            kept = "" if changes & Changed.POINTS else " The points are kept."
            self.run_started.emit(_describe(self._document) + kept)
            return
        if changes & Changed.POINTS:
            self._sent(self._worker.post(Engine.set_points, state))
        if changes & Changed.TRAINING:
            self._sent(self._worker.post(Engine.set_training, state))

    def _poll(self) -> None:
        content = self._worker.mailbox.take()
        if isinstance(content, Failure):
            self._set_training(False)
            self._timer.stop()
            self.failed.emit(content.sentence)
        elif content and content.run == self._run:
            self._show(content)

    def _show(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        up_to_date = snapshot.sequence == self._posted
        if up_to_date:
            self._set_training(snapshot.training)
        self.updated.emit(snapshot)
        # Whoever was told may have asked for more, or closed.
        up_to_date = snapshot.sequence == self._posted and not self._closed
        if up_to_date and not snapshot.training:
            self._timer.stop()
            self.settled.emit(snapshot)


def _observe(engine: Engine, view: View) -> None:
    engine.view = view


def _describe(document: Document) -> str:
    """Say which run began, and why the output is what it is."""
    state = document.state
    network = state.network_config()
    layers = " – ".join(str(n) for n in network.layer_dims)
    output = {
        "sigmoid": "one sigmoid output for two classes",
        "softmax": f"a softmax output for {network.n_y} classes",
        "linear": "one linear output for the regression",
    }[network.output]
    return f"A new run began: {layers}, {output}, seed {state.network.seed}."
