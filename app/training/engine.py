"""One run after another, in slices: what the worker thread does, free of threads and of Qt."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import nncore
from app.training.diagnostician import NO_DIAGNOSIS, Diagnosis, Diagnostician
from app.training.figures import NO_FIGURES, Figures, measure
from app.training.held_out import HeldOut
from app.training.pace import Pace
from app.training.painter import Painter
from app.training.snapshot import Picture, Snapshot, Status, View

if TYPE_CHECKING:
    from app.document.state import State
    from nncore import Parameters, TrainerState

READING_TIME = 0.1  # seconds
MEASURING_SHARE = 0.1
"""Of the time, at most: measuring a million points takes longer than an iteration."""

NO_POINTS = "There are no points to train on: draw some on the canvas or choose a dataset."
ALL_HELD_BACK = "All points are held back for the test: leave some to train on."


class Engine:
    """Holds the trainer of the present run; commands and slices alternate on one thread.

    Attributes
    ----------
    measuring : float
        Seconds that the figures of the last snapshot took, 0 where they were the former ones.
    """

    def __init__(self) -> None:
        self.run = 0
        self.status = Status.READY
        self.reason = ""
        self.view: View | None = None
        self._state: State | None = None
        self._trainer: nncore.Trainer | None = None
        self._until: int | None = None
        self._first = 0
        self.measuring = 0.0
        self._figures, self._next_measure = NO_FIGURES, 0.0
        self._diagnostician = Diagnostician()
        self._held_out = HeldOut()
        self._pace = Pace()
        self._painter = Painter()

    @property
    def begun(self) -> bool:
        """Whether there is a run to look at."""
        return self._state is not None

    @property
    def training(self) -> bool:
        """Whether `advance` has work to do."""
        return self.status is Status.TRAINING

    def start_run(self, run: int, state: State, train: bool, until: int | None = None) -> None:
        """Begin anew from the initial weights of the state's seed."""
        network = state.network_config()
        self._parameters = nncore.initialize_parameters(
            network, state.network.initializer, seed=state.network.seed
        )
        self.run, self._state, self._network, self._trainer = run, state, network, None
        self._first, self._until, self._next_measure = 0, until, 0.0
        self._stand(Status.READY)
        self._diagnostician.forget()
        self._held_out.begin()
        self._provide_data(state)
        if train:
            self.train(until)

    def restore(
        self, parameters: Parameters, iteration: int, continuation: TrainerState | None = None
    ) -> None:
        """Go on from saved weights; the cost curve begins at their iteration.

        With a continuation the run goes on exactly as it would have.  Without points the weights
        wait for the first.
        """
        if parameters.layer_dims != self._network.layer_dims:
            raise ValueError("the saved weights belong to another network")
        self._parameters, self._first = parameters.copy(), iteration
        self._diagnostician.forget(iteration)
        if self._trainer:
            self._begin_at_first(self._trainer)
            if continuation:
                self._trainer.restore(continuation)
        self._stand(Status.PAUSED if iteration else Status.READY)

    def set_frames_per_second(self, frames: int) -> None:
        """Paint so many pictures a second, coarser ones the more there are."""
        self._painter.set_frames_per_second(frames)

    def set_points(self, state: State) -> None:
        """Train on other points from the next iteration on; the weights survive."""
        self._state = state
        self._provide_data(state)
        lacking = self._lacking()
        if lacking and (self.training or self.reason in (NO_POINTS, ALL_HELD_BACK)):
            self._stand(Status.PAUSED, lacking)
        elif not lacking and self.reason in (NO_POINTS, ALL_HELD_BACK):
            self._stand(self.status)
        elif self.status is Status.DIVERGED:
            self._stand(Status.PAUSED)

    def set_training(self, state: State) -> None:
        """Train with other settings from the next iteration on."""
        self._state = state
        if self._trainer:
            self._trainer.set_training(state.training)
            self._pace.forget()
            self._diagnostician.forget(self._trainer.iteration)
        if self.status is Status.DIVERGED:
            self._stand(Status.PAUSED)

    def train(self, until: int | None = None) -> None:
        """Go on training, for ever or until an iteration is reached."""
        if not self._can_train():
            return
        self._until = until
        self._stand(Status.TRAINING)
        self._pace.start()

    def pause(self) -> None:
        """Stop training, keep everything."""
        if self.training:
            self._stand(Status.PAUSED)

    def step(self) -> None:
        """Do a single iteration."""
        if self._can_train() and self._trainer:
            self._trainer.run(1)
            self._stand(Status.PAUSED)
            self._look_for_divergence(self._trainer)

    def advance(self, seconds: float) -> None:
        """Train for about so long."""
        trainer = self._trainer
        if trainer is None:
            return
        before, start = trainer.iteration, perf_counter()
        count = self._pace.iterations(seconds)
        if self._until is not None:
            count = max(0, min(count, self._until - before))
        look = self._held_out.stop(trainer, count)
        trainer.run(look or count)
        spent = perf_counter() - start
        self._pace.note(trainer.iteration - before, spent)
        self._held_out.note_training(spent)
        if look:
            self._held_out.measure(trainer)
        self._look_for_divergence(trainer)
        if self.training and self._until is not None and trainer.iteration >= self._until:
            self._stand(Status.FINISHED, f"Reached iteration {trainer.iteration:,}.")

    def snapshot(self, sequence: int) -> Snapshot:
        """Look at the run as it stands."""
        trainer, parameters = self._trainer, self._present_parameters()
        figures, diagnosis = self._measure(parameters), self._diagnose()
        pictures = self._paint(parameters)
        return Snapshot(
            run=self.run,
            sequence=sequence,
            status=self.status,
            reason=self.reason,
            iteration=trainer.iteration if trainer else self._first,
            speed=self._pace.speed if self.training else 0.0,
            cost=figures.cost,
            accuracy=figures.accuracy,
            test_cost=figures.test_cost,
            test_accuracy=figures.test_accuracy,
            confusion=figures.confusion,
            test_confusion=figures.test_confusion,
            network=self._network,
            parameters=parameters,
            continuation=trainer.state(with_history=False) if trainer else None,
            curve=figures.curve,
            test_curve=figures.test_curve,
            trend=diagnosis.trend,
            findings=diagnosis.findings,
            since=diagnosis.since,
            boundary=pictures[0],
            maps=pictures[1],
        )

    def _stand(self, status: Status, reason: str = "") -> None:
        self.status, self.reason = status, reason

    def _provide_data(self, state: State) -> None:
        """Hand the points to the trainer; without points the run waits for the first."""
        points = state.training_points
        self._held_out.set_points(state)
        if not len(points):
            return
        self._pace.forget()
        if self._trainer:
            self._trainer.set_data(points.X, state.targets(points))
            self._diagnostician.forget(self._trainer.iteration)
            return
        self._trainer = nncore.Trainer(
            self._network,
            state.training,
            self._parameters,
            points.X,
            state.targets(points),
            seed=state.network.seed,
            history=nncore.History(),
        )
        if self._first:
            self._begin_at_first(self._trainer)

    def _begin_at_first(self, trainer: nncore.Trainer) -> None:
        trainer.history.clear()
        self._held_out.begin()
        trainer.iteration = self._first
        trainer.set_parameters(self._parameters)

    def _can_train(self) -> bool:
        lacking = self._lacking()
        if lacking:
            self._stand(Status.PAUSED, lacking)
        return not lacking

    def _lacking(self) -> str:
        """Say why there is nothing to train on; empty if there is something."""
        state = self._state
        if state and len(state.training_points):
            return ""
        return ALL_HELD_BACK if state and len(state.points) else NO_POINTS

    def _look_for_divergence(self, trainer: nncore.Trainer) -> None:
        if trainer.divergence:
            self._stand(Status.DIVERGED, trainer.divergence.reason)

    def _present_parameters(self) -> Parameters:
        parameters = self._trainer.parameters if self._trainer else self._parameters
        vector = parameters.vector.copy()
        # Before the views of the layers are made: they are then read-only as well.
        vector.flags.writeable = False
        return nncore.Parameters(parameters.layer_dims, vector)

    def _measure(self, parameters: Parameters) -> Figures:
        """Measure anew what is read rather than watched, in motion ten times a second."""
        start, self.measuring = perf_counter(), 0.0
        if not self.training or start >= self._next_measure:
            self._figures = self._measure_now(parameters)
            self.measuring = perf_counter() - start
            self._next_measure = start + max(READING_TIME, self.measuring / MEASURING_SHARE)
        return self._figures

    def _measure_now(self, parameters: Parameters) -> Figures:
        if self._trainer is None or self._state is None:
            return NO_FIGURES
        return measure(self._state, self._trainer, parameters, self._held_out)

    def _diagnose(self) -> Diagnosis:
        trainer, state = self._trainer, self._state
        if trainer is None or state is None or not len(state.training_points):
            return NO_DIAGNOSIS
        return self._diagnostician.diagnose(trainer, state, moving=self.training)

    def _paint(self, parameters: Parameters) -> tuple[Picture | None, Picture | None]:
        if self.view is None or self._state is None:
            return None, None
        painter, network, view = self._painter, self._network, self.view
        limit, resting = self._state.value_limit, not self.training
        return (
            painter.paint_boundary(network, parameters, view, resting, limit),
            painter.paint_units(network, parameters, view, resting, limit),
        )
