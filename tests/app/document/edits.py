"""Documents and edits for the tests: what Hypothesis may draw, and an edit that can be held up."""

import threading

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PySide6.QtCore import QCoreApplication, QEventLoop

from app.document.classes import TWO_CLASSES, ClassInfo, at_least
from app.document.columns import MAX_CLASSES
from app.document.commands import (
    AddPoints,
    ChangeClasses,
    ChangeNetwork,
    ChangePreset,
    ChangeSplit,
    ChangeTask,
    ChangeTraining,
    ClearPoints,
    Command,
    Composed,
    InsertPoints,
    LoadPreset,
    RemoveClass,
    RemoveLast,
    RemovePoints,
    ReplacePoints,
    ReplaceState,
    add_class,
    add_noise,
    change_class,
    map_points,
    move_points,
    relabel_points,
    set_test,
    set_values,
    toggle_test,
)
from app.document.document import Document
from app.document.points import Points
from app.document.split import Split
from app.document.state import TASKS, NetworkSettings, Preset, State
from nncore import ACTIVATIONS, DATASETS, INITIALIZERS, OPTIMIZERS, TrainingConfig

coordinates = st.floats(-1e6, 1e6)
labels = st.integers(0, MAX_CLASSES - 1)
seeds = st.integers(0, 9)


def awaited(document: Document) -> str | None:
    """What is on its way; a property that changes by itself, mypy takes for the same."""
    return document.pending


def settle(document: Document) -> None:
    while document.pending:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def held(gate: threading.Event, *indices: int) -> Composed:
    """Lift points, when the gate is open."""

    def up(X: np.ndarray) -> np.ndarray:
        gate.wait()
        return X + 1

    return map_points(np.array(indices), up, "lift")


def arrays(
    dtype: type, shape: int | tuple[int, ...], elements: st.SearchStrategy[object]
) -> st.SearchStrategy[np.ndarray]:
    return hnp.arrays(dtype, shape, elements=elements)


@st.composite
def point_sets(draw: st.DrawFn, least: int = 0, most: int = 6) -> Points:
    m = draw(st.integers(least, most))
    return Points.of(
        draw(arrays(np.float64, (2, m), coordinates)),
        draw(arrays(np.int64, m, labels)),
        draw(arrays(np.float64, m, coordinates)),
        draw(arrays(np.bool_, m, st.booleans())),
    )


presets = st.builds(
    Preset, st.sampled_from(sorted(DATASETS)), st.integers(10, 20), st.floats(0, 0.5), seeds
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
splits = st.builds(Split, st.floats(0, 0.9), seeds)
names = st.text("abc", min_size=1, max_size=3)
infos = st.builds(ClassInfo, names, labels, labels)
class_sets = st.lists(infos, min_size=2, max_size=MAX_CLASSES, unique_by=lambda info: info.name)
states = st.builds(
    State,
    point_sets(),
    presets,
    networks,
    trainings,
    st.just(TWO_CLASSES) | class_sets.map(tuple),
    splits,
    st.sampled_from(TASKS),
)


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


def _chosen(state: State) -> st.SearchStrategy[np.ndarray]:
    return subsets(len(state.points)).map(lambda indices: np.array(indices, np.int64))


@st.composite
def edits(draw: st.DrawFn, state: State) -> Command:
    """Write into a column of some points."""
    indices, points = draw(_chosen(state)), state.points
    k, sigma, seed = indices.size, st.floats(0, 2), draw(seeds)
    every: list[st.SearchStrategy[Command]] = [
        arrays(np.float64, (2, k), coordinates).map(lambda X: move_points(indices, X)),
        (labels | arrays(np.int64, k, labels)).map(lambda new: relabel_points(indices, new)),
        (coordinates | arrays(np.float64, k, coordinates)).map(lambda v: set_values(indices, v)),
        (st.booleans() | arrays(np.bool_, k, st.booleans())).map(lambda t: set_test(indices, t)),
        st.just(toggle_test(points, indices)),
        sigma.map(lambda spread: add_noise(points, spread, seed, indices)),
        sigma.map(lambda spread: add_noise(points, spread, seed)),
    ]
    return draw(st.one_of(every))


@st.composite
def class_changes(draw: st.DrawFn, state: State) -> Command:
    """Add, change or remove a class, as far as the state allows."""
    label = draw(st.integers(0, state.class_count - 1))
    info = ClassInfo(f"new {draw(names)}", draw(labels), draw(labels))
    taken = {one.name for one in state.classes}
    allowed: list[Command] = [change_class(state, label, color=info.color, marker=info.marker)]
    if info.name not in taken:
        allowed.append(change_class(state, label, name=info.name))
    if state.class_count < MAX_CLASSES:
        allowed.append(add_class(state))
        allowed.append(ChangeClasses(at_least(state.classes, MAX_CLASSES)))
    if state.class_count > 2:
        allowed.append(RemoveClass(label))
    return draw(st.sampled_from(allowed))


def commands(state: State) -> st.SearchStrategy[Command]:
    """Any command that the state allows; commands of all kinds equally often."""
    every: list[st.SearchStrategy[Command]] = [
        st.builds(AddPoints, point_sets()),
        st.builds(RemoveLast, st.integers(0, len(state.points))),
        insertions(state),
        st.builds(RemovePoints, _chosen(state)),
        edits(state),
        class_changes(state),
        st.builds(ReplaceState, states),
        st.builds(ReplacePoints, point_sets(), task=st.none() | st.sampled_from(TASKS)),
        st.just(ClearPoints()),
        st.builds(LoadPreset, presets),
        st.builds(ChangeSplit, splits),
        st.builds(ChangeTask, st.sampled_from(TASKS)),
        st.builds(ChangeNetwork, networks),
        st.builds(ChangeTraining, trainings),
        st.builds(ChangePreset, presets),
    ]
    return st.one_of(every)


def same(one: State, other: State) -> bool:
    """Whether two states are the same to the last bit."""
    return one == other and _bits(one) == _bits(other)


def _bits(state: State) -> list[bytes]:
    points = state.points
    return [column.tobytes() for column in (*points.columns, points.counts, points.test_counts)]


def walk_back(document: Document) -> list[State]:
    """Undo all; returns the states on the way, the present one first."""
    passed = [document.state]
    while document.undo_name is not None:
        document.undo()
        passed.append(document.state)
    return passed
