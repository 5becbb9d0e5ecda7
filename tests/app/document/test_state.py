"""The state: the network follows the data, the seed goes round."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given

from app.document.points import Points
from app.document.state import NetworkSettings, Preset, State
from nncore import SEED_RANGE
from tests.app.document.edits import states


@given(states)
def test_output_and_targets_follow_the_classes(state: State) -> None:
    network, Y = state.network_config(), state.targets()
    classes = state.class_count
    assert (network.n_y, network.output) == (
        (1, "sigmoid") if classes == 2 else (classes, "softmax")
    )
    assert network.hidden_units == state.network.hidden_units
    assert Y.shape == (network.n_y, len(state.points))
    decoded = Y[0] if classes == 2 else Y.argmax(axis=0)
    assert np.array_equal(decoded, state.points.labels)


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
    assert preset.generate() == preset.generate()
    assert preset.generate() != replace(preset, seed=5).generate()


@pytest.mark.parametrize("name", ["points", "preset", "network", "training"])
def test_nothing_of_it_can_be_written(name: str) -> None:
    state = State()
    with pytest.raises(FrozenInstanceError):
        setattr(state, name, getattr(state, name))
