"""Activation functions g of the hidden layers and their derivatives g′.

Notes: "Activation Functions" and "Derivatives of Activation Functions" (shallow networks),
"Popular Active Functions" and "Perceptron and Step Function" (neural networks).  Beyond the notes:
ELU (D.-A. Clevert et al., 2016, with α = 1), GELU (D. Hendrycks and K. Gimpel, 2016), softplus
(C. Dugas et al., 2001) and sine (V. Sitzmann et al., 2020, without their factor).

A record carries the function twice over: as text for people, and as the list of NumPy calls that
the tape replays (``nncore.activation_calls``).

The exact GELU, z Φ(z), needs the error function, which NumPy does not have; ours is the tanh form
of the same paper, at most 0.00047 away from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import acosh, inf, log
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from nncore import activation_calls as calls
from nncore.arrays import Call, FloatArray, run_calls
from nncore.checks import check_array

Forward = Callable[[FloatArray, FloatArray], list[Call]]
Backward = Callable[[FloatArray, FloatArray, FloatArray, FloatArray], list[Call]]

LEAKY_SLOPE = 0.01
"""Slope of the leaky ReLU for z < 0, as in the notes."""

SATURATED = 0.01
"""g saturates where |g′| stays below this share of its largest value.

The leaky ReLU of the notes is just above.  A diagnosis counts flat units in a coarser way, for a
reason: see ``FLAT`` in ``nncore.diagnostics.units``.
"""

GELU_LOWEST = -0.170040750571255
"""The least value of the GELU, at z = −0.75246."""

GELU_SATURATED = -3.0093577
"""Below this z the slope of the GELU is less than 1 % of its largest, 1.129."""


@dataclass(frozen=True)
class Activation:
    """One activation function.

    ``symbol`` is how a formula names g; ``range`` the limits of g(z).  ``saturation`` are two
    limits of z: below the first and above the second |g′(z)| is less than 1 % of its largest
    value; None where that never happens for good, (0, 0) for the step, which is flat everywhere.
    ``learns`` is False where g′ = 0 everywhere, so that no gradient passes (see
    ``nncore.frozen``).
    """

    name: str
    label: str
    symbol: str
    formula: str
    derivative_formula: str
    description: str
    range: tuple[float, float]
    saturation: tuple[float, float] | None
    forward: Forward
    backward: Backward
    learns: bool = True

    def __call__(self, z: ArrayLike) -> FloatArray:
        """Return g(z), element by element.

        z may have any shape, and g(z) has the same; that of a number is a 0-d array.

        Raises
        ------
        ValueError
            If z is no array of real numbers.
        """
        Z = _values(z)
        A = np.empty_like(Z)
        run_calls(self.forward(Z, A))
        return A

    def derivative(self, z: ArrayLike) -> FloatArray:
        """Return g′(z), element by element.

        z may have any shape, and g′(z) has the same.

        Raises
        ------
        ValueError
            As the call.
        """
        Z = _values(z)
        dZ = np.empty_like(Z)
        run_calls(self.backward(Z, self(Z), np.ones_like(Z), dZ))
        return dZ


def _values(z: ArrayLike) -> FloatArray:
    with np.errstate(over="ignore"):
        return check_array("z", z).astype(np.float64)


def leaky_relu(slope: float = LEAKY_SLOPE) -> Activation:
    """Return the leaky ReLU with this slope, 0 to 1, for z < 0."""
    return Activation(
        "leaky_relu",
        "Leaky ReLU",
        "LReLU",
        f"LReLU(z) = max({slope:g} z, z)",
        f"LReLU′(z) = 1 for z ≥ 0, otherwise {slope:g}",
        "A ReLU that keeps a small slope below zero, so that no unit dies.",
        (-inf if slope else 0.0, inf),
        (0.0, inf) if slope < SATURATED else None,
        partial(calls.leaky_relu_forward, slope=slope),
        partial(calls.leaky_relu_backward, slope=slope),
    )


ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        record.name: record
        for record in (
            Activation(
                "identity",
                "Linear",
                "g",
                "g(z) = z",
                "g′(z) = 1",
                "Passes z on unchanged; without a non-linear layer the network stays one "
                "straight cut, whatever its depth.",
                (-inf, inf),
                None,
                calls.identity_forward,
                calls.identity_backward,
            ),
            Activation(
                "sigmoid",
                "Sigmoid",
                "σ",
                "σ(z) = 1 / (1 + e⁻ᶻ)",
                "σ′(z) = a (1 − a)",
                "Squeezes z into 0 … 1; its slope is at most ¼, so deep stacks of it learn slowly.",
                (0.0, 1.0),
                (-2 * acosh(SATURATED**-0.5), 2 * acosh(SATURATED**-0.5)),
                calls.sigmoid_forward,
                calls.sigmoid_backward,
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
                (-acosh(SATURATED**-0.5), acosh(SATURATED**-0.5)),
                calls.tanh_forward,
                calls.tanh_backward,
            ),
            Activation(
                "relu",
                "ReLU",
                "ReLU",
                "ReLU(z) = max(0, z)",
                "ReLU′(z) = 1 for z ≥ 0, otherwise 0",
                "Lets positive z through and cuts the rest to 0; a unit that is never positive "
                "is dead.",
                (0.0, inf),
                (0.0, inf),
                calls.relu_forward,
                calls.relu_backward,
            ),
            leaky_relu(),
            Activation(
                "step",
                "Step",
                "h",
                "h(z) = 1 for z ≥ 0, otherwise 0",
                "h′(z) = 0",
                "The perceptron's threshold: its derivative is 0, so gradient descent cannot "
                "train the layers up to it.",
                (0.0, 1.0),
                (0.0, 0.0),
                calls.step_forward,
                calls.step_backward,
                learns=False,
            ),
            Activation(
                "elu",
                "ELU",
                "ELU",
                "ELU(z) = z for z ≥ 0, otherwise eᶻ − 1",
                "ELU′(z) = 1 for z ≥ 0, otherwise a + 1",
                "A ReLU with a soft floor at −1: below zero the slope fades instead of being cut.",
                (-1.0, inf),
                (log(SATURATED), inf),
                calls.elu_forward,
                calls.elu_backward,
            ),
            Activation(
                "gelu",
                "GELU",
                "GELU",
                "GELU(z) = ½ z (1 + t) with t = tanh(√(2/π) (z + 0.044715 z³))",
                "GELU′(z) = ½ (1 + t) + ½ z (1 − t²) √(2/π) (1 + 0.134145 z²)",
                "z times the chance that a Gaussian number is below z, in its tanh form: a smooth "
                "ReLU with a dip below zero.",
                (GELU_LOWEST, inf),
                (GELU_SATURATED, inf),
                calls.gelu_forward,
                calls.gelu_backward,
            ),
            Activation(
                "softplus",
                "Softplus",
                "softplus",
                "softplus(z) = log(1 + eᶻ)",
                "softplus′(z) = 1 − e⁻ᵃ = σ(z)",
                "A ReLU with its corner rounded off; its slope is the sigmoid.",
                (0.0, inf),
                (log(SATURATED / (1 - SATURATED)), inf),
                calls.softplus_forward,
                calls.softplus_backward,
            ),
            Activation(
                "sine",
                "Sine",
                "sin",
                "sin(z) = z − z³/3! + z⁵/5! − …",
                "sin′(z) = cos(z)",
                "Waves without end: good at repeating patterns, and easily too wiggly between "
                "the points.",
                (-1.0, 1.0),
                None,
                calls.sine_forward,
                calls.sine_backward,
            ),
        )
    }
)
"""name → record: those of the notes, then the others."""
