"""Runs as a user would start them, and what a diagnosis says of them."""

from dataclasses import dataclass

import numpy as np

from nncore import (
    Cache,
    FloatArray,
    NetworkConfig,
    Parameters,
    Trainer,
    TrainingConfig,
    diagnose,
    forward_propagation,
    initialize_parameters,
    make_dataset,
    observe,
)
from nncore.diagnostics import Finding


@dataclass(frozen=True)
class Run:
    trainer: Trainer
    X: FloatArray
    Y: FloatArray

    @property
    def network(self) -> NetworkConfig:
        return self.trainer.network

    def cache(self) -> Cache:
        return forward_propagation(self.X, self.trainer.parameters, self.network)

    def to(self, iteration: int) -> "Run":
        """Train up to an iteration."""
        self.trainer.run(iteration - self.trainer.iteration)
        return self

    def findings(self) -> tuple[Finding, ...]:
        return diagnose(observe(self.trainer, self.X, self.Y))

    def names(self) -> list[str]:
        return [finding.name for finding in self.findings()]


def flower(
    network: NetworkConfig,
    initializer: str,
    learning_rate: float,
    seed: int = 0,
    *,
    batch_size: int | None = None,
    scale: float | None = None,
    dataset: str = "flower",
) -> Run:
    """Begin a run on 400 points of two classes."""
    data = make_dataset(dataset, 400, 0.2, seed)
    options = {} if scale is None else {"scale": scale}
    parameters = initialize_parameters(network, initializer, seed, **options)
    training = TrainingConfig(learning_rate=learning_rate, batch_size=batch_size)
    trainer = Trainer(network, training, parameters, data.X, data.Y, seed=seed)
    return Run(trainer, data.X, data.Y)


def three_blobs(initializer: str = "xavier", seed: int = 0, hidden: tuple[int, ...] = (6,)) -> Run:
    """Begin a softmax run on 300 points of three classes, its rate 0.3."""
    random = np.random.default_rng(seed)
    labels = np.arange(300) % 3
    centers = 2.0 * np.array([[0.0, 1.0, -1.0], [1.0, -1.0, -1.0]])
    X, Y = centers[:, labels] + random.standard_normal((2, 300)), np.eye(3)[:, labels]
    network = NetworkConfig((2, *hidden, 3), "tanh", "softmax")
    parameters = initialize_parameters(network, initializer, seed)
    trainer = Trainer(network, TrainingConfig(learning_rate=0.3), parameters, X, Y, seed=seed)
    return Run(trainer, X, Y)


def regression(learning_rate: float) -> Run:
    """Begin a linear regression, whose steps are stable up to 2/λ, λ the largest curvature."""
    random = np.random.default_rng(0)
    X: FloatArray = random.standard_normal((2, 40))
    Y: FloatArray = np.sin(X[:1])
    rows = np.vstack([X, np.ones(40)])
    largest = float(np.linalg.eigvalsh(rows @ rows.T / 40)[-1])
    training = TrainingConfig(learning_rate=learning_rate / largest)
    network = NetworkConfig((2, 1), output="linear")
    return Run(Trainer(network, training, Parameters.zeros((2, 1)), X, Y), X, Y)


SHALLOW = NetworkConfig((2, 4, 1), "tanh")


def deep(activation: str, layers: int, units: int = 8) -> NetworkConfig:
    return NetworkConfig((2, *([units] * layers), 1), activation)
