"""Every command knows its way back, and refuses what no run could begin from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document.classes import at_least
from app.document.commands import (
    AddPoints,
    ChangeClasses,
    ChangeNetwork,
    ChangeSplit,
    Command,
    LoadPreset,
    RemoveClass,
    RemoveLast,
    RemovePoints,
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
from app.document.state import NetworkSettings, Preset, State, difference
from tests.app.document.edits import commands, same, states

TWO = Points.of([[0.0, 1.0], [2.0, 3.0]], [0, 1])


@given(st.data(), states)
def test_the_inverse_leads_back_and_its_inverse_forth(data: st.DataObject, start: State) -> None:
    command = data.draw(commands(start))
    there, inverse = command.apply(start)
    back, again = inverse.apply(there)
    assert same(back, start)
    assert same(again.apply(back)[0], there)


@given(st.data(), states)
def test_what_changes_nothing_gives_back_the_very_state(data: st.DataObject, start: State) -> None:
    new, inverse = data.draw(commands(start)).apply(start)
    assert (new is start) is same(new, start)
    assert new is start or difference(start, new)
    assert inverse.apply(new)[1].count == inverse.count


WRONG: list[tuple[Command, str]] = [
    (ChangeNetwork(NetworkSettings(hidden_units=(0,))), "layer_dims"),
    (ChangeNetwork(NetworkSettings(activation="wave")), "wave"),
    (ChangeNetwork(NetworkSettings(activation=("tanh", "relu"))), "activation"),
    (ChangeNetwork(NetworkSettings(initializer="luck")), "luck"),
    (ChangeNetwork(NetworkSettings(seed=-1)), "seed"),
    (ChangeNetwork(NetworkSettings(seed=2**32)), "seed"),
    (ReplaceState(State(TWO, network=NetworkSettings(initializer="luck"))), "luck"),
    (LoadPreset(Preset(name="hats")), "hats"),
    (LoadPreset(Preset(noise=-1.0)), "noise"),
    (RemoveClass(2), "label is 2"),
    (RemoveClass(1), "would be 1 classes"),
    (ChangeClasses(at_least(State().classes, 9)), "would be 9 classes"),
    (change_class(State(), 0, name="Class 2"), "called 'Class 2'"),
    (RemoveLast(3), "count is 3"),
    (RemovePoints(np.array([2])), "from 0 to 1"),
    (RemovePoints(np.array([-1])), "from 0 to 1"),
    (RemovePoints(np.array([1, 1])), "each once"),
    (RemovePoints(np.array([0.5])), "float64"),
    (move_points(np.array([0]), [[1.0], [np.nan]]), "finite"),
    (move_points(np.array([0]), [[1.0, 2.0]]), "shape"),
    (relabel_points(np.array([0]), 8), "8"),
    (set_values(np.array([0]), np.inf), "finite"),
    (set_test(np.array([0, 1]), [True]), "shape"),
    (set_test(np.array([0]), 1), "test is of type"),
]


@pytest.mark.parametrize(("command", "named"), WRONG)
def test_what_no_run_could_begin_from_is_refused_by_name(command: Command, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        command.apply(State(TWO))


def test_fewer_classes_than_the_points_need_are_refused() -> None:
    three = AddPoints(Points.of([[9.0], [9.0]], [2])).apply(State(TWO))[0]
    with pytest.raises(ValueError, match="the points need 3"):
        ChangeClasses(three.classes[:2]).apply(three)


def test_moved_points_stop_where_the_accepted_coordinates_end() -> None:
    state = State(Points.of([[1e6, 0.0], [-1e6, 0.0]], [0, 1]))
    both = np.arange(2)
    for command in (
        move_points(both, [[2e6, 0.0], [-3e6, 0.0]]),
        map_points(both, lambda X: 7 * X, "scale"),
        add_noise(state.points, 1e7, seed=1),
    ):
        after, inverse = command.apply(state)
        assert np.abs(after.points.X).max() <= 1e6
        assert same(inverse.apply(after)[0], state)


def test_noise_must_be_a_standard_deviation() -> None:
    with pytest.raises(ValueError, match="sigma is -1"):
        add_noise(TWO, -1.0, seed=0)


def test_a_removed_class_takes_its_points_along_and_higher_labels_move_down() -> None:
    state = State(
        Points.of([[0, 1, 2, 3], [0] * 4], [0, 1, 2, 1], [5, 6, 7, 8], [True, False, True, False])
    )
    new, inverse = RemoveClass(1).apply(state)
    assert new.points == Points.of([[0, 2], [0, 0]], [0, 1], [5, 7], [True, True])
    assert [(info.name, info.color) for info in new.classes] == [("Class 1", 0), ("Class 3", 2)]
    assert same(inverse.apply(new)[0], state)
    again = add_class(new).apply(new)[0].classes[2]
    assert (again.name, again.color, again.marker) == ("Class 2", 1, 1)


def test_a_class_without_points_makes_the_output_larger() -> None:
    state = State(TWO)
    assert add_class(state).apply(state)[0].output == (3, "softmax")


def test_points_of_a_new_class_bring_it_along_and_take_it_with_them() -> None:
    new, inverse = AddPoints(Points.of([[9.0], [9.0]], [3])).apply(State(TWO))
    assert [info.name for info in new.classes] == [f"Class {k}" for k in (1, 2, 3, 4)]
    assert same(inverse.apply(new)[0], State(TWO))


def test_toggled_points_change_sets() -> None:
    points = Points.of([[0, 1, 2], [0, 0, 0]], [0, 0, 0], test=[True, False, False])
    new = toggle_test(points, np.array([0, 2])).apply(State(points))[0]
    assert new.points.test.tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("test", "name"),
    [
        (True, "move to test, 2 points"),
        ([False, False], "move to training, 2 points"),
        ([False, True], "swap test and training, 2 points"),
    ],
)
def test_the_undo_says_where_points_were_moved(test: bool | list[bool], name: str) -> None:
    document = Document(State(Points.of([[0, 1], [0, 0]], [0, 0], test=[True, False])))
    document.push(set_test(np.array([0, 1]), test))
    assert document.undo_name == name


def test_a_preset_brings_its_task_and_classes_in_one_step() -> None:
    document = Document(State(classes=at_least((), 5)))
    document.push(LoadPreset(Preset("hill", points=20)))
    assert (document.state.task, document.state.class_count) == ("regression", 2)
    document.push(LoadPreset(Preset("blobs", points=20)))
    assert (document.state.task, document.state.class_count) == ("classification", 3)
    assert document.undo_name == "load blobs"
    document.undo()
    document.undo()
    assert document.state == State(classes=at_least((), 5))
    assert document.redo_name == "load gaussian hill"


def test_a_preset_may_serve_the_other_task() -> None:
    new = LoadPreset(Preset(points=40), task="regression").apply(State())[0]
    assert new.output == (1, "linear")
    assert set(new.targets()[0]) == {-1, 1}


def test_a_preset_is_shared_out_as_the_split_says() -> None:
    state = State(split=Split(0.25, 3))
    new = LoadPreset(Preset(points=40)).apply(state)[0]
    assert len(new.test_points) == 10
    again = ChangeSplit(Split(0.5, 4)).apply(new)[0]
    assert len(again.test_points) == 20


def test_remove_and_insert_keep_the_order_of_the_others() -> None:
    state = State(Points.of([[0, 1, 2, 3, 4], [0] * 5], [0, 1, 0, 1, 0]))
    new, inverse = RemovePoints(np.array([1, 4])).apply(state)
    assert new.points == Points.of([[0, 2, 3], [0] * 3], [0, 0, 1])
    assert inverse.count == 2
    assert same(inverse.apply(new)[0], state)


def test_added_points_come_last() -> None:
    new, _ = AddPoints(Points.of([[9.0], [9.0]], [4])).apply(State(TWO))
    assert new.points == Points.of([[0, 1, 9], [2, 3, 9]], [0, 1, 4])


def test_an_undo_does_not_depend_on_arrays_that_the_tool_goes_on_using() -> None:
    state, indices, X = State(TWO), np.array([0]), np.array([[9.0], [9.0]])
    inverses = [move_points(indices, X).apply(state)[1], RemovePoints(indices).apply(state)[1]]
    moved, removed = (
        move_points(indices, X).apply(state)[0],
        RemovePoints(indices).apply(state)[0],
    )
    indices[0], X[0, 0] = 1, -9.0
    for there, inverse in zip((moved, removed), inverses, strict=True):
        assert same(inverse.apply(there)[0], state)
