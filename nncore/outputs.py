"""Output functions with their costs, as canonical pairs: always dZ[L] = A[L] − Y.

Notes: "Cost function" (shallow networks), "softmax cross entropy loss" and "softmax derivative"
(basics, softmax, deep).  The loss is computed from the logits Z[L], never as log(A[L]): a
saturated unit then costs a large finite amount, where log(0) would be infinite.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nncore.activations import sigmoid_forward
from nncore.arrays import Call, FloatArray


@dataclass(frozen=True)
class Output:
    """An output function and the cost that belongs to it.

    ``forward`` lists the calls of A = g(Z); ``losses`` returns the loss (n_y, m) or (1, m) of
    every example from its logits; ``classifies`` says whether the output means a class.
    """

    name: str
    label: str
    symbol: str
    formula: str
    cost_name: str
    cost_formula: str
    description: str
    minimum_units: int
    classifies: bool
    forward: Callable[[FloatArray, FloatArray], list[Call]]
    losses: Callable[[FloatArray, FloatArray], FloatArray]


def _softmax_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    """The largest logit of each column is subtracted first, so that no exponential overflows."""
    row = np.empty((1, Z.shape[1]), Z.dtype)
    return [
        (np.maximum.reduce, (Z, 0, None, row, True)),
        (np.subtract, (Z, row, A)),
        (np.exp, (A, A)),
        (np.add.reduce, (A, 0, None, row, True)),
        (np.divide, (A, row, A)),
    ]


def _linear_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    return [(np.copyto, (A, Z))]


def _binary_cross_entropy(Z: FloatArray, Y: FloatArray) -> FloatArray:
    """−y log a − (1 − y) log(1 − a) = log(1 + eᶻ) − y z.

    Written as log(1 + eᶻ) = max(0, z) + log(1 + e^−|z|): nothing overflows, a saturated right
    answer keeps its tiny loss, and it takes a third of the time of ``logaddexp``.
    """
    losses: FloatArray = np.maximum(Z, 0.0) - Y * Z + np.log1p(np.exp(-np.abs(Z)))
    return losses


def _cross_entropy(Z: FloatArray, Y: FloatArray) -> FloatArray:
    """−Σⱼ yⱼ log aⱼ, with −log aⱼ = log Σₖ eᶻᵏ − zⱼ and Σⱼ yⱼ = 1, (1, m)."""
    losses: FloatArray = np.logaddexp.reduce(Z, axis=0) - np.sum(Y * Z, axis=0)
    return losses[np.newaxis]


def _half_squared_error(Z: FloatArray, Y: FloatArray) -> FloatArray:
    """½ (a − y)², and a = z."""
    losses: FloatArray = 0.5 * np.square(Z - Y)
    return losses


OUTPUTS: Mapping[str, Output] = MappingProxyType(
    {
        record.name: record
        for record in (
            Output(
                "sigmoid",
                "Sigmoid",
                "σ",
                "σ(z) = 1 / (1 + e⁻ᶻ)",
                "binary cross-entropy",
                "J = −(1/m) Σ [y log a + (1 − y) log(1 − a)]",
                "The probability of class 1: the output for two classes.",
                1,
                True,
                sigmoid_forward,
                _binary_cross_entropy,
            ),
            Output(
                "softmax",
                "Softmax",
                "softmax",
                "softmax(z)ⱼ = eᶻʲ / Σₖ eᶻᵏ",
                "cross-entropy",
                "J = −(1/m) Σ Σⱼ yⱼ log aⱼ",
                "One probability per class, together 1: the output for classes that exclude "
                "each other.",
                2,
                True,
                _softmax_forward,
                _cross_entropy,
            ),
            Output(
                "linear",
                "Linear",
                "g",
                "g(z) = z",
                "half squared error",
                "J = (1/2m) Σ (a − y)²",
                "A number of any size: the output for regression.",
                1,
                False,
                _linear_forward,
                _half_squared_error,
            ),
        )
    }
)
"""name → record."""
