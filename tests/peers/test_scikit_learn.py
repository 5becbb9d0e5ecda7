"""Whole trainings against scikit-learn's multi-layer perceptrons: the same weights at the end."""

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import accuracy_score
from sklearn.neural_network import MLPClassifier, MLPRegressor

from nncore import (
    FloatArray,
    IntArray,
    NetworkConfig,
    Trainer,
    TrainingConfig,
    accuracy,
    encode_labels,
    initialize_parameters,
)
from tests.peers.agreement import RELATIVE, assert_layers_agree
from tests.peers.scikit_learn import ACTIVATIONS, make_peer, set_weights, weights

ITERATIONS = 60
RANDOM = np.random.default_rng(3)
X: FloatArray = RANDOM.standard_normal((2, 80))
LABELS: IntArray = np.digitize(X[0] * X[1], [-0.2, 0.3]).astype(np.int64)


@pytest.fixture(autouse=True)
def no_word_about_convergence() -> Iterator[None]:
    """Both stop after the same number of iterations, converged or not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def trained_beside(
    kind: Any, network: NetworkConfig, training: TrainingConfig, Y: FloatArray, targets: Any
) -> tuple[Trainer, Any]:
    parameters = initialize_parameters(network, "xavier", seed=4)
    trainer = Trainer(network, training, parameters, X, Y)
    trainer.run(ITERATIONS)
    peer = make_peer(kind, network, training, X.T, targets)
    set_weights(peer, parameters)
    peer.set_params(max_iter=ITERATIONS).fit(X.T, targets)
    return trainer, peer


@pytest.mark.parametrize("l2", [0.0, 0.5])
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
@pytest.mark.parametrize("n_classes", [2, 3])
def test_classifiers_learn_the_same_weights_at_the_same_costs(
    n_classes: int, activation: str, l2: float
) -> None:
    labels = np.minimum(LABELS, n_classes - 1)
    output, n_y = ("sigmoid", 1) if n_classes == 2 else ("softmax", 3)
    network = NetworkConfig((2, 6, 4, n_y), activation, output)
    training = TrainingConfig(learning_rate=0.4, l2=l2)
    Y = encode_labels(labels, n_classes)
    trainer, peer = trained_beside(MLPClassifier, network, training, Y, labels)
    assert_layers_agree(trainer.parameters, weights(peer))
    np.testing.assert_allclose(trainer.history.costs[:-1], peer.loss_curve_, rtol=RELATIVE)
    share = accuracy_score(labels, peer.predict(X.T))
    assert accuracy(X, labels, trainer.parameters, network) == share


@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
@pytest.mark.parametrize("n_y", [1, 2])
def test_regressors_learn_the_same_weights(n_y: int, activation: str) -> None:
    Y = np.vstack([np.sin(X[:1]), X[1:] ** 2])[:n_y]
    network = NetworkConfig((2, 6, n_y), activation, "linear")
    training = TrainingConfig(learning_rate=0.05, l2=0.5)
    targets = Y.T if n_y > 1 else Y[0]
    trainer, peer = trained_beside(MLPRegressor, network, training, Y, targets)
    assert_layers_agree(trainer.parameters, weights(peer))
