"""The state: the network follows the data, the seed goes round."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document.classes import TWO_CLASSES, ClassInfo
from app.document.columns import MAX_CLASSES
from app.document.points import Points
from app.document.split import Split
from app.document.state import NetworkSettings, Preset, State, initial_state
from nncore import SEED_RANGE
from tests.app.document.edits import presets, splits, states


@given(states)
def test_output_and_targets_follow_the_classes(chosen: State) -> None:
    state = replace(chosen, task="classification")
    network, Y = state.network_config(), state.targets()
    classes = state.class_count
    assert (network.n_y, network.output) == (
        (1, "sigmoid") if classes == 2 else (classes, "softmax")
    )
    assert network.hidden_units == state.network.hidden_units
    assert Y.shape == (network.n_y, len(state.points))
    decoded = Y[0] if classes == 2 else Y.argmax(axis=0)
    assert np.array_equal(decoded, state.points.labels)


@given(states)
def test_a_regression_has_one_linear_output(chosen: State) -> None:
    state = replace(chosen, task="regression")
    assert state.output == (state.network_config().n_y, state.network_config().output)
    assert state.output == (1, "linear")
    assert np.array_equal(state.targets(), [state.points.values])


@given(states)
def test_every_point_is_in_one_of_the_two_sets(state: State) -> None:
    training, test = state.training_points, state.test_points
    assert not training.test.any()
    assert test.test.all()
    assert len(training) + len(test) == len(state.points)
    assert np.array_equal(training.counts + test.counts, state.points.counts)
    assert state.targets(test).shape == (state.output[0], len(test))


@given(states)
def test_classes_always_cover_the_points(state: State) -> None:
    assert 2 <= state.class_count <= MAX_CLASSES
    assert state.class_count >= state.points.class_count
    assert len({info.name for info in state.classes}) == state.class_count


@given(st.integers(0, 40), splits)
def test_a_split_holds_its_share_back(m: int, split: Split) -> None:
    test = split.draw(m)
    assert test.sum() == round(split.test_share * m)
    assert np.array_equal(test, split.draw(m))


@given(splits, st.lists(st.integers(1, 9), max_size=8))
def test_what_is_drawn_keeps_the_share_however_small_the_steps(
    split: Split, steps: list[int]
) -> None:
    state = State(split=split)
    for step in steps:
        drawn = Points.of(np.zeros((2, step)), np.zeros(step, int))
        drawn = split.shared_out(drawn, len(state.points))
        state = replace(state, points=state.points.append(drawn))
        assert state.test_share == split.test_share
    m = len(state.points)
    assert state.points.test_counts.sum() == round(split.test_share * m)
    at_once = split.shared_out(Points.of(np.zeros((2, m)), np.zeros(m, int)), 0)
    assert np.array_equal(at_once.test, state.points.test)


def test_a_split_of_nothing_gives_back_what_was_held_back() -> None:
    points = Points.of(np.zeros((2, 3)), [0, 0, 1], test=[True, False, True])
    assert not Split(0.0).applied(points).test.any()


def test_another_seed_holds_others_back() -> None:
    assert not np.array_equal(Split(0.5, 1).draw(100), Split(0.5, 2).draw(100))


WRONG: list[tuple[Callable[[], object], str]] = [
    (lambda: Split(0.91), "test_share is 0.91; accepted"),
    (lambda: Split(float("nan")), "test_share is nan"),
    (lambda: Split(0.5, -1), "seed of the split is -1"),
    (lambda: State(classes=TWO_CLASSES[:1]), "1 classes; accepted: 2 to 8"),
    (lambda: State(classes=(ClassInfo("a", 0, 0), ClassInfo("a", 1, 1))), "called 'a'"),
    (lambda: ClassInfo("", 0, 0), "name of a class is ''"),
    (lambda: ClassInfo(" a", 0, 0), "blank"),
    (lambda: ClassInfo("a\nb", 0, 0), "can be printed"),
    (lambda: ClassInfo("x" * 41, 0, 0), "1 to 40"),
    (lambda: ClassInfo("a", 8, 0), "color of a class is 8"),
    (lambda: ClassInfo("a", 0, -1), "marker of a class is -1"),
    (lambda: State().class_of(2), "label is 2; accepted: 0 to 1"),
]


@pytest.mark.parametrize(("make", "words"), WRONG)
def test_what_no_state_can_hold_is_refused_by_name(make: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()


def test_one_class_alone_still_makes_two() -> None:
    state = State(Points.of([[0.0], [0.0]], [0]))
    assert state.class_count == 2
    assert state.targets().tolist() == [[0.0]]


def test_no_points_make_a_network_too() -> None:
    assert State().network_config().layer_dims == (2, 4, 1)
    assert State().targets().shape == (1, 0)


def test_the_next_seed_is_always_one_that_is_accepted() -> None:
    network = NetworkSettings(seed=3)
    assert network.next_seed() == replace(network, seed=4)
    last = NetworkSettings(seed=int(SEED_RANGE.maximum))
    after = last.next_seed()
    State(network=after).check()
    assert after.seed == 0
    assert isinstance(after.seed, int)


def test_a_preset_repeats_itself() -> None:
    preset = Preset("moons", 30, 0.1, 4)
    first = preset.generate()
    Preset().generate()  # what is remembered is another one now
    assert preset.generate() == first
    assert preset.generate() != replace(preset, seed=5).generate()


@given(presets, splits)
def test_points_are_known_as_those_of_the_preset_in_either_set(
    preset: Preset, split: Split
) -> None:
    state = initial_state(preset)
    assert state.shows_preset
    assert replace(state, points=split.applied(state.points)).shows_preset


@given(presets)
def test_edited_points_are_not_those_of_the_preset(preset: Preset) -> None:
    state = initial_state(preset)
    more = state.points.append(Points.of([[0], [0]], [0]))
    moved = state.points.edited("X", np.array([3]), [[9], [9]])
    other = state.points.edited("values", np.array([3]), 7)
    for points in (more, moved, other, Points.empty()):
        assert not replace(state, points=points).shows_preset
    assert replace(state, points=more.without_last(1)).shows_preset


@pytest.mark.parametrize(
    ("name", "output"),
    [("moons", (1, "sigmoid")), ("blobs", (3, "softmax")), ("hill", (1, "linear"))],
)
def test_a_preset_brings_classes_and_task(name: str, output: tuple[int, str]) -> None:
    assert initial_state(Preset(name)).output == output


@pytest.mark.parametrize(
    ("largest", "limit"),
    [(0, 1), (0.9933, 1), (1, 1), (1.01, 2), (3, 5), (7, 10), (0.04, 0.05), (1e-310, 1)],
)
def test_the_scale_of_the_values_ends_at_a_round_number(largest: float, limit: float) -> None:
    points = Points.of(np.zeros((2, 3)), [0, 0, 0], [0.0, -largest, largest / 2])
    assert State(points).value_limit == pytest.approx(limit)


@given(st.floats(1e-290, 1e290))
def test_the_scale_holds_every_value(largest: float) -> None:
    limit = State(Points.of([[0], [0]], [0], [largest])).value_limit
    assert largest <= limit <= 2.6 * largest


def test_no_points_have_a_scale_too() -> None:
    assert State().value_limit == 1


@pytest.mark.parametrize("name", [one.name for one in fields(State)])
def test_nothing_of_it_can_be_written(name: str) -> None:
    state = State()
    with pytest.raises(FrozenInstanceError):
        setattr(state, name, getattr(state, name))
