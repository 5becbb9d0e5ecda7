"""The session follows the document: what begins a new run, and what the running one takes in."""

from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from app.document.commands import (
    AddPoints,
    ChangeNetwork,
    ChangeTraining,
    ClearPoints,
    ReplacePoints,
)
from app.document.document import Document
from app.document.points import Points
from app.training.engine import NO_POINTS
from app.training.session import TrainingSession
from app.training.snapshot import Snapshot, Status
from nncore import SEED_RANGE, TrainingConfig
from tests.app.training.sessions import Heard, Opener, accuracy_on, iterate, settle
from tests.app.training.settings import FLOWER, PAIR, SWAPPED, VIEW


def test_what_is_shown_always_fits_the_document(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    misfits: list[Snapshot] = []

    def compare(snapshot: Snapshot) -> None:
        if snapshot.network != document.state.network_config():
            misfits.append(snapshot)

    session.updated.connect(compare)
    session.observe(VIEW)
    session.train()
    iterate(qtbot, heard)
    for units in (1, 7, 2, 30, 3):
        document.push(ChangeNetwork(replace(document.state.network, hidden_units=(units,) * 2)))
        qtbot.waitUntil(lambda: heard.last.network == document.state.network_config())
    document.push(AddPoints(Points.of([[0.0], [9.0]], [3])))
    qtbot.waitUntil(lambda: heard.last.network.n_y == 4)
    document.undo()
    qtbot.waitUntil(lambda: heard.last.network.n_y == 1)
    assert misfits == []
    assert session.training


def test_another_network_is_a_new_run_that_trains_on(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    session.train()
    iterate(qtbot, heard, 500)
    first = heard.last.run
    document.push(ChangeNetwork(replace(FLOWER.network, hidden_units=(3, 5))))
    assert len(heard.runs) == 1
    assert "2 – 3 – 5 – 1" in heard.runs[0]
    assert heard.runs[0].endswith("The points are kept.")
    qtbot.waitUntil(lambda: heard.last.run > first and heard.last.iteration > 100)
    assert session.training
    assert heard.last.network.layer_dims == (2, 3, 5, 1)
    assert heard.training == [True]


def test_another_network_of_a_run_that_rests_rests(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    settle(qtbot, session, lambda: session.train(until=50))
    change = ChangeNetwork(replace(FLOWER.network, activation="relu"))
    snapshot = settle(qtbot, session, lambda: document.push(change))
    assert (snapshot.iteration, snapshot.status) == (0, Status.READY)
    assert not session.training


def test_a_third_class_is_a_new_run_with_softmax(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    settle(qtbot, session, lambda: session.train(until=50))
    third = AddPoints(Points.of([[0.0], [3.0]], [2]))
    snapshot = settle(qtbot, session, lambda: document.push(third))
    assert snapshot.network.output == "softmax"
    assert snapshot.iteration == 0
    assert "softmax output for 3 classes" in heard.runs[-1]
    assert "kept" not in heard.runs[-1]
    back = settle(qtbot, session, document.undo)
    assert back.network.output == "sigmoid"
    assert back.run > snapshot.run


def test_points_drawn_while_it_trains_reach_the_trainer(qtbot: QtBot, open_session: Opener) -> None:
    document = Document(PAIR)
    session = open_session(document)
    heard = Heard(session)
    session.train()
    qtbot.waitUntil(lambda: bool(heard.updated) and heard.last.accuracy == 1.0)
    run, before = heard.last.run, heard.last.iteration
    assert accuracy_on(heard.last, SWAPPED.points) == 0.0
    document.push(ReplacePoints(SWAPPED.points))
    qtbot.waitUntil(lambda: accuracy_on(heard.last, SWAPPED.points) == 1.0)
    assert heard.last.iteration > before
    assert {one.run for one in heard.updated} == {run}
    iterations = [one.iteration for one in heard.updated]
    assert iterations == sorted(iterations)
    assert heard.runs == []


def test_a_stroke_of_points_never_interrupts(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    session.train()
    iterate(qtbot, heard)
    for number in range(30):
        one = Points.of([[number / 10], [1.0]], [number % 2])
        document.push(AddPoints(one), stroke="s")
    iterate(qtbot, heard, 200)
    document.undo()
    iterate(qtbot, heard, 200)
    assert heard.training == [True]
    iterations = [one.iteration for one in heard.updated]
    assert iterations == sorted(iterations)
    assert len({one.run for one in heard.updated}) == 1


def test_no_points_stop_it_with_a_sentence(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    session.train()
    iterate(qtbot, heard)
    bare = settle(qtbot, session, lambda: document.push(ClearPoints()))
    assert (bare.status, bare.reason) == (Status.PAUSED, NO_POINTS)
    assert not session.training
    again = settle(qtbot, session, session.train)
    assert again.reason == NO_POINTS
    assert not session.training
    drawn = settle(qtbot, session, document.undo)
    assert drawn.reason == ""
    assert drawn.iteration == bare.iteration


def test_the_learning_rate_never_resets(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    before = settle(qtbot, session, lambda: session.train(until=500))
    change = ChangeTraining(TrainingConfig(learning_rate=0.01))
    after = settle(qtbot, session, lambda: document.push(change))
    assert (after.run, after.iteration) == (before.run, 500)
    assert after.parameters.vector.tobytes() == before.parameters.vector.tobytes()

    session.train()
    iterate(qtbot, heard)
    for rate in (0.02, 0.5, 3.0):
        document.push(ChangeTraining(TrainingConfig(learning_rate=rate)))
        iterate(qtbot, heard)
    assert session.training
    assert {one.run for one in heard.updated} == {before.run}
    assert heard.runs == []


def test_points_and_settings_that_change_at_once_both_arrive(
    qtbot: QtBot, document: Document, session: TrainingSession
) -> None:
    def draw_and_choose() -> None:
        document.push(AddPoints(Points.of([[0.0], [1.0]], [1])), stroke="s")
        document.push(ChangeTraining(TrainingConfig("adam")), stroke="s")

    for act, optimizer in ((draw_and_choose, "adam"), (document.undo, "gradient_descent")):
        snapshot = settle(qtbot, session, act)
        assert snapshot.continuation is not None
        assert snapshot.continuation.optimizer == optimizer
        assert snapshot.confusion is not None
        assert snapshot.confusion.sum() == len(document.state.points)


def test_reset_goes_back_to_the_first_weights_and_rests(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    first = settle(qtbot, session, lambda: session.observe(VIEW))
    session.train()
    iterate(qtbot, heard, 100)
    state = document.state
    snapshot = settle(qtbot, session, session.reset)
    assert (snapshot.iteration, snapshot.status) == (0, Status.READY)
    assert snapshot.parameters.vector.tobytes() == first.parameters.vector.tobytes()
    assert snapshot.run > first.run
    assert heard.training == [True, False]
    assert document.state is state
    assert document.undo_name is None
    assert len(heard.runs) == 1


def test_new_weights_are_the_next_seed_and_can_be_undone(
    qtbot: QtBot, document: Document, session: TrainingSession
) -> None:
    first = settle(qtbot, session, lambda: session.observe(VIEW))
    other = settle(qtbot, session, session.new_weights)
    assert document.state.network.seed == FLOWER.network.seed + 1
    assert document.state.points is FLOWER.points
    assert not np.array_equal(other.parameters.vector, first.parameters.vector)
    assert document.undo_name == "draw new weights"
    back = settle(qtbot, session, document.undo)
    assert back.parameters.vector.tobytes() == first.parameters.vector.tobytes()


def test_new_weights_never_run_out(
    qtbot: QtBot, document: Document, session: TrainingSession, heard: Heard
) -> None:
    last = replace(FLOWER.network, seed=int(SEED_RANGE.maximum))
    settle(qtbot, session, lambda: document.push(ChangeNetwork(last)))
    settle(qtbot, session, session.new_weights)
    assert document.state.network.seed == 0
    assert heard.failed == []


def test_saved_weights_are_restored(qtbot: QtBot, session: TrainingSession, heard: Heard) -> None:
    saved = settle(qtbot, session, lambda: session.train(until=40))
    session.train()
    iterate(qtbot, heard)
    restored = settle(qtbot, session, lambda: session.restore(saved.parameters, 40))
    assert (restored.iteration, restored.status) == (40, Status.PAUSED)
    assert restored.parameters.vector.tobytes() == saved.parameters.vector.tobytes()
    assert heard.failed == []
