"""The NumPy calls behind each activation: A = g(Z), and dZ = dA * g′(Z).

Notes: "Activation Functions" and "Derivatives of Activation Functions" (shallow networks).

Each function lists the calls that the tape replays.  g′ is written through A where that is cheaper,
as the notes do (1 − a² for tanh).  The calls are element by element: they work on Z (n, m) and on a
stack of runs (R, n, m) alike.  What they need besides their arguments is made here, when they are
listed, so that replaying them allocates nothing.
"""

from functools import partial
from math import pi, sqrt

import numpy as np

from nncore.arrays import Call, FloatArray, constant

GELU_LINEAR = sqrt(2 / pi)
GELU_CUBIC = 0.044715
GELU_FLAT = 10.0
"""Beyond ±10 the tanh of the GELU is 1 to the last bit, and g′ is 0 or 1."""


def identity_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    """Write A = Z."""
    return [(np.copyto, (A, Z))]


def identity_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """Write dZ = dA."""
    return [(np.copyto, (dZ, dA))]


def sigmoid_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    """Write σ(z) = 1/(1 + e⁻ᶻ); where e⁻ᶻ overflows it is 1/∞ = 0, as it should be.

    The equal ½ + ½ tanh(½ z) takes 1.2 (400 numbers) to 1.5 times (10,000) as long in float64, and
    has no digits left for a z far below 0; in float32 it would take 0.8 of the time.
    """
    one = constant(1.0, Z)
    return [
        (np.negative, (Z, A)),
        (np.exp, (A, A)),
        (np.add, (A, one, A)),
        (np.divide, (one, A, A)),
    ]


def sigmoid_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """Write dZ = dA * A (1 − A)."""
    one = constant(1.0, Z)
    return [
        (np.subtract, (one, A, dZ)),
        (np.multiply, (dZ, A, dZ)),
        (np.multiply, (dZ, dA, dZ)),
    ]


def tanh_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    """Write A = tanh(Z)."""
    return [(np.tanh, (Z, A))]


def tanh_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """Write dZ = dA * (1 − A²)."""
    one = constant(1.0, Z)
    return [
        (np.multiply, (A, A, dZ)),
        (np.subtract, (one, dZ, dZ)),
        (np.multiply, (dZ, dA, dZ)),
    ]


def relu_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    """Write A = max(0, Z)."""
    # An array of zeros: with a scalar zero the same call is a quarter slower.
    return [(partial(np.maximum, Z, np.zeros_like(Z), out=A), ())]


def relu_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """Write dZ = dA * (z ≥ 0)."""
    return [*_one_where_positive(Z, dZ), (np.multiply, (dZ, dA, dZ))]


def leaky_relu_forward(Z: FloatArray, A: FloatArray, slope: float) -> list[Call]:
    """Write A = max(slope Z, Z), for a slope of at most 1."""
    return [
        (np.multiply, (Z, constant(slope, Z), A)),
        (partial(np.maximum, A, Z, out=A), ()),
    ]


def leaky_relu_backward(
    Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray, slope: float
) -> list[Call]:
    """Write dZ = dA * max(z ≥ 0, slope): 1 or 0, the latter lifted to the slope."""
    slopes = np.full_like(Z, slope)
    return [
        *_one_where_positive(Z, dZ),
        (partial(np.maximum, dZ, slopes, out=dZ), ()),
        (np.multiply, (dZ, dA, dZ)),
    ]


def _one_where_positive(Z: FloatArray, out: FloatArray) -> list[Call]:
    """Write 1 where z ≥ 0, otherwise 0.

    Comparing straight into numbers makes NumPy allocate a buffer at every call; ``heaviside``
    takes 2 (small arrays) to 11 times (large ones) as long.
    """
    positive = np.empty(Z.shape, np.bool_)
    return [(np.greater_equal, (Z, constant(0.0, Z), positive)), (np.copyto, (out, positive))]


def step_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    """Write A = 1 where z ≥ 0, otherwise 0."""
    return [(np.heaviside, (Z, constant(1.0, Z), A))]


def step_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """Write dZ = 0."""
    return [(np.copyto, (dZ, constant(0.0, Z)))]


