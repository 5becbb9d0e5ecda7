"""Any commands in any order: the run is always that of what the document says."""

from collections.abc import Callable
from dataclasses import replace
from typing import Concatenate, ParamSpec

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtWidgets import QApplication

import nncore
from app.document.commands import (
    AddPoints,
    ChangeNetwork,
    ChangeSplit,
    ChangeTask,
    ChangeTraining,
    ClearPoints,
    LoadPreset,
    RemoveClass,
    RemoveLast,
    add_class,
    set_test,
)
from app.document.document import Document
from app.document.points import Points
from app.document.split import Split
from app.document.state import TASKS, Preset, Task
from app.training.engine import ALL_HELD_BACK, NO_POINTS, Engine
from app.training.mailbox import Mailbox
from app.training.session import TrainingSession
from app.training.snapshot import Snapshot, Status
from nncore import TrainingConfig
from tests.app.training.settings import FLOWER, advance_until_rest

P = ParamSpec("P")
STEPS = 30
TRAININGS = (
    TrainingConfig(),
    TrainingConfig("adam", 0.02, 4, l2=0.1),
    TrainingConfig("momentum", 0.1, 7),
    TrainingConfig("adam", 0.02, 4, l1=0.01),
)
DRAWN = st.lists(
    st.tuples(st.floats(-5, 5), st.floats(-5, 5), st.integers(0, 3), st.booleans()),
    min_size=1,
    max_size=4,
)


