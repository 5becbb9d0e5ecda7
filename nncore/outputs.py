"""Output functions with their costs, in pairs.

Notes: "Gradient Descent for Neural Networks" (shallow networks), "softmax cross entropy loss" and
"softmax derivative" (basics, softmax, deep).  The loss is computed from the logits Z[L], never as
log(A[L]): a saturated unit then costs a large finite amount, where log(0) would be infinite.

The canonical pairs all have dZ[L] = A[L] − Y, because the cost undoes the slope of the output.
Sigmoid and squared error do not match: the slope a (1 − a) stays in the gradient, and a unit that
is wrong with great certainty hardly learns.  It is here as an experiment.

All calls and losses work on one run, (n_y, m), and on a stack of runs, (R, n_y, m).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nncore.activation_calls import sigmoid_forward
from nncore.arrays import Call, FloatArray, constant


@dataclass(frozen=True)
class Output:
    """An output function and the cost that belongs to it.

    ``forward`` lists the calls of A = g(Z), ``backward`` those of dZ, the derivative of the loss,
    from A and Y; ``losses`` returns the loss (n_y, m) or (1, m) of every example from its logits.
    ``classifies`` says whether the output means a class, ``exclusive`` whether each example has
    exactly one of the units as its class, ``in_nats`` whether the cost is an amount of information.
    """

    name: str
    label: str
    symbol: str
    formula: str
    cost_name: str
    cost_formula: str
    derivative_formula: str
    description: str
    minimum_units: int
    classifies: bool
    exclusive: bool
    in_nats: bool
    forward: Callable[[FloatArray, FloatArray], list[Call]]
    backward: Callable[[FloatArray, FloatArray, FloatArray], list[Call]]
    losses: Callable[[FloatArray, FloatArray], FloatArray]


def _softmax_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    """The largest logit of each column is subtracted first, so that no exponential overflows."""
    row, wide = np.empty((*Z.shape[:-2], 1, Z.shape[-1]), Z.dtype), np.empty_like(Z)
    # A call that stretches the row allocates buffers at every replay; a copy does not.
    return [
        (np.maximum.reduce, (Z, -2, None, row, True)),
        (np.copyto, (wide, row)),
        (np.subtract, (Z, wide, A)),
        (np.exp, (A, A)),
        (np.add.reduce, (A, -2, None, row, True)),
        (np.copyto, (wide, row)),
        (np.divide, (A, wide, A)),
    ]


def _linear_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    return [(np.copyto, (A, Z))]


def _canonical_backward(A: FloatArray, Y: FloatArray, dZ: FloatArray) -> list[Call]:
    return [(np.subtract, (A, Y, dZ))]


def _mismatched_backward(A: FloatArray, Y: FloatArray, dZ: FloatArray) -> list[Call]:
    """Write dZ = (A − Y) * A (1 − A): the chain rule through ½ (a − y)² and σ."""
    slope = np.empty_like(A)
    return [
        (np.subtract, (constant(1.0, A), A, slope)),
        (np.multiply, (slope, A, slope)),
        (np.subtract, (A, Y, dZ)),
        (np.multiply, (dZ, slope, dZ)),
    ]


def _binary_cross_entropy(Z: FloatArray, Y: FloatArray) -> FloatArray:
    """−y log a − (1 − y) log(1 − a) = log(1 + eᶻ) − y z.

    Written as log(1 + eᶻ) = max(0, z) + log(1 + e^−|z|): nothing overflows, a saturated right
    answer keeps its tiny loss, and it takes a third of the time of ``logaddexp``.
    """
    losses: FloatArray = np.maximum(Z, 0.0) - Y * Z + np.log1p(np.exp(-np.abs(Z)))
    return losses


def _cross_entropy(Z: FloatArray, Y: FloatArray) -> FloatArray:
    """−Σⱼ yⱼ log aⱼ, with −log aⱼ = log Σₖ eᶻᵏ − zⱼ and Σⱼ yⱼ = 1, (1, m)."""
    log_sums = np.logaddexp.reduce(Z, axis=-2, keepdims=True)
    losses: FloatArray = log_sums - np.sum(Y * Z, axis=-2, keepdims=True)
    return losses


def _half_squared_error(Z: FloatArray, Y: FloatArray) -> FloatArray:
    """½ (a − y)², and a = z."""
    losses: FloatArray = 0.5 * np.square(Z - Y)
    return losses


def _sigmoid_half_squared_error(Z: FloatArray, Y: FloatArray) -> FloatArray:
    """½ (σ(z) − y)²; not a number where z is not finite, which the sigmoid would hide."""
    A = 1.0 / (1.0 + np.exp(-Z))
    return np.where(np.isfinite(Z), 0.5 * np.square(A - Y), np.nan)


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
                "dZ[L] = A[L] − Y",
                "The probability of class 1: the output for two classes.",
                minimum_units=1,
                classifies=True,
                exclusive=False,
                in_nats=True,
                forward=sigmoid_forward,
                backward=_canonical_backward,
                losses=_binary_cross_entropy,
            ),
            Output(
                "softmax",
                "Softmax",
                "softmax",
                "softmax(z)ⱼ = eᶻʲ / Σₖ eᶻᵏ",
                "cross-entropy",
                "J = −(1/m) Σ Σⱼ yⱼ log aⱼ",
                "dZ[L] = A[L] − Y",
                "One probability per class, together 1: the output for classes that exclude "
                "each other.",
                minimum_units=2,
                classifies=True,
                exclusive=True,
                in_nats=True,
                forward=_softmax_forward,
                backward=_canonical_backward,
                losses=_cross_entropy,
            ),
            Output(
                "linear",
                "Linear",
                "g",
                "g(z) = z",
                "half squared error",
                "J = (1/2m) Σ (a − y)²",
                "dZ[L] = A[L] − Y",
                "A number of any size: the output for regression.",
                minimum_units=1,
                classifies=False,
                exclusive=False,
                in_nats=False,
                forward=_linear_forward,
                backward=_canonical_backward,
                losses=_half_squared_error,
            ),
            Output(
                "sigmoid_squared_error",
                "Sigmoid, squared error",
                "σ",
                "σ(z) = 1 / (1 + e⁻ᶻ)",
                "half squared error",
                "J = (1/2m) Σ (a − y)²",
                "dZ[L] = (A[L] − Y) * A[L] (1 − A[L])",
                "A mismatch, to experiment with: a unit that is surely wrong has next to no slope, "
                "and hardly learns.",
                minimum_units=1,
                classifies=True,
                exclusive=False,
                in_nats=False,
                forward=sigmoid_forward,
                backward=_mismatched_backward,
                losses=_sigmoid_half_squared_error,
            ),
        )
    }
)
"""name → record."""
