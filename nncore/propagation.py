"""Forward propagation, cost, backward propagation and prediction: the tape's plain face.

Notes: "Formulas for computing derivatives" and "Vectorizing Across Multiple Examples" (shallow
networks), "Forward Propagation" and "Back propagation" (neural networks).  Each function checks
its arguments, records what it needs, runs it once and returns new arrays.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import FloatArray, IntArray
from nncore.checks import check_instance, check_matrix, check_number
from nncore.config import NetworkConfig
from nncore.costs import CostParts, data_cost, penalty
from nncore.outputs import OUTPUTS
from nncore.parameters import Parameters
from nncore.tape import Tape, Workspace, record_backward, record_forward, record_penalty


@dataclass(frozen=True)
class Cache:
    """What forward propagation computed: ``A[l]`` for l = 0 … L, ``Z[l]`` for l ≥ 1.

    A[0] is X, or the values of the network's features.  ``Z[0]`` belongs to layer 1, as ``W[0]``
    and ``b[0]`` of the parameters do.  Both A[l] and Z[l] are (n[l], m).
    """

    Z: tuple[FloatArray, ...]
    A: tuple[FloatArray, ...]


def forward_propagation(X: ArrayLike, parameters: Parameters, network: NetworkConfig) -> Cache:
    """Return Z[l] = W[l] A[l−1] + b[l] and A[l] = g[l](Z[l]) of every layer.

    Parameters
    ----------
    X : (n_x, m) array
        The examples, one per column; (2, m) for a network with features.

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


def compute_cost(
    X: ArrayLike,
    Y: ArrayLike,
    parameters: Parameters,
    network: NetworkConfig,
    l1: float = 0.0,
    l2: float = 0.0,
) -> float:
    """Return J = (1/m) Σ loss + (λ₁/m) Σ|w| + (λ₂/2m) Σw², biases not penalized.

    The loss is computed from the logits, so that J is finite for any finite logits; what a
    float64 cannot hold is reported as its largest number.

    Parameters
    ----------
    X, Y : (n_x, m) and (n_y, m) arrays
        The examples and their targets; X is (2, m) for a network with features.
    l1, l2 : float
        λ₁ and λ₂, 0 or more.

    Raises
    ------
    ValueError
        If X, Y or the parameters do not fit the network, there is no example, or λ₁ or λ₂ is no
        number from 0 up.
    """
    return cost_parts(X, Y, parameters, network, l1, l2).total


def cost_parts(
    X: ArrayLike,
    Y: ArrayLike,
    parameters: Parameters,
    network: NetworkConfig,
    l1: float = 0.0,
    l2: float = 0.0,
) -> CostParts:
    """Return the two parts of ``compute_cost``: (1/m) Σ loss, and the penalty on the weights.

    X (n_x, m), Y (n_y, m) and the other arguments are the same.

    Raises
    ------
    ValueError
        As ``compute_cost``.
    """
    examples, targets = check_examples(X, Y, parameters, network)
    ZL = forward_propagation(examples, parameters, network.behind_features).Z[-1]
    penalties = (check_number("l1", l1), check_number("l2", l2), targets.shape[1])
    return CostParts(data_cost(ZL, targets, network), penalty(parameters, *penalties))


