"""Mini-batches, clipping and schedules against plain updates with the gradients of autograd.

What is repeated here is what the settings promise: shuffles from the third stream of the seed, each
batch with its share of the penalty, a gradient no longer than c, and the formulas of the schedules.
"""

from collections.abc import Callable
from math import cos, pi
from typing import Any

import numpy as np
import pytest

from nncore import SCHEDULES, IntArray, NetworkConfig, Trainer, TrainingConfig
from tests.nncore.cases import Case, make_case
from tests.nncore.textbook import Layers
from tests.peers.agreement import assert_layers_agree
from tests.peers.autodiff import cost_and_gradient

UPDATES, PERIOD, FACTOR, RATE = 50, 30, 0.2, 0.3
CASE = make_case(NetworkConfig((2, 5, 4, 3), "tanh", "softmax"), 30, seed=7)

RATES: dict[str, Callable[[int], float]] = {
    "constant": lambda t: RATE,
    "step": lambda t: RATE if t < PERIOD else RATE * FACTOR,
    "exponential": lambda t: RATE * FACTOR ** (t / PERIOD),
    "cosine": lambda t: (
        RATE * (FACTOR + (1 - FACTOR) * (1 + cos(pi * min(t, PERIOD) / PERIOD)) / 2)
    ),
    "inverse_time": lambda t: RATE / (1 + t / PERIOD * (1 / FACTOR - 1)),
}


def trained(case: Case, **settings: Any) -> Trainer:
    training = TrainingConfig(learning_rate=RATE, **settings)
    trainer = Trainer(case.network, training, case.parameters, case.X, case.Y, seed=3)
    trainer.run(UPDATES)
    return trainer


def gradient(layers: Layers, examples: slice | IntArray = slice(None), l2: float = 0.0) -> Layers:
    X, Y = CASE.X[:, examples], CASE.Y[:, examples]
    return cost_and_gradient(layers, X, Y, CASE.names, l2=l2 * X.shape[1] / CASE.X.shape[1])[1]


def moved(layers: Layers, gradients: Layers, rate: float) -> Layers:
    pairs = zip(layers, gradients, strict=True)
    return [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in pairs]


@pytest.mark.parametrize("name", sorted(SCHEDULES))
def test_schedules(name: str) -> None:
    trainer = trained(CASE, schedule=name, schedule_period=PERIOD, schedule_factor=FACTOR)
    layers = CASE.layers
    for t in range(UPDATES):
        layers = moved(layers, gradient(layers), RATES[name](t))
    assert_layers_agree(trainer.parameters, layers)


@pytest.mark.parametrize("batch_size", [1, 8, 15, 29])
def test_mini_batches(batch_size: int) -> None:
    trainer = trained(CASE, batch_size=batch_size, l2=0.5)
    random = np.random.default_rng(np.random.SeedSequence(3).spawn(3)[2])
    layers = CASE.layers
    order: IntArray = np.empty(0, np.int64)
    for _ in range(UPDATES):
        if not order.size:
            order = np.arange(30)
            random.shuffle(order)
        batch, order = order[:batch_size], order[batch_size:]
        layers = moved(layers, gradient(layers, batch, l2=0.5), RATE)
    assert_layers_agree(trainer.parameters, layers)


def test_clipping() -> None:
    limit, clipped, layers = 0.1, 0, CASE.layers
    for _ in range(UPDATES):
        gradients = gradient(layers, l2=0.5)
        norm = float(np.sqrt(sum((d**2).sum() for pair in gradients for d in pair)))
        clipped += norm > limit
        layers = moved(layers, gradients, RATE * min(1.0, limit / norm))
    assert 0 < clipped < UPDATES
    assert_layers_agree(trained(CASE, clip_norm=limit, l2=0.5).parameters, layers)
