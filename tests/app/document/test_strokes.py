"""Strokes: one step each, told by what they really did; cancelled, they never were."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document.commands import (
    AddPoints,
    ChangeSplit,
    ChangeTraining,
    ClearPoints,
    LoadPreset,
    RemovePoints,
    move_points,
    relabel_points,
)
from app.document.document import Document
from app.document.points import Points
from app.document.split import Split
from app.document.state import Changed, Preset, State
from nncore import TrainingConfig
from tests.app.document.edits import same, subsets, walk_back

TEN = Points.of(np.arange(20.0).reshape(2, 10), [0, 1] * 5)
MANY = 20_000


def ones(count: int) -> Points:
    return Points.of(np.ones((2, count)), np.ones(count))


@pytest.fixture
def document() -> Document:
    return Document(State(TEN))


def test_a_spray_is_named_after_its_points(document: Document) -> None:
    for count in (20, 1, 22):
        document.push(AddPoints(ones(count), verb="spray"), stroke="s")
    assert document.undo_name == "spray, 43 points"
    document.undo()
    assert same(document.state, State(TEN))
    assert document.redo_name == "spray, 43 points"
    document.redo()
    assert len(document.state.points) == 53
    assert document.undo_name == "spray, 43 points"


@given(st.lists(subsets(10), min_size=1, max_size=6))
def test_an_erasing_stroke_is_taken_back_by_one_insertion(removed: list[list[int]]) -> None:
    document = Document(State(TEN))
    for chosen in removed:
        left = len(document.state.points)
        indices = np.array([index for index in chosen if index < left], np.int64)
        document.push(RemovePoints(indices), stroke="erase")
    before, everything = document.state.points, np.arange(len(document.state.points))
    document.undo()
    assert same(document.state, State(TEN))
    carried = document.state.points.carried(everything, before)
    assert carried is not None
    assert np.array_equal(TEN.X[:, carried], before.X)


@given(st.lists(subsets(10), min_size=1, max_size=6))
def test_a_stroke_that_moves_counts_every_point_once(moved: list[list[int]]) -> None:
    document = Document(State(TEN))
    for number, chosen in enumerate(moved, start=1):
        X = np.full((2, len(chosen)), 100.0 * number)
        document.push(move_points(np.array(chosen, np.int64), X), stroke="drag")
    touched = len(set().union(*moved))
    plural = "s" if touched > 1 else ""
    assert document.undo_name == (f"move, {touched} point{plural}" if touched else None)
    assert same(walk_back(document)[-1], State(TEN))
    if touched:
        document.redo()
        assert document.undo_name == f"move, {touched} point{plural}"


def test_edits_of_different_columns_stay_apart_in_a_stroke(document: Document) -> None:
    indices = np.array([0, 3])
    document.push(move_points(indices, np.zeros((2, 2))), stroke="s")
    document.push(relabel_points(indices, 2), stroke="s")
    document.push(RemovePoints(np.array([0])), stroke="s")
    document.undo()
    assert same(document.state, State(TEN))
    assert document.undo_name is None


def test_a_cancelled_stroke_never_was(document: Document) -> None:
    document.push(ChangeTraining(TrainingConfig(learning_rate=0.5)))
    document.push(ClearPoints())
    document.undo()
    before, size = document.state, document.undo_bytes
    told: list[tuple[Changed, object]] = []
    document.push(AddPoints(ones(3)), stroke="s")
    document.push(RemovePoints(np.array([1, 2])), stroke="s")
    document.changed.connect(lambda changes, who: told.append((changes, who)))
    document.cancel_stroke("s", who=document)
    assert told == [(Changed.POINTS, document)]
    assert same(document.state, before)
    assert (document.undo_name, document.redo_name) == ("change training", "clear points")
    assert document.undo_bytes == size
    document.redo()
    assert len(document.state.points) == 0


def test_what_is_no_running_stroke_is_not_cancelled(document: Document) -> None:
    document.cancel_stroke("s")
    document.push(AddPoints(ones(1)), stroke="s")
    document.push(AddPoints(ones(1)))
    document.cancel_stroke("s")
    assert len(document.state.points) == 12
    document.undo()
    document.undo()
    document.redo()
    document.cancel_stroke("s")
    assert len(document.state.points) == 11


def test_a_slider_in_one_stroke_keeps_one_state() -> None:
    document = Document(State(ones(MANY)))
    document.push(ChangeSplit(Split(0.1)), stroke="slider")
    once = document.undo_bytes
    for share in (0.2, 0.3, 0.4):
        document.push(ChangeSplit(Split(share)), stroke="slider")
    assert document.undo_bytes == once
    document.undo()
    assert same(document.state, State(ones(MANY)))


def test_the_oldest_steps_are_forgotten_beyond_the_budget() -> None:
    document = Document(State(TEN), budget=5 * ones(MANY).nbytes)
    for seed in range(20):
        document.push(LoadPreset(Preset(points=MANY, seed=seed)))
        assert document.undo_bytes <= 5 * ones(MANY).nbytes
    states = walk_back(document)
    assert [state.preset.seed for state in states] == [19, 18, 17, 16, 15]


def test_the_last_step_is_kept_whatever_it_takes() -> None:
    document = Document(State(ones(MANY)), budget=1000)
    document.push(ClearPoints())
    document.undo()
    assert len(document.state.points) == MANY


def test_no_bytes_are_lost_from_the_account(document: Document) -> None:
    for number in range(5):
        document.push(AddPoints(ones(3)), stroke=number % 2)
        document.push(RemovePoints(np.array([0, 2])))
    full = document.undo_bytes
    assert full > 0
    while document.undo_name:
        document.undo()
    while document.redo_name:
        document.redo()
    assert document.undo_bytes == full
    document.undo()
    document.push(ClearPoints())
    walk_back(document)
    document.push(AddPoints(ones(1)))
    only = document.undo_bytes
    assert 0 < only < full


def test_the_account_is_what_the_memory_says() -> None:
    document = Document(State(ones(MANY)))
    chosen = np.arange(0, MANY, 2)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for number in range(20):
            document.push(move_points(chosen, np.full((2, chosen.size), float(number))))
            document.push(RemovePoints(np.array([0, 1])))
            document.push(AddPoints(ones(2)))
        used = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    # Beside the account there is the state itself, which was there before tracing began.
    present = 2 * document.state.points.nbytes
    assert 0.8 * document.undo_bytes < used < 1.1 * document.undo_bytes + present


def test_a_long_stroke_takes_no_more_than_a_short_one() -> None:
    short, long = Document(State()), Document(State())
    short.push(AddPoints(ones(1)), stroke="s")
    for _ in range(1000):
        long.push(AddPoints(ones(1)), stroke="s")
    assert long.undo_bytes == short.undo_bytes
