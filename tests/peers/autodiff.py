"""The cost of any network as one expression, for automatic differentiation by autograd.

No derivative is written here, and nothing of nncore is used: what a formula is called in the
registries is all that the two have in common.  A function that is new in a registry fails the
tests of this folder until its formula stands here too.
"""

from math import pi, sqrt
from typing import TYPE_CHECKING, Any

import autograd.numpy as np
from autograd import value_and_grad

from tests.nncore.textbook import Array, Layers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Formula = Callable[[Any], Any]
    Loss = Callable[[Any, Array], Any]


def leaky_relu(slope: float) -> "Formula":
    return lambda z: np.where(z >= 0, z, slope * z)


ACTIVATIONS: "dict[str, Formula]" = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.where(z >= 0, z, 0.0),
    "leaky_relu": leaky_relu(0.01),
    "step": lambda z: np.where(z >= 0, 1.0, 0.0),
    "elu": lambda z: np.where(z >= 0, z, np.exp(z) - 1),
    "gelu": lambda z: 0.5 * z * (1 + np.tanh(sqrt(2 / pi) * (z + 0.044715 * z**3))),
    "softplus": lambda z: np.log(1 + np.exp(z)),
    "sine": np.sin,
}

LOSSES: "Mapping[str, Loss]" = {
    "sigmoid": lambda z, y: np.logaddexp(0, z) - y * z,
    "softmax": lambda z, y: np.log(np.sum(np.exp(z), axis=0)) - np.sum(y * z, axis=0),
    "linear": lambda z, y: (z - y) ** 2 / 2,
    "sigmoid_squared_error": lambda z, y: (ACTIVATIONS["sigmoid"](z) - y) ** 2 / 2,
}


def cost(layers: Layers, X: Array, Y: Array, names: list[str], l1: float, l2: float) -> Any:
    """Return J; ``names`` are the activations of the hidden layers and then the output."""
    A, m = X, X.shape[1]
    *hidden, output = names
    for (W, b), name in zip(layers[:-1], hidden, strict=True):
        A = ACTIVATIONS[name](np.dot(W, A) + b)
    W, b = layers[-1]
    losses = LOSSES[output](np.dot(W, A) + b, Y)
    absolute = sum(np.sum(np.abs(W)) for W, _ in layers)
    squared = sum(np.sum(W**2) for W, _ in layers)
    return (np.sum(losses) + l1 * absolute + l2 * squared / 2) / m


def cost_and_gradient(
    layers: Layers, X: Array, Y: Array, names: list[str], l1: float = 0.0, l2: float = 0.0
) -> tuple[float, Layers]:
    """Return J and its gradient, (dW, db) of every layer."""
    value, gradient = value_and_grad(cost)(layers, X, Y, names, l1, l2)
    return float(value), gradient