def backward_propagation(
    X: ArrayLike,
    Y: ArrayLike,
    parameters: Parameters,
    network: NetworkConfig,
    l1: float = 0.0,
    l2: float = 0.0,
) -> Parameters:
    """Return the gradient of ``compute_cost``: dW[l] and db[l], in the layout of the parameters.

    X (n_x, m), Y (n_y, m) and the other arguments are the same; dW[l] is (n[l], n[l−1]), db[l]
    (n[l], 1).  dZ[L] = A[L] − Y where output and cost match, dZ[l] = W[l+1]ᵀ dZ[l+1] * g′(Z[l])
    below, dW[l] = (1/m) dZ[l] A[l−1]ᵀ and db[l] = (1/m) Σ dZ[l] over the examples, and the
    penalty's (λ₁ sign W[l] + λ₂ W[l]) / m on top of dW[l].

    Raises
    ------
    ValueError
        As ``compute_cost``.
    """
    examples, targets = check_examples(X, Y, parameters, network)
    work = Workspace(network, examples.shape[1])
    work.load(examples, targets)
    gradient = Parameters.zeros(network.layer_dims)
    steps = record_forward(network, parameters, work)
    steps += record_backward(network, parameters, work, gradient)
    steps += record_penalty(parameters, gradient, check_number("l1", l1), check_number("l2", l2), 1)
    _replay_once(Tape(steps))
    gradient.vector /= work.m
    return gradient


def predict(X: ArrayLike, parameters: Parameters, network: NetworkConfig) -> FloatArray | IntArray:
    """Return what the network says: the class number of each example, (1, m), or the value.

    One sigmoid unit says class 1 where its probability is above ½ (z > 0); of several units the
    largest wins.  A linear output is returned as it is, (n_y, m).  Weights so large that a logit
    is ∞ − ∞ have no answer there, and the number returned means nothing.

    Parameters
    ----------
    X : (n_x, m) array
        The examples, as for ``forward_propagation``.

    Raises
    ------
    ValueError
        If X or the parameters do not fit the network, or a parameter is not finite.
    """
    ZL = forward_propagation(X, parameters, network).Z[-1]
    parameters.check_finite()
    return class_numbers(ZL, 0.0)[np.newaxis] if OUTPUTS[network.output].classifies else ZL


def class_numbers(values: FloatArray, middle: float) -> IntArray:
    """Return the class of each column of ``values`` (n_y, m), (m,).

    One row says class 1 where it is above ``middle``, of several rows the largest wins.  So logits
    are read with ``middle`` 0, and targets Y with ½.
    """
    one = len(values) == 1
    numbers: IntArray = (values[0] > middle).astype(np.int64) if one else np.argmax(values, axis=0)
    return numbers


def check_inputs(X: ArrayLike, parameters: Parameters, network: NetworkConfig) -> FloatArray:
    """Return A[0], (n_x, m) float64: X or its features, after a look at the parameters' layers."""
    check_instance("network", network, NetworkConfig).check_fit(parameters)
    if network.features is not None:
        return network.features.apply(X)
    return check_matrix("X", X, network.n_x)


def check_cache(cache: Cache, network: NetworkConfig) -> Cache:
    """Return ``cache`` if its arrays are those of a forward propagation through the network."""
    check_instance("network", network, NetworkConfig)
    units = tuple(len(A) for A in check_instance("cache", cache, Cache).A)
    if units != network.layer_dims:
        raise ValueError(f"cache.A has {units} rows; accepted: {network.layer_dims}")
    return cache


def check_examples(
    X: ArrayLike, Y: ArrayLike, parameters: Parameters, network: NetworkConfig
) -> tuple[FloatArray, FloatArray]:
    """Return A[0] and Y in float64, m ≥ 1 columns, Y with values that its output can have."""
    examples = check_inputs(X, parameters, network)
    m = examples.shape[1]
    if m == 0:
        raise ValueError("X has no examples; accepted: 1 column or more")
    targets = check_matrix("Y", Y, network.n_y, m)
    if OUTPUTS[network.output].classifies and (targets.min() < 0 or targets.max() > 1):
        given = f"{targets.min():g} to {targets.max():g}"
        raise ValueError(f"Y has values from {given}; accepted: 0 to 1")
    if OUTPUTS[network.output].exclusive and not np.allclose(targets.sum(axis=0), 1.0):
        raise ValueError(
            f"Y has columns whose sum is not 1; accepted for {network.output}: one-hot columns"
        )
    return examples, targets


def _replay_once(tape: Tape) -> None:
    with np.errstate(all="ignore"):
        tape.replay()
