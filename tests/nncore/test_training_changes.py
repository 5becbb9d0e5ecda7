"""Settings and data that change while training: what the optimizer remembers, and the epoch."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import (
    OPTIMIZERS,
    NetworkConfig,
    Trainer,
    TrainingConfig,
    compute_cost,
    initialize_parameters,
    make_dataset,
)

NETWORK = NetworkConfig((2, 4, 1))
DATA = make_dataset("moons", 50, seed=3)
CHANGES: list[dict[str, Any]] = [
    {"learning_rate": 0.01},
    {"schedule": "cosine", "schedule_period": 30},
    {"momentum": 0.5, "decay": 0.5, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-3},
    {"l1": 0.1, "l2": 0.2},
    {"clip_norm": 0.01},
    {"batch_size": 16},
]


def make_trainer(**settings: Any) -> Trainer:
    parameters = initialize_parameters(NETWORK, "xavier", seed=1)
    training = TrainingConfig(**{"learning_rate": 0.3, **settings})
    return Trainer(NETWORK, training, parameters, DATA.X, DATA.Y, seed=4)


def test_new_data_keep_the_weights() -> None:
    trainer, more = make_trainer(), make_dataset("circles", 31, seed=5)
    trainer.run(10)
    fresh = Trainer(NETWORK, trainer.training, trainer.parameters, more.X, more.Y)
    trainer.set_data(more.X, more.Y)
    assert trainer.cost() == compute_cost(more.X, more.Y, trainer.parameters, NETWORK)
    assert_same_way(trainer, fresh)
    assert trainer.iteration == 17


@pytest.mark.parametrize(
    "change", [{"learning_rate": 0.01}, {"l1": 0.2}, {"l2": 0.2}, {"learning_rate": 1.0, "l2": 1.0}]
)
def test_new_settings_keep_the_weights(change: dict[str, Any]) -> None:
    trainer = make_trainer()
    trainer.run(10)
    trainer.set_training(replace(trainer.training, **change))
    assert_same_way(trainer, Trainer(NETWORK, trainer.training, trainer.parameters, DATA.X, DATA.Y))


OPERATIONS = st.one_of(
    st.tuples(st.just("run"), st.integers(1, 5)),
    st.tuples(st.just("data"), st.integers(0, 2)),
    st.tuples(st.just("weights"), st.integers(0, 2)),
    *(
        st.tuples(st.just(name), st.sampled_from(values))
        for name, values in {
            "learning_rate": (0.05, 0.3, 1.0),
            "l1": (0.0, 0.2),
            "l2": (0.0, 0.5),
            "clip_norm": (None, 0.05),
            "schedule": ("constant", "step"),
        }.items()
    ),
)
"""What a person may do with a trainer while it runs."""


@given(operations=st.lists(OPERATIONS, max_size=12))
def test_a_run_with_any_changes_is_what_the_changes_say(operations: list[tuple[str, Any]]) -> None:
    """A fresh trainer for each piece is told nothing of the pieces before but the weights."""
    changed, data = make_trainer(schedule_period=2), DATA
    weights, training = changed.parameters.copy(), changed.training
    for name, value in [*operations, ("run", 3)]:
        if name == "run":
            fresh = Trainer(NETWORK, training, weights, data.X, data.Y)
            fresh.restore(replace(fresh.state(), iteration=changed.iteration))
            fresh.run(value)
            changed.run(value)
            weights = fresh.parameters.copy()
        elif name == "data":
            data = make_dataset("circles", 30 + value, seed=value)
            changed.set_data(data.X, data.Y)
        elif name == "weights":
            weights = initialize_parameters(NETWORK, "he", seed=value)
            changed.set_parameters(weights)
        else:
            training = replace(training, **{name: value})
            changed.set_training(training)
        assert changed.training == training
        np.testing.assert_array_equal(changed.parameters.vector, weights.vector)
        penalties = (training.l1, training.l2)
        assert changed.cost() == compute_cost(data.X, data.Y, weights, NETWORK, *penalties)


@pytest.mark.parametrize("change", CHANGES[:-1])
def test_changed_settings_stay_when_the_data_change(change: dict[str, Any]) -> None:
    trainer, more = make_trainer(), make_dataset("circles", 31, seed=5)
    trainer.set_training(replace(trainer.training, **change))
    trainer.set_data(more.X, more.Y)
    assert_same_way(trainer, Trainer(NETWORK, trainer.training, trainer.parameters, more.X, more.Y))


def assert_same_way(trainer: Trainer, fresh: Trainer) -> None:
    """Run both on, the changed one and one that begins with its weights."""
    for each in (trainer, fresh):
        each.run(7)
    np.testing.assert_array_equal(trainer.parameters.vector, fresh.parameters.vector)


def test_a_new_learning_rate_does_not_disturb_the_epoch() -> None:
    changed, steady = (make_trainer(batch_size=16) for _ in range(2))
    for trainer in (changed, steady):
        trainer.run(2)
    changed.set_training(replace(steady.training, learning_rate=9.0))
    changed.set_training(steady.training)
    assert_same_way(changed, steady)


def test_the_batch_size_can_change_while_training() -> None:
    trainer = make_trainer(batch_size=16)
    trainer.run(5)
    before = trainer.cost()
    for batch_size in (7, None, 1, 500):
        trainer.set_training(replace(trainer.training, batch_size=batch_size))
        trainer.run(200)
    assert trainer.iteration == 805
    assert trainer.cost() < before


def test_weights_can_be_set() -> None:
    trainer, other = make_trainer(), initialize_parameters(NETWORK, "he", seed=8)
    trainer.run(5)
    trainer.set_parameters(other)
    assert trainer.cost() == compute_cost(DATA.X, DATA.Y, other, NETWORK)
    fresh = Trainer(NETWORK, trainer.training, other, DATA.X, DATA.Y)
    assert_same_way(trainer, fresh)
    assert trainer.iteration == 12


def test_a_refused_change_leaves_the_trainer_as_it_was() -> None:
    trainer, other = make_trainer(), make_trainer()
    with pytest.raises(ValueError, match="X has no examples"):
        trainer.set_data(np.zeros((2, 0)), np.zeros((1, 0)))
    trainer.run(20)
    other.run(20)
    np.testing.assert_array_equal(trainer.parameters.vector, other.parameters.vector)


def memory(trainer: Trainer) -> dict[str, list[float]]:
    state = trainer.state().memory
    slots = {name: vector.tolist() for name, vector in state.slots.items()}
    return slots | {"updates": [float(state.updates)]}


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
@pytest.mark.parametrize("change", CHANGES)
def test_settings_that_change_keep_what_the_optimizer_remembers(
    optimizer: str, change: dict[str, Any]
) -> None:
    trainer = make_trainer(optimizer=optimizer, learning_rate=0.02)
    trainer.run(20)
    before, theta = memory(trainer), trainer.parameters.vector.copy()
    trainer.set_training(replace(trainer.training, **change))
    assert memory(trainer) == before
    np.testing.assert_array_equal(trainer.parameters.vector, theta)
    trainer.run(1)
    assert (memory(trainer) == before) == (not OPTIMIZERS[optimizer].slots)


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_other_data_keep_it_too(optimizer: str) -> None:
    trainer = make_trainer(optimizer=optimizer, learning_rate=0.02)
    trainer.run(20)
    before = memory(trainer)
    trainer.set_data(DATA.X[:, :31], DATA.Y[:, :31])
    assert memory(trainer) == before


def test_momentum_and_nesterov_hand_the_velocity_over() -> None:
    trainer = make_trainer(optimizer="momentum", learning_rate=0.02)
    trainer.run(20)
    velocity = memory(trainer)["velocity"]
    trainer.set_training(replace(trainer.training, optimizer="nesterov"))
    assert memory(trainer)["velocity"] == velocity


def test_an_optimizer_that_comes_back_begins_anew() -> None:
    trainer = make_trainer(optimizer="adam", learning_rate=0.02)
    trainer.run(20)
    trainer.set_training(replace(trainer.training, optimizer="rmsprop"))
    assert not any(memory(trainer)["mean_square"])
    trainer.set_training(replace(trainer.training, optimizer="adam"))
    assert not any(memory(trainer)["second_moment"])
    fresh = Trainer(NETWORK, trainer.training, trainer.parameters, DATA.X, DATA.Y)
    for each in (trainer, fresh):
        each.run(7)
    np.testing.assert_array_equal(trainer.parameters.vector, fresh.parameters.vector)


def test_other_weights_begin_with_an_empty_memory() -> None:
    trainer = make_trainer(optimizer="adam", learning_rate=0.02)
    trainer.run(20)
    trainer.set_parameters(initialize_parameters(NETWORK, "he", seed=8))
    assert not any(any(values) for values in memory(trainer).values())


def seen(trainer: Trainer, change: Callable[[Trainer], None]) -> list[int]:
    """Return which examples the two batches after a change in mid-epoch and the one before saw."""
    marks = []
    trainer.run(1)
    marks += trainer._batches.last.work.A[0][0].tolist()
    change(trainer)
    for _ in range(2):
        trainer.run(1)
        marks += trainer._batches.last.work.A[0][0].tolist()
    return sorted(np.searchsorted(np.sort(DATA.X[0]), marks).tolist())


@pytest.mark.parametrize("change", CHANGES[:-1])
def test_the_epoch_goes_on_when_settings_change(change: dict[str, Any]) -> None:
    trainer = make_trainer(learning_rate=0.02, batch_size=20)
    examples = seen(trainer, lambda t: t.set_training(replace(t.training, **change)))
    assert examples == list(range(50))


def test_another_batch_size_begins_a_new_epoch() -> None:
    trainer = make_trainer(learning_rate=0.02, batch_size=20)
    examples = seen(trainer, lambda t: t.set_training(replace(t.training, batch_size=25)))
    assert len(examples) == 70
    assert len(set(examples)) == 50


@pytest.mark.parametrize("trained", [0, 3, 5])
def test_data_that_were_never_trained_on_leave_no_trace(trained: int) -> None:
    """However many sets of points a worker skips while it rests, the batches to come are the same.

    50 examples in batches of 10: a place where an epoch begins, one within it, and its end.
    """
    trainers = [make_trainer(batch_size=10) for _ in range(2)]
    for trainer in trainers:
        trainer.run(trained)
    skipped, kept = make_dataset("circles", 31, seed=5), make_dataset("spiral", 40, seed=6)
    trainers[0].set_data(skipped.X, skipped.Y)
    for trainer in trainers:
        trainer.set_data(kept.X, kept.Y)
    assert_same_way(*trainers)


def test_the_rate_of_the_present_iteration_can_be_read() -> None:
    trainer = make_trainer(
        learning_rate=0.8, schedule="step", schedule_period=10, schedule_factor=0.5
    )
    rates = []
    for _ in range(3):
        rates.append(trainer.current_learning_rate)
        trainer.run(10)
    assert rates == [0.8, 0.4, 0.2]
    trainer.set_training(replace(trainer.training, learning_rate=8.0))
    assert trainer.current_learning_rate == 1.0
    trainer.set_training(replace(trainer.training, schedule="constant"))
    assert trainer.current_learning_rate == 8.0


@pytest.mark.parametrize("batch_size", [None, 16])
@pytest.mark.parametrize("schedule", ["step", "exponential", "cosine", "inverse_time"])
def test_a_scheduled_run_does_not_depend_on_the_slices(
    batch_size: int | None, schedule: str
) -> None:
    settings = {"batch_size": batch_size, "schedule": schedule, "schedule_period": 90}
    whole, sliced = (make_trainer(optimizer="adam", learning_rate=0.05, **settings) for _ in "ab")
    whole.run(400)
    for iterations in (1, 99, 156, 44, 100):
        sliced.run(iterations)
    np.testing.assert_array_equal(whole.parameters.vector, sliced.parameters.vector)
