"""Activation functions g of the hidden layers and their derivatives g′.

Notes: "Activation Functions" and "Derivatives of Activation Functions" (shallow networks),
"Popular Active Functions" and "Perceptron and Step Function" (neural networks).

A record carries the function twice over: as text for people, and as the list of NumPy calls that
the tape replays.  ``forward`` lists the calls of A = g(Z); ``backward`` those of dZ = dA * g′(Z),
with g′ written through A where that is cheaper, as the notes do (1 − a² for tanh).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import Call, FloatArray, constant

Forward = Callable[[FloatArray, FloatArray], list[Call]]
Backward = Callable[[FloatArray, FloatArray, FloatArray, FloatArray], list[Call]]

LEAKY_SLOPE = 0.01
"""Slope of the leaky ReLU for z < 0, as in the notes."""


@dataclass(frozen=True)
class Activation:
    """One activation function.

    ``symbol`` is how a formula names g; ``range`` the limits of g(z).
    """

    name: str
    label: str
    symbol: str
    formula: str
    derivative_formula: str
    description: str
    range: tuple[float, float]
    forward: Forward
    backward: Backward

    def __call__(self, z: ArrayLike) -> FloatArray:
        """Return g(z), element by element."""
        Z = np.array(z, dtype=np.float64)
        A = np.empty_like(Z)
        run_calls(self.forward(Z, A))
        return A

    def derivative(self, z: ArrayLike) -> FloatArray:
        """Return g′(z), element by element."""
        Z = np.array(z, dtype=np.float64)
        dZ = np.empty_like(Z)
        run_calls(self.backward(Z, self(Z), np.ones_like(Z), dZ))
        return dZ


def run_calls(calls: list[Call]) -> None:
    """Execute recorded calls once, outside a tape."""
    with np.errstate(all="ignore"):
        for call, arguments in calls:
            call(*arguments)


def sigmoid_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    """Write σ(z) = ½ + ½ tanh(½ z): the same as 1/(1 + e⁻ᶻ), but nothing in it can overflow."""
    half = constant(0.5, Z)
    return [
        (np.multiply, (Z, half, A)),
        (np.tanh, (A, A)),
        (np.multiply, (A, half, A)),
        (np.add, (A, half, A)),
    ]


def _sigmoid_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """Write dZ = dA * A (1 − A)."""
    one = constant(1.0, Z)
    return [
        (np.subtract, (one, A, dZ)),
        (np.multiply, (dZ, A, dZ)),
        (np.multiply, (dZ, dA, dZ)),
    ]


def _tanh_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    return [(np.tanh, (Z, A))]


def _tanh_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """Write dZ = dA * (1 − A²)."""
    one = constant(1.0, Z)
    return [
        (np.multiply, (A, A, dZ)),
        (np.subtract, (one, dZ, dZ)),
        (np.multiply, (dZ, dA, dZ)),
    ]


def _relu_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    # An array of zeros: with a scalar zero the same call is a quarter slower.
    return [(partial(np.maximum, Z, np.zeros_like(Z), out=A), ())]


def _relu_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    return [(np.greater_equal, (Z, constant(0.0, Z), dZ)), (np.multiply, (dZ, dA, dZ))]


def _leaky_relu_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    slope = constant(LEAKY_SLOPE, Z)
    return [(np.multiply, (Z, slope, A)), (partial(np.maximum, A, Z, out=A), ())]


def _leaky_relu_backward(
    Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray
) -> list[Call]:
    """Write dZ = dA * max(z ≥ 0, slope): 1 or 0, the latter lifted to the slope."""
    slope = np.full_like(Z, LEAKY_SLOPE)
    return [
        (np.greater_equal, (Z, constant(0.0, Z), dZ)),
        (partial(np.maximum, dZ, slope, out=dZ), ()),
        (np.multiply, (dZ, dA, dZ)),
    ]


def _identity_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    return [(np.copyto, (A, Z))]


def _identity_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    return [(np.copyto, (dZ, dA))]


def _step_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    return [(np.heaviside, (Z, constant(1.0, Z), A))]


def _step_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    return [(np.copyto, (dZ, constant(0.0, Z)))]


_INF = float("inf")

ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        record.name: record
        for record in (
            Activation(
                "identity",
                "Identity",
                "g",
                "g(z) = z",
                "g′(z) = 1",
                "Passes z on unchanged; without a non-linear layer the network stays one "
                "straight cut, whatever its depth.",
                (-_INF, _INF),
                _identity_forward,
                _identity_backward,
            ),
            Activation(
                "sigmoid",
                "Sigmoid",
                "σ",
                "σ(z) = 1 / (1 + e⁻ᶻ)",
                "σ′(z) = a (1 − a)",
                "Squeezes z into 0 … 1; its slope is at most ¼, so deep stacks of it learn slowly.",
                (0.0, 1.0),
                sigmoid_forward,
                _sigmoid_backward,
            ),
            Activation(
                "tanh",
                "Tanh",
                "tanh",
                "tanh(z) = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)",
                "tanh′(z) = 1 − a²",
                "Squeezes z into −1 … 1 around zero: a sigmoid of twice the height and slope 1 "
                "in the middle.",
                (-1.0, 1.0),
                _tanh_forward,
                _tanh_backward,
            ),
            Activation(
                "relu",
                "ReLU",
                "ReLU",
                "ReLU(z) = max(0, z)",
                "ReLU′(z) = 1 for z ≥ 0, otherwise 0",
                "Lets positive z through and cuts the rest to 0; a unit that is never positive "
                "is dead.",
                (0.0, _INF),
                _relu_forward,
                _relu_backward,
            ),
            Activation(
                "leaky_relu",
                "Leaky ReLU",
                "LReLU",
                "LReLU(z) = max(0.01 z, z)",
                "LReLU′(z) = 1 for z ≥ 0, otherwise 0.01",
                "A ReLU that keeps a small slope below zero, so that no unit dies.",
                (-_INF, _INF),
                _leaky_relu_forward,
                _leaky_relu_backward,
            ),
            Activation(
                "step",
                "Step (Heaviside)",
                "h",
                "h(z) = 1 for z ≥ 0, otherwise 0",
                "h′(z) = 0",
                "The perceptron's threshold: its derivative is 0, so gradient descent cannot "
                "train the layers up to it.",
                (0.0, 1.0),
                _step_forward,
                _step_backward,
            ),
        )
    }
)
"""name → record."""