def elu_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    """Write A = max(0, Z) + (e^min(0, Z) − 1): one of the two terms is always 0."""
    zeros, positive = np.zeros_like(Z), np.empty_like(Z)
    return [
        (partial(np.maximum, Z, zeros, out=positive), ()),
        (partial(np.minimum, Z, zeros, out=A), ()),
        (np.expm1, (A, A)),
        (np.add, (A, positive, A)),
    ]


def elu_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """Write dZ = dA * (min(0, A) + 1)."""
    zeros, one = np.zeros_like(Z), constant(1.0, Z)
    return [
        (partial(np.minimum, A, zeros, out=dZ), ()),
        (np.add, (dZ, one, dZ)),
        (np.multiply, (dZ, dA, dZ)),
    ]


def gelu_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    """Write A = Z · ½ (1 + tanh(Z (c + 0.044715 c Z²))) with c = √(2/π)."""
    half = constant(0.5, Z)
    return [
        *_gelu_tanh(Z, A, A),
        (np.multiply, (A, half, A)),
        (np.add, (A, half, A)),
        (np.multiply, (A, Z, A)),
    ]


def gelu_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """Write dZ = dA * ½ [1 + t + (1 − t²) z u′], with t = tanh(u) and u = z (c + 0.044715 c z²).

    Z is cut to ±10 first: there g′ is 0 or 1 already, and u′ of a huge z would overflow.
    """
    one, half, limit = constant(1.0, Z), constant(0.5, Z), constant(GELU_FLAT, Z)
    z, zu = np.empty_like(Z), np.empty_like(Z)
    return [
        (partial(np.minimum, Z, limit, out=z), ()),
        (partial(np.maximum, z, -limit, out=z), ()),
        *_gelu_tanh(z, zu, dZ),
        (np.multiply, (zu, constant(3 * GELU_CUBIC * GELU_LINEAR, Z), zu)),
        (np.add, (zu, constant(GELU_LINEAR, Z), zu)),
        (np.multiply, (zu, z, zu)),
        (np.multiply, (dZ, dZ, z)),
        (np.subtract, (one, z, z)),
        (np.multiply, (z, zu, zu)),
        (np.add, (dZ, one, dZ)),
        (np.add, (dZ, zu, dZ)),
        (np.multiply, (dZ, half, dZ)),
        (np.multiply, (dZ, dA, dZ)),
    ]


def _gelu_tanh(Z: FloatArray, squares: FloatArray, tanh: FloatArray) -> list[Call]:
    """Write Z² and tanh(Z (c + 0.044715 c Z²)), which may share one array."""
    return [
        (np.multiply, (Z, Z, squares)),
        (np.multiply, (squares, constant(GELU_CUBIC * GELU_LINEAR, Z), tanh)),
        (np.add, (tanh, constant(GELU_LINEAR, Z), tanh)),
        (np.multiply, (tanh, Z, tanh)),
        (np.tanh, (tanh, tanh)),
    ]


def softplus_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    """Write log(1 + eᶻ) as max(0, z) + log(1 + e^−|z|): nothing in it can overflow."""
    zeros, positive = np.zeros_like(Z), np.empty_like(Z)
    return [
        (partial(np.maximum, Z, zeros, out=positive), ()),
        (np.copysign, (Z, constant(-1.0, Z), A)),
        (np.exp, (A, A)),
        (np.log1p, (A, A)),
        (np.add, (A, positive, A)),
    ]


def softplus_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """Write dZ = dA * (1 − e⁻ᴬ): 1 − 1/(1 + eᶻ), which is σ(z)."""
    return [
        (np.negative, (A, dZ)),
        (np.expm1, (dZ, dZ)),
        (np.negative, (dZ, dZ)),
        (np.multiply, (dZ, dA, dZ)),
    ]


def sine_forward(Z: FloatArray, A: FloatArray) -> list[Call]:
    """Write A = sin(Z)."""
    return [(np.sin, (Z, A))]


def sine_backward(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """Write dZ = dA * cos(Z)."""
    return [(np.cos, (Z, dZ)), (np.multiply, (dZ, dA, dZ))]
