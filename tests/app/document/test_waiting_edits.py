"""What is done while a large edit is on its way: it waits, and is a step of its own."""

import sys
import threading
from dataclasses import replace
from unittest.mock import patch

import hypothesis
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions

from app.document.commands import (
    AddPoints,
    ChangeTraining,
    ClearPoints,
    ReplaceState,
    move_points,
)
from app.document.document import Document
from app.document.points import Points
from app.document.state import State
from nncore import TrainingConfig
from tests.app.document.edits import awaited, commands, held, same, settle, states

FIRST = np.array([0])
ONE = AddPoints(Points.of([[5.0], [5.0]], [1]))


@given(st.data(), states)
@hypothesis.settings(max_examples=25)
def test_edits_that_wait_for_each_other_are_the_edits_in_turn(
    qapp: QApplication, data: st.DataObject, start: State
) -> None:
    at_once, beside = Document(start), Document(start)
    with patch("app.document.document.LARGE", -1):
        for _ in range(data.draw(st.integers(2, 5))):
            command = data.draw(commands(at_once.state))
            with patch("app.document.document.LARGE", sys.maxsize):
                at_once.push(command)
            beside.push(command)
        settle(beside)
        assert same(at_once.state, beside.state)
        while at_once.undo_name:
            assert at_once.undo_name == beside.undo_name
            with patch("app.document.document.LARGE", sys.maxsize):
                at_once.undo()
            beside.undo()
            settle(beside)
            assert same(at_once.state, beside.state)


def test_another_edit_of_the_points_waits_for_it_and_is_a_step_of_its_own(
    document: Document, gate: threading.Event
) -> None:
    start, then = document.state, list[str]()
    document.push(held(gate, 0))
    document.push(ONE, then=lambda: then.append("added"))
    document.push(move_points(FIRST, [[7.0], [7.0]]))
    document.push(ClearPoints())
    assert document.state is start
    assert (document.pending, document.undo_name) == ("clear points", "clear points")
    assert not then
    gate.set()
    settle(document)
    assert then == ["added"]
    steps = list[tuple[str | None, list[list[float]]]]()
    while document.undo_name:
        steps.append((document.undo_name, document.state.points.X[:, :1].T.tolist()))
        document.undo()
        settle(document)
    assert steps == [
        ("clear points", []),
        ("move, 1 point", [[7.0, 7.0]]),
        ("add, 1 point", [[1.0, 1.0]]),
        ("lift, 1 point", [[1.0, 1.0]]),
    ]
    assert same(document.state, start)


def test_undo_gives_up_first_what_came_last(document: Document, gate: threading.Event) -> None:
    heard: list[object] = []
    document.push(held(gate, 0))
    document.push(ONE, who="adder")
    document.awaited.connect(lambda name, who: heard.append((name, who)))
    document.undo()
    assert (document.pending, heard) == ("lift, 1 point", [("lift, 1 point", "adder")])
    gate.set()
    settle(document)
    assert document.undo_name == "lift, 1 point"
    assert len(document.state.points) == 4


def test_of_one_stroke_only_the_last_edit_on_its_way_is_wanted(
    document: Document, gate: threading.Event
) -> None:
    document.push(held(gate, 0), stroke="drag")
    for place in (6.0, 7.0):
        document.push(move_points(FIRST, [[place], [place]]), stroke="drag")
    settle(document)  # without the gate: the first one is given up
    assert document.state.points.X[:, 0].tolist() == [7.0, 7.0]
    document.undo()
    settle(document)
    assert (document.undo_name, document.redo_name) == (None, "move, 1 point")


def test_what_waited_is_done_though_the_edit_before_it_fails(document: Document) -> None:
    with capture_exceptions() as caught:
        document.push(move_points(np.array([9]), [[7.0], [7.0]]))
        document.push(ONE)
        settle(document)
    assert [kind for kind, *_ in caught] == [ValueError]
    assert document.undo_name == "add, 1 point"
    document.undo()
    assert document.undo_name is None


def test_what_waits_behind_an_edit_that_is_refused_by_now_is_done(
    document: Document, gate: threading.Event
) -> None:
    with capture_exceptions() as caught:
        document.push(held(gate, 0))
        document.push(ClearPoints())
        document.push(move_points(FIRST, [[7.0], [7.0]]))  # which is gone then
        document.push(ONE)
        gate.set()
        settle(document)
    assert [kind for kind, *_ in caught] == [ValueError]
    assert document.undo_name == "add, 1 point"
    assert document.state.points.X.T.tolist() == [[5.0, 5.0]]


def test_a_setting_waits_for_what_waits_already(document: Document, gate: threading.Event) -> None:
    training = TrainingConfig(learning_rate=0.25)
    session = State(Points.of([[9.0], [9.0]], [0]))
    document.push(held(gate, 0))
    document.push(ReplaceState(session))
    document.push(ChangeTraining(training))
    assert document.pending == "change training"
    gate.set()
    settle(document)
    assert document.state.training is training
    assert document.state.points is session.points


def test_what_is_opened_as_it_is_shown_is_there_after_the_edit(
    document: Document, gate: threading.Event
) -> None:
    start = document.state
    document.push(held(gate, 0))
    document.push(ReplaceState(replace(start)))
    gate.set()
    settle(document)
    assert same(document.state, start)
    assert document.undo_name == "open"


def test_closing_gives_up_all(document: Document, gate: threading.Event) -> None:
    before = document.state
    document.push(held(gate, 0))
    document.push(ONE)
    document.close()
    gate.set()
    assert (document.pending, document.undo_name) == (None, None)
    assert document.state is before


def test_a_setting_that_changes_meanwhile_is_kept(
    document: Document, gate: threading.Event
) -> None:
    start, training = document.state, TrainingConfig(learning_rate=0.25)
    document.push(held(gate, 0))
    document.push(ChangeTraining(training))
    assert awaited(document) == "lift, 1 point"
    gate.set()
    settle(document)
    assert document.state.training is training
    assert document.state.points.X[:, 0].tolist() == [1.0, 1.0]
    assert document.undo_name == "lift, 1 point"
    for _ in range(2):
        document.undo()
        settle(document)
    assert same(document.state, start)


def test_whoever_goes_on_after_a_large_undo_waits_for_it(document: Document) -> None:
    document.push(move_points(FIRST, [[7.0], [7.0]]))
    settle(document)
    document.undo()
    assert awaited(document) == "undo move, 1 point"
    document.push(ChangeTraining(TrainingConfig(learning_rate=0.25)))
    assert awaited(document) == "change training"
    settle(document)
    assert (document.undo_name, document.redo_name) == ("change training", None)
    assert document.state.training.learning_rate == 0.25
    assert document.state.points.X[:, 0].tolist() == [0.0, 0.0]
