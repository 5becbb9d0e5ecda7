"""Textbook gradient descent, written as the notes write it: an independent reference.

Nothing here imports nncore.  Separate weights and biases, broadcast sums, one new array per line.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

Array = NDArray[np.floating[Any]]
Layers = list[tuple[Array, Array]]


def activate(name: str, Z: Array) -> Array:
    formulas: dict[str, Callable[[], Array]] = {
        "identity": lambda: Z,
        "sigmoid": lambda: 1 / (1 + np.exp(-Z)),
        "tanh": lambda: np.tanh(Z),
        "relu": lambda: np.where(Z > 0, Z, 0.0),
        "leaky_relu": lambda: np.where(Z > 0, Z, 0.01 * Z),
        "step": lambda: np.where(Z >= 0, 1.0, 0.0),
        "elu": lambda: np.where(Z > 0, Z, np.exp(np.minimum(Z, 0)) - 1),
        "gelu": lambda: Z / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (Z + 0.044715 * Z**3))),
        "softplus": lambda: np.logaddexp(0.0, Z),
        "sine": lambda: np.sin(Z),
        "linear": lambda: Z,
        "sigmoid_squared_error": lambda: 1 / (1 + np.exp(-Z)),
        "softmax": lambda: np.exp(Z - Z.max(0)) / np.exp(Z - Z.max(0)).sum(0),
    }
    with np.errstate(over="ignore"):
        return formulas[name]()


def slope(name: str, Z: Array) -> Array:
    formulas: dict[str, Callable[[], Array]] = {
        "identity": lambda: np.ones_like(Z),
        "sigmoid": lambda: activate("sigmoid", Z) * (1 - activate("sigmoid", Z)),
        "tanh": lambda: 1 - np.tanh(Z) ** 2,
        "relu": lambda: np.where(Z >= 0, 1.0, 0.0),
        "leaky_relu": lambda: np.where(Z >= 0, 1.0, 0.01),
        "step": lambda: np.zeros_like(Z),
        "elu": lambda: np.where(Z >= 0, 1.0, np.exp(np.minimum(Z, 0))),
        "gelu": lambda: gelu_slope(Z),
        "softplus": lambda: activate("sigmoid", Z),
        "sine": lambda: np.cos(Z),
    }
    return formulas[name]()


def gelu_slope(Z: Array) -> Array:
    """Product rule on z · s(2u), with ½ (1 + tanh u) = s(2u), s the sigmoid."""
    factor = np.sqrt(8 / np.pi)
    s = activate("sigmoid", factor * (Z + 0.044715 * Z**3))
    inner: Array = factor * (1 + 3 * 0.044715 * Z**2)
    slopes: Array = s + Z * s * (1 - s) * inner
    return slopes


def forward(X: Array, layers: Layers, names: list[str]) -> tuple[list[Array], list[Array]]:
    A: list[Array] = [X]
    Z: list[Array] = []
    for (W, b), name in zip(layers, names, strict=True):
        Z.append(W @ A[-1] + b)
        A.append(activate(name, Z[-1]))
    return Z, A


def cost(X: Array, Y: Array, layers: Layers, names: list[str], l1: float, l2: float) -> float:
    m = Y.shape[1]
    a = forward(X, layers, names)[1][-1]
    loss = {
        "sigmoid": lambda: -(Y * np.log(a) + (1 - Y) * np.log(1 - a)).sum() / m,
        "softmax": lambda: -(Y * np.log(a)).sum() / m,
        "linear": lambda: ((a - Y) ** 2).sum() / (2 * m),
        "sigmoid_squared_error": lambda: ((a - Y) ** 2).sum() / (2 * m),
    }[names[-1]]()
    absolute = sum(np.abs(W).sum() for W, _ in layers)
    squared = sum((W**2).sum() for W, _ in layers)
    return float(loss + l1 / m * absolute + l2 / (2 * m) * squared)


def step(
    X: Array,
    Y: Array,
    layers: Layers,
    names: list[str],
    learning_rate: float,
    l1: float = 0.0,
    l2: float = 0.0,
    penalty_m: int | None = None,
) -> Layers:
    """Return the layers after one update; ``penalty_m`` is the m of the penalty."""
    m = Y.shape[1]
    Z, A = forward(X, layers, names)
    dZ = A[-1] - Y
    if names[-1] == "sigmoid_squared_error":
        dZ = dZ * A[-1] * (1 - A[-1])
    updated: Layers = []
    for index in reversed(range(len(layers))):
        W, b = layers[index]
        dW = dZ @ A[index].T / m + (l1 * np.sign(W) + l2 * W) / (penalty_m or m)
        db = dZ.sum(axis=1, keepdims=True) / m
        updated.insert(0, (W - learning_rate * dW, b - learning_rate * db))
        if index:
            dZ = (W.T @ dZ) * slope(names[index - 1], Z[index - 1])
    return updated


def optimize(
    name: str,
    theta: Array,
    gradients: list[Array],
    rates: list[float],
    beta: float = 0.9,
    rho: float = 0.9,
    betas: tuple[float, float] = (0.9, 0.999),
    epsilon: float = 1e-8,
) -> list[Array]:
    """Return θ after each update, with the mean gradients and learning rates given."""
    v, s = np.zeros_like(theta), np.zeros_like(theta)
    path: list[Array] = []
    for t, (g, rate) in enumerate(zip(gradients, rates, strict=True), start=1):
        if name == "gradient_descent":
            theta = theta - rate * g
        elif name == "momentum":
            v = beta * v - rate * g
            theta = theta + v
        elif name == "nesterov":
            before, v = v, beta * v - rate * g
            theta = theta - beta * before + (1 + beta) * v
        elif name == "rmsprop":
            s = rho * s + (1 - rho) * g**2
            theta = theta - rate * g / (np.sqrt(s) + epsilon)
        else:
            v = betas[0] * v + (1 - betas[0]) * g
            s = betas[1] * s + (1 - betas[1]) * g**2
            v_hat, s_hat = v / (1 - betas[0] ** t), s / (1 - betas[1] ** t)
            theta = theta - rate * v_hat / (np.sqrt(s_hat) + epsilon)
        path.append(theta)
    return path


def schedule(name: str, t: int, period: float, factor: float) -> float:
    """Return the share of the learning rate at iteration t."""
    if name == "step":
        return float(factor ** (t // period))
    if name == "exponential":
        return float(np.exp(np.log(factor) * t / period))
    if name == "cosine":
        return float(factor + (1 - factor) * (1 + np.cos(np.pi * min(t, period) / period)) / 2)
    if name == "inverse_time":
        return 1 / (1 + (1 / factor - 1) * t / period)
    return 1.0


def clip(gradient: Array, norm: float) -> Array:
    length = np.sqrt((gradient**2).sum())
    return gradient * norm / length if length > norm else gradient
