"""The training loop allocates nothing: what a run keeps, and needs on its way, by tracemalloc."""

from typing import Any

import numpy as np
import pytest

from nncore import (
    ACTIVATIONS,
    OPTIMIZERS,
    OUTPUTS,
    SCHEDULES,
    History,
    NetworkConfig,
    Trainer,
    TrainingConfig,
    initialize_parameters,
    make_dataset,
    one_hot,
)
from nncore.arrays import Call
from nncore.optimizers import Terms
from tests.nncore.memory import bytes_kept_and_needed, bytes_needed

NETWORK = NetworkConfig((2, 8, 1))
DATA = make_dataset("flower", 400, seed=2)
ALLOWED = 2_000
"""Bytes for Python's own numbers, bound methods and the generator's state at a new epoch.

One row of 400 numbers has 3,200 bytes, one array of 8 units and 64 examples 4,096.
"""


def make_trainer(
    batch_size: int | None, network: NetworkConfig = NETWORK, capacity: int = 0, **settings: Any
) -> Trainer:
    training = TrainingConfig(learning_rate=0.01, batch_size=batch_size, **settings)
    parameters = initialize_parameters(network, "xavier", seed=1)
    Y = DATA.Y if network.n_y == 1 else one_hot(DATA.labels, network.n_y)
    return Trainer(network, training, parameters, DATA.X, Y, history=History(capacity))


def replays_need(trainer: Trainer, iterations: int = 200) -> int:
    """Return how many bytes so many replays have at most at once, after as many to warm up."""
    batches = trainer._batches
    with np.errstate(all="ignore"):
        batches.run(iterations)
        return bytes_needed(lambda: batches.run(iterations))


@pytest.mark.parametrize("batch_size", [None, 64])
@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_no_optimizer_allocates(batch_size: int | None, optimizer: str) -> None:
    assert replays_need(make_trainer(batch_size, optimizer=optimizer)) < ALLOWED


@pytest.mark.parametrize("batch_size", [None, 64])
@pytest.mark.parametrize("schedule", sorted(SCHEDULES))
def test_schedules_clipping_and_penalties_allocate_nothing(
    batch_size: int | None, schedule: str
) -> None:
    trainer = make_trainer(batch_size, schedule=schedule, clip_norm=0.01, l1=0.1, l2=0.1)
    assert replays_need(trainer) < ALLOWED


@pytest.mark.parametrize("batch_size", [None, 64])
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
@pytest.mark.parametrize("output", sorted(OUTPUTS))
def test_no_activation_and_no_output_allocates(
    batch_size: int | None, activation: str, output: str
) -> None:
    trainer = make_trainer(batch_size, NetworkConfig((2, 8, 8, 2), activation, output))
    assert replays_need(trainer) < ALLOWED


def test_tiles_allocate_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nncore.tiles.TILE_BYTES", 40_000)
    trainer = make_trainer(None)
    assert len(trainer._data.tiles) == 4
    assert replays_need(trainer) < ALLOWED


def test_an_allocation_that_is_planted_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def wasteful(terms: Terms) -> list[Call]:
        theta, gradient, rate, *_ = terms
        return [(lambda: np.subtract(theta, np.tile(gradient * rate, 40)[: theta.size], theta), ())]

    record = OPTIMIZERS["gradient_descent"]
    replaced = {
        **OPTIMIZERS,
        "gradient_descent": type(record)(**{**vars(record), "update": wasteful}),
    }
    for owner in ("nncore.update", "nncore.batches"):
        monkeypatch.setattr(f"{owner}.OPTIMIZERS", replaced)
    assert replays_need(make_trainer(None)) > ALLOWED
    assert replays_need(make_trainer(64)) > ALLOWED


@pytest.mark.parametrize("batch_size", [None, 64])
@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_a_run_of_any_length_keeps_no_more_memory_than_a_short_one(
    batch_size: int | None, optimizer: str
) -> None:
    trainer = make_trainer(batch_size, optimizer=optimizer)
    trainer.run(600)
    kept, needed = bytes_kept_and_needed(lambda: trainer.run(2000))
    # A checkpoint: parameters, two slots and the state of the shuffle, of which there are two
    # while the new one is made.
    assert kept < 4_000
    assert needed < 10_000


@pytest.mark.parametrize("batch_size", [None, 64])
def test_a_run_that_records_its_costs_keeps_no_more_either(batch_size: int | None) -> None:
    trainer = make_trainer(batch_size, capacity=64)
    trainer.run(600)
    entries = len(trainer.history)
    kept, needed = bytes_kept_and_needed(lambda: trainer.run(4000))
    assert trainer.history.iterations[-1] > 4000
    assert len(trainer.history) <= 64
    assert entries > 32
    # The losses of 400 examples are computed in up to five arrays of 3,200 bytes, and let go.
    assert kept < 4_000
    assert needed < 25_000
