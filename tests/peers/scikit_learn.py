"""Our networks in scikit-learn's words: full-batch gradient descent that never stops early."""

from typing import Any

from nncore import NetworkConfig, Parameters, TrainingConfig
from tests.nncore.textbook import Layers

ACTIVATIONS = {"identity": "identity", "sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}
"""Our name → scikit-learn's, for those that it has."""


def make_peer(
    kind: Any, network: NetworkConfig, training: TrainingConfig, X: Any, targets: Any
) -> Any:
    """Return a peer of that kind whose arrays exist: a first fit of one iteration makes them."""
    return kind(
        hidden_layer_sizes=network.hidden_units,
        activation=ACTIVATIONS[network.activations[0]],
        solver="sgd",
        alpha=training.l2,
        batch_size=len(X),
        learning_rate_init=training.learning_rate,
        momentum=0.0,
        shuffle=False,
        tol=0.0,
        n_iter_no_change=10**9,
        max_iter=1,
        warm_start=True,
    ).fit(X, targets)


def set_weights(peer: Any, parameters: Parameters) -> None:
    """Continue from these weights, as if nothing had been before."""
    arrays = zip(parameters.W, parameters.b, peer.coefs_, peer.intercepts_, strict=True)
    for W, b, coefficients, intercepts in arrays:
        coefficients[:] = W.T
        intercepts[:] = b[:, 0]
    peer.loss_curve_.clear()


def weights(peer: Any) -> Layers:
    """Return W[l] and b[l] of every layer, in our shapes."""
    pairs = zip(peer.coefs_, peer.intercepts_, strict=True)
    return [(W.T, b.reshape(-1, 1)) for W, b in pairs]
