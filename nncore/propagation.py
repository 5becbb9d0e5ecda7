"""Forward propagation, cost, backward propagation and prediction: the tape's plain face.

Notes: "Formulas for computing derivatives" and "Vectorizing Across Multiple Examples" (shallow
networks), "Forward Propagation" and "Back propagation" (neural networks).  Each function checks
its arguments, records what it needs, runs it once and returns new arrays.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import FloatArray
from nncore.checks import check_matrix, check_number
from nncore.config import NetworkConfig
from nncore.outputs import OUTPUTS
from nncore.parameters import Parameters
from nncore.tape import Tape, Workspace, record_backward, record_forward, record_penalty


@dataclass(frozen=True)
class Cache:
    """What forward propagation computed: ``A[l]`` for l = 0 … L (A[0] is X), ``Z[l]`` for l ≥ 1.

    ``Z[0]`` belongs to layer 1, as ``W[0]`` and ``b[0]`` of the parameters do.
    """

    Z: tuple[FloatArray, ...]
    A: tuple[FloatArray, ...]


def forward_propagation(X: ArrayLike, parameters: Parameters, network: NetworkConfig) -> Cache:
    """Return Z[l] = W[l] A[l−1] + b[l] and A[l] = g[l](Z[l]) of every layer.

    Parameters
    ----------
    X : (n_x, m) array
        The examples, one per column.

    Raises
    ------
    ValueError
        If X or the parameters do not fit the network.
    """
    examples = check_inputs(X, parameters, network)
    work = Workspace(network, examples.shape[1])
    work.load(examples)
    _replay_once(Tape(record_forward(network, parameters, work)))
    return Cache(tuple(work.Z[1:]), (examples, *work.A[1:]))


def compute_cost(  # noqa: PLR0913
    X: ArrayLike,
    Y: ArrayLike,
    parameters: Parameters,
    network: NetworkConfig,
    l1: float = 0.0,
    l2: float = 0.0,
) -> float:
    """Return J = (1/m) Σ loss + (λ₁/m) Σ|w| + (λ₂/2m) Σw², biases not penalised.

    The loss is computed from the logits, so that J is finite for any finite logits; what a
    float64 cannot hold is reported as its largest number.

    Raises
    ------
    ValueError
        If X, Y or the parameters do not fit the network, or there is no example.
    """
    targets = check_targets(Y, X, network)
    ZL = forward_propagation(X, parameters, network).Z[-1]
    return data_cost(ZL, targets, network) + penalty(parameters, l1, l2) / targets.shape[1]


def backward_propagation(  # noqa: PLR0913
    X: ArrayLike,
    Y: ArrayLike,
    parameters: Parameters,
    network: NetworkConfig,
    l1: float = 0.0,
    l2: float = 0.0,
) -> Parameters:
    """Return the gradient of ``compute_cost``: dW[l] and db[l], in the layout of the parameters.

    Raises
    ------
    ValueError
        As ``compute_cost``.
    """
    targets = check_targets(Y, X, network)
    examples = check_inputs(X, parameters, network)
    m = examples.shape[1]
    work = Workspace(network, m)
    work.load(examples, targets)
    gradient = Parameters.zeros(network.layer_dims)
    steps = record_forward(network, parameters, work)
    steps += record_backward(network, parameters, work, gradient)
    steps += record_penalty(parameters, gradient, check_number("l1", l1), check_number("l2", l2), 1)
    _replay_once(Tape(steps))
    gradient.vector /= m
    return gradient


def predict(X: ArrayLike, parameters: Parameters, network: NetworkConfig) -> FloatArray:
    """Return what the network says: the class number of each example, (1, m), or the value.

    One sigmoid unit says class 1 where its probability is above ½ (z > 0); of several units the
    largest wins.  A linear output is returned as it is, (n_y, m).
    """
    ZL = forward_propagation(X, parameters, network).Z[-1]
    if not OUTPUTS[network.output].classifies:
        return ZL
    if network.n_y == 1:
        return (ZL > 0).astype(np.int64)
    return np.argmax(ZL, axis=0, keepdims=True)


def data_cost(ZL: FloatArray, Y: FloatArray, network: NetworkConfig) -> float:
    """Return (1/m) Σ loss, from the logits Z[L] (n_y, m)."""
    m = Y.shape[1]
    with np.errstate(all="ignore"):
        losses = OUTPUTS[network.output].losses(ZL, Y)
        cost = float(losses.sum()) / m
        if np.isinf(cost) and np.isfinite(ZL).all():
            largest = np.finfo(np.float64).max
            cost = min(float((losses / m).sum()), float(largest))
    return cost


def penalty(parameters: Parameters, l1: float, l2: float) -> float:
    """Return λ₁ Σ|w| + ½ λ₂ Σw² over the weights of all layers."""
    if not l1 and not l2:
        return 0.0
    with np.errstate(all="ignore"):
        absolute = sum(float(np.abs(W).sum()) for W in parameters.W)
        squared = sum(float(np.square(W).sum()) for W in parameters.W)
    return check_number("l1", l1) * absolute + 0.5 * check_number("l2", l2) * squared


def check_inputs(X: ArrayLike, parameters: Parameters, network: NetworkConfig) -> FloatArray:
    """Return X as a (n_x, m) float64 array, after a look at the parameters' layers too."""
    if parameters.layer_dims != network.layer_dims:
        raise ValueError(
            f"parameters have layers {parameters.layer_dims}; accepted: {network.layer_dims}"
        )
    return check_matrix("X", X, network.n_x)


def check_targets(Y: ArrayLike, X: ArrayLike, network: NetworkConfig) -> FloatArray:
    """Return Y as a (n_y, m) float64 array with as many columns as X, and values that can be."""
    m = np.shape(X)[-1] if np.ndim(X) == 2 else 0
    targets = check_matrix("Y", Y, network.n_y, m)
    if m == 0:
        raise ValueError("X has no examples; accepted: 1 column or more")
    if OUTPUTS[network.output].classifies and (targets.min() < 0 or targets.max() > 1):
        raise ValueError(f"Y has values from {targets.min():g} to {targets.max():g}; accepted: 0 to 1")
    if network.output == "softmax" and not np.allclose(targets.sum(axis=0), 1.0):
        raise ValueError("Y has columns that do not sum to 1; accepted for softmax: one-hot columns")
    return targets


def _replay_once(tape: Tape) -> None:
    with np.errstate(all="ignore"):
        tape.replay()