class ImmediateWorker:
    """Does at once what is posted, on the thread of the window."""

    def __init__(self) -> None:
        self.engine = Engine()
        self.mailbox = Mailbox(lambda: None)
        self.posted = 0

    def post(
        self, command: Callable[Concatenate[Engine, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> int:
        command(self.engine, *args, **kwargs)
        self.posted += 1
        return self.posted

    def stop(self) -> None:
        """Nothing goes on by itself."""


class AnyCommands(RuleBasedStateMachine):
    """What a person may do, and after each of it what must be true."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Document(FLOWER)
        self.session = TrainingSession(self.document)
        worker: object = self.session._worker
        assert isinstance(worker, ImmediateWorker)
        self.worker, self.engine = worker, worker.engine
        self.before = (0, 0)
        self.stepping = False

    def teardown(self) -> None:
        self.session.close()

    @initialize(stepping=st.booleans())
    def choose(self, stepping: bool) -> None:
        """Do an iteration after every command, or only where one is asked for."""
        self.stepping = stepping

    @rule(drawn=DRAWN)
    def draw(self, drawn: list[tuple[float, float, int, bool]]) -> None:
        x1, x2, labels, test = zip(*drawn, strict=True)
        self.document.push(AddPoints(Points.of([x1, x2], labels, x1, test)))

    @rule(share=st.floats(0, 1))
    def remove(self, share: float) -> None:
        self.document.push(RemoveLast(int(share * len(self.document.state.points))))

    @rule(test=st.booleans())
    def put_all_into_a_set(self, test: bool) -> None:
        m = len(self.document.state.points)
        self.document.push(set_test(np.arange(m), test))

    @rule(share=st.sampled_from((0.0, 0.2, 0.5)), seed=st.integers(0, 2))
    def share_out(self, share: float, seed: int) -> None:
        self.document.push(ChangeSplit(Split(share, seed)))

    @rule()
    def clear(self) -> None:
        self.document.push(ClearPoints())

    @rule(name=st.sampled_from(("moons", "spiral3")))
    def load(self, name: str) -> None:
        self.document.push(LoadPreset(Preset(name, points=30)))

    @rule(task=st.sampled_from(TASKS))
    def change_task(self, task: Task) -> None:
        self.document.push(ChangeTask(task))

    @rule()
    def add_a_class(self) -> None:
        if self.document.state.class_count < 5:
            self.document.push(add_class(self.document.state))

    @rule()
    def remove_a_class(self) -> None:
        if self.document.state.class_count > 2:
            self.document.push(RemoveClass(0))

    @rule(units=st.sampled_from(((), (3,), (4, 2))), seed=st.integers(0, 2))
    def change_network(self, units: tuple[int, ...], seed: int) -> None:
        network = replace(self.document.state.network, hidden_units=units, seed=seed)
        self.document.push(ChangeNetwork(network))

    @rule(rate=st.sampled_from((0.03, 0.3, 1.2)))
    def change_learning_rate(self, rate: float) -> None:
        training = replace(self.document.state.training, learning_rate=rate)
        self.document.push(ChangeTraining(training))

    @rule(training=st.sampled_from(TRAININGS))
    def change_training(self, training: TrainingConfig) -> None:
        self.document.push(ChangeTraining(training))

    @rule()
    def undo(self) -> None:
        self.document.undo()

    @rule()
    def redo(self) -> None:
        self.document.redo()

    @rule(act=st.sampled_from(("pause", "reset", "new_weights", "train")))
    def steer(self, act: str) -> None:
        getattr(self.session, act)()

    @rule(iterations=st.integers(1, 20))
    def train(self, iterations: int) -> None:
        twin = self.twin()
        self.session.train(until=self.look().iteration + iterations)
        advance_until_rest(self.engine)
        if twin:
            twin.run(iterations)
            assert_same(self.look(), twin)
            assert self.engine.status is Status.FINISHED

    @rule()
    def step(self) -> None:
        twin = self.twin()
        self.session.step()
        if twin:
            twin.run(1)
            assert_same(self.look(), twin)
        assert self.engine.status is Status.PAUSED

    @invariant()
    def an_iteration_is_that_of_the_document(self) -> None:
        if self.stepping:
            self.step()

    @invariant()
    def the_figures_are_those_of_the_points(self) -> None:
        snapshot, state = self.look(), self.document.state
        network, parameters = state.network_config(), snapshot.parameters
        assert snapshot.network == network
        training, test = state.training_points, state.test_points
        if not len(training):
            assert (snapshot.cost, snapshot.accuracy, snapshot.test_cost) == (None, None, None)
            return
        settings = state.training
        cost = nncore.compute_cost(
            training.X, state.targets(training), parameters, network, settings.l1, settings.l2
        )
        assert snapshot.cost == pytest.approx(cost, rel=1e-9)
        if len(test):
            cost = nncore.compute_cost(test.X, state.targets(test), parameters, network)
            assert snapshot.test_cost == pytest.approx(cost, rel=1e-9)
        if state.task == "classification":
            accuracy = nncore.accuracy(training.X, training.labels, parameters, network)
            assert snapshot.accuracy == pytest.approx(accuracy)

    @invariant()
    def the_status_fits(self) -> None:
        snapshot, state = self.look(), self.document.state
        lacks_points = not len(state.training_points)
        assert not (lacks_points and snapshot.training)
        assert self.session.training == snapshot.training
        assert snapshot.reason not in (NO_POINTS, ALL_HELD_BACK) or lacks_points
        assert snapshot.status is not Status.READY or snapshot.iteration == 0
        # Within a run no iteration is undone, and runs are counted upwards.
        assert (snapshot.run, snapshot.iteration) >= self.before
        self.before = snapshot.run, snapshot.iteration

    def look(self) -> Snapshot:
        # Nothing moves here by itself, so it is measured anew as in a run that rests.
        self.engine._next_measure = 0.0
        self.worker.mailbox.put(self.engine.snapshot(self.worker.posted))
        self.session._poll()
        assert self.session.snapshot
        return self.session.snapshot

    def twin(self) -> nncore.Trainer | None:
        """Return a trainer made of the document alone, at the place where the run is."""
        snapshot, state = self.look(), self.document.state
        points = state.training_points
        if not len(points):
            return None
        assert snapshot.continuation
        network, Y = state.network_config(), state.targets(points)
        twin = nncore.Trainer(network, state.training, snapshot.parameters, points.X, Y)
        twin.restore(snapshot.continuation)
        return twin


def assert_same(snapshot: Snapshot, twin: nncore.Trainer) -> None:
    assert snapshot.iteration == twin.iteration
    assert snapshot.parameters.vector.tobytes() == twin.parameters.vector.tobytes()


def test_any_commands_in_any_order(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.training.session.Worker", ImmediateWorker)
    run_state_machine_as_test(
        AnyCommands, settings=settings(max_examples=25, stateful_step_count=STEPS)
    )
