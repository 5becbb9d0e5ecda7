"""Edits beside the window: as if nobody had waited, and nothing is seen of what is given up."""

import threading
from collections.abc import Callable
from unittest.mock import patch

import hypothesis
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions

from app.document.commands import (
    AddPoints,
    Command,
    move_points,
)
from app.document.document import Document
from app.document.points import Points
from app.document.state import State
from tests.app.document.edits import awaited, commands, held, same, settle, states

FIRST = np.array([0])
ONE = AddPoints(Points.of([[5.0], [5.0]], [1]))


def push_of(command: Command, stroke: str | None) -> Callable[[Document], None]:
    return lambda document: document.push(command, stroke=stroke)


@given(st.data(), states)
@hypothesis.settings(max_examples=25)
def test_edits_beside_the_window_are_the_edits_at_once(
    qapp: QApplication, data: st.DataObject, start: State
) -> None:
    at_once, beside = Document(start), Document(start)

    def both(do: Callable[[Document], None]) -> None:
        do(at_once)
        with patch("app.document.document.LARGE", -1):
            do(beside)
            settle(beside)
        assert same(at_once.state, beside.state)
        assert (at_once.undo_name, at_once.redo_name) == (beside.undo_name, beside.redo_name)
        assert at_once.undo_bytes == beside.undo_bytes

    for _ in range(data.draw(st.integers(1, 4))):
        command = data.draw(commands(at_once.state))
        stroke = data.draw(st.sampled_from([None, "stroke"]))
        both(push_of(command, stroke))
    both(lambda document: document.cancel_stroke("stroke"))
    while at_once.undo_name:
        both(Document.undo)
    while at_once.redo_name:
        both(Document.redo)


def test_the_former_state_is_shown_until_the_edit_is_there(
    document: Document, gate: threading.Event
) -> None:
    heard: list[object] = []
    document.awaited.connect(lambda name, who: heard.append((name, who)))
    before = document.state
    document.push(held(gate, 0), who=heard, then=lambda: heard.append("then"))
    assert document.state is before
    assert (document.pending, document.undo_name) == ("lift, 1 point", "lift, 1 point")
    gate.set()
    settle(document)
    assert document.state.points.X[:, 0].tolist() == [1.0, 1.0]
    assert (document.pending, document.undo_name) == (None, "lift, 1 point")
    assert heard == [("lift, 1 point", heard), "then", (None, heard)]


def test_undo_gives_up_what_is_on_its_way(document: Document, gate: threading.Event) -> None:
    document.push(ONE)
    document.undo()
    before, then = document.state, list[str]()
    document.push(held(gate, 0), then=lambda: then.append("applied"))
    document.redo()
    assert awaited(document) == "lift, 1 point"
    document.undo()
    gate.set()
    assert (document.pending, document.redo_name) == (None, "add, 1 point")
    assert document.state is before
    assert not document.drop()
    document.push(move_points(FIRST, [[7.0], [7.0]]))
    settle(document)
    assert document.state.points.X[:, 0].tolist() == [7.0, 7.0]
    assert not then


def test_cancelling_a_stroke_gives_up_its_edit_and_takes_back_the_others(
    document: Document, gate: threading.Event
) -> None:
    start = document.state
    document.push(move_points(FIRST, [[7.0], [7.0]]), stroke=1)
    settle(document)
    document.push(held(gate, 0), stroke=1)
    document.cancel_stroke(1)
    gate.set()
    settle(document)
    assert same(document.state, start)
    assert (document.undo_name, document.redo_name) == (None, None)


def test_a_large_edit_that_fails_changes_nothing_and_is_told(document: Document) -> None:
    before = document.state
    with capture_exceptions() as caught:
        document.push(move_points(np.array([9]), [[7.0], [7.0]]))
        settle(document)
    assert [kind for kind, *_ in caught] == [ValueError]
    assert document.state is before
    assert document.undo_name is None
