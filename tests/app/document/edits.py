"""Documents and edits for the tests: what Hypothesis may draw."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.document.commands import (
    AddPoints,
    ChangeNetwork,
    ChangeTraining,
    ClearPoints,
    Command,
    InsertPoints,
    LoadPreset,
    RemovePoints,
    ReplacePoints,
    ReplaceState,
)
from app.document.document import Document
from app.document.points import MAX_CLASSES, Points
from app.document.state import NetworkSettings, Preset, State
from nncore import ACTIVATIONS, DATASETS, INITIALIZERS, OPTIMIZERS, TrainingConfig

coordinates = st.floats(-1e6, 1e6)


@st.composite
def point_sets(draw: st.DrawFn, least: int = 0, most: int = 6) -> Points:
    m = draw(st.integers(least, most))
    X = draw(hnp.arrays(np.float64, (2, m), elements=coordinates))
    return Points.of(X, draw(hnp.arrays(np.int64, m, elements=st.integers(0, MAX_CLASSES - 1))))


presets = st.builds(
    Preset,
    st.sampled_from(sorted(DATASETS)),
    st.integers(10, 20),
    st.floats(0, 0.5),
    st.integers(0, 9),
)
networks = st.builds(
    NetworkSettings,
    st.lists(st.integers(1, 64), max_size=3).map(tuple),
    st.sampled_from(sorted(ACTIVATIONS)),
    st.sampled_from(sorted(INITIALIZERS)),
    st.integers(0, 2**32 - 1),
)
trainings = st.builds(
    TrainingConfig,
    st.sampled_from(sorted(OPTIMIZERS)),
    st.floats(1e-5, 10),
    st.none() | st.integers(1, 100),
)
states = st.builds(State, point_sets(), presets, networks, trainings)


def subsets(size: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.booleans(), min_size=size, max_size=size).map(
        lambda chosen: [i for i, one in enumerate(chosen) if one]
    )


@st.composite
def insertions(draw: st.DrawFn, state: State) -> InsertPoints:
    added = draw(point_sets(most=3))
    room = len(state.points) + len(added)
    places = draw(st.permutations(range(room)))[: len(added)]
    return InsertPoints(np.array(sorted(places), np.int64), added)


def removals(state: State) -> st.SearchStrategy[RemovePoints]:
    chosen = subsets(len(state.points))
    return chosen.map(lambda indices: RemovePoints(np.array(indices, np.int64)))


def commands(state: State) -> st.SearchStrategy[Command]:
    """Any command that the state allows; commands of all kinds equally often."""
    every: list[st.SearchStrategy[Command]] = [
        st.builds(AddPoints, point_sets()),
        insertions(state),
        removals(state),
        st.builds(ReplaceState, states),
        st.builds(ReplacePoints, point_sets()),
        st.just(ClearPoints()),
        st.builds(LoadPreset, presets),
        st.builds(ChangeNetwork, networks),
        st.builds(ChangeTraining, trainings),
    ]
    return st.one_of(every)


def same(one: State, other: State) -> bool:
    """Whether two states are the same to the last bit."""
    return one == other and _bits(one) == _bits(other)


def _bits(state: State) -> bytes:
    return state.points.X.tobytes() + state.points.labels.tobytes()


def walk_back(document: Document) -> list[State]:
    """Undo all; returns the states on the way, the present one first."""
    passed = [document.state]
    while document.undo_name is not None:
        document.undo()
        passed.append(document.state)
    return passed
