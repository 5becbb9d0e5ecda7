"""The run that every learner of the notes knows: 2-4-1 tanh on the flower, learning rate 1.2."""

import numpy as np
import pytest

from nncore import (
    NetworkConfig,
    Parameters,
    Trainer,
    TrainingConfig,
    accuracy,
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
