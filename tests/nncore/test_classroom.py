"""The run that every learner of the notes knows: 2-4-1 tanh on the flower, learning rate 1.2."""

import numpy as np
import pytest

from nncore import (
    ACTIVATIONS,
    NetworkConfig,
    Parameters,
    Trainer,
    TrainingConfig,
    accuracy,
    forward_propagation,
    initialize_parameters,
    make_dataset,
)

NETWORK = NetworkConfig((2, 4, 1), activation="tanh", output="sigmoid")


def test_the_published_costs_are_reproduced() -> None:
    """The exercise prints its costs; its data come from NumPy's old generator, seeds 1 and 2."""
    old = np.random.RandomState(1)
    X, Y = np.zeros((2, 400)), np.repeat([[0.0, 1.0]], 200, axis=1)
    for petals in range(2):
        t = np.linspace(petals * 3.12, (petals + 1) * 3.12, 200) + 0.2 * old.randn(200)
        r = 4 * np.sin(4 * t) + 0.2 * old.randn(200)
        X[:, 200 * petals : 200 * (petals + 1)] = r * np.sin(t), r * np.cos(t)
    old = np.random.RandomState(2)
    W = [0.01 * old.randn(4, 2), 0.01 * old.randn(1, 4)]
    parameters = Parameters.from_layers(W, [np.zeros(4), np.zeros(1)])
    trainer = Trainer(NETWORK, TrainingConfig(learning_rate=1.2), parameters, X, Y)
    costs = [trainer.cost()]
    for _ in range(3):
        trainer.run(1000)
        costs.append(trainer.cost())
    assert costs == pytest.approx([0.693048, 0.288083, 0.254385, 0.233864], abs=1e-6)


def test_a_unit_that_is_surely_wrong_learns_with_cross_entropy_and_not_with_squared_error() -> None:
    """Start at a = σ(12) with the target 0: the slope a (1 − a) is 6e-6."""
    answers = []
    for output in ("sigmoid", "sigmoid_squared_error"):
        network = NetworkConfig((1, 1), output=output)
        start = Parameters.from_layers([[[0.0]]], [[12.0]])
        trainer = Trainer(network, TrainingConfig(learning_rate=1.0), start, [[0.0]], [[0.0]])
        trainer.run(100)
        answers.append(forward_propagation([[0.0]], trainer.parameters, network).A[-1].item())
    assert answers[0] < 0.02
    assert answers[1] > 0.999


@pytest.mark.parametrize("activation", sorted(set(ACTIVATIONS) - {"identity", "step"}))
def test_every_activation_that_is_neither_straight_nor_flat_learns_two_circles(
    activation: str,
) -> None:
    data = make_dataset("circles", 200, 0.1, seed=1)
    network = NetworkConfig((2, 16, 1), activation)
    parameters = initialize_parameters(network, "xavier", seed=1, bias=0.5)
    trainer = Trainer(network, TrainingConfig(learning_rate=0.5), parameters, data.X, data.Y)
    trainer.run(1500)
    assert accuracy(data.X, data.labels, trainer.parameters, network) > 0.95


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_any_seed_of_ours_learns_the_flower(seed: int) -> None:
    data = make_dataset("flower", 400, 0.2, seed)
    parameters = initialize_parameters(NETWORK, "small_random", seed)
    trainer = Trainer(NETWORK, TrainingConfig(learning_rate=1.2), parameters, data.X, data.Y)
    assert trainer.cost() == pytest.approx(0.693, abs=1e-3)
    trainer.run(1000)
    assert trainer.cost() < 0.30
    trainer.run(9000)
    assert accuracy(data.X, data.labels, trainer.parameters, NETWORK) > 0.89
