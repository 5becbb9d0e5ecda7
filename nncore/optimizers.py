"""Optimizers: how a gradient becomes an update of the flat parameter vector.

Notes: "Gradient Descent for Neural Networks" (shallow networks), "Optimizations" (neural
networks).  The notes stop at gradient descent; the other records name their papers.

Every update is a list of elementwise calls.  So it does not matter what the vector holds: one
network, or the parameters of many runs one after the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, Protocol

import numpy as np

from nncore.arrays import Call, FloatArray, constant
from nncore.optimizer_state import OptimizerState
from nncore.ranges import LEARNING_RATE_RANGE, Range


class Options(Protocol):
    """The settings that updates read: fields of ``TrainingConfig``."""

    @property
    def momentum(self) -> float:
        """β of momentum and Nesterov."""

    @property
    def decay(self) -> float:
        """ρ of RMSprop."""

    @property
    def beta1(self) -> float:
        """β₁ of Adam."""

    @property
    def beta2(self) -> float:
        """β₂ of Adam."""

    @property
    def epsilon(self) -> float:
        """ε of RMSprop and Adam."""


class Terms(NamedTuple):
    """What the formula of an update is about.

    ``theta`` and ``gradient`` are (n,), ``rate`` is 0-d, or one number per parameter, (n,).  They
    are on the tape, as the arrays of ``state`` are: read, and some written, at every replay.
    """

    theta: FloatArray
    gradient: FloatArray
    rate: FloatArray
    state: OptimizerState
    options: Options


@dataclass(frozen=True)
class Optimizer:
    """One optimizer.

    ``update`` lists the calls of one update of its terms.  The gradient is the mean over the
    examples and the rate is α, unless the optimizer ``takes_sum``: then only their product
    matters, and the sum over the examples with α/m does as well, which saves a call.
    ``slots`` names its vectors, ``options`` the settings that it reads; ``learning_rate`` is a
    good first α, ``source`` the paper or the notes.
    """

    name: str
    label: str
    formula: str
    description: str
    source: str
    learning_rate: float
    learning_rate_range: Range
    slots: tuple[str, ...]
    options: tuple[str, ...]
    takes_sum: bool
    update: Callable[[Terms], list[Call]]


def _gradient_descent(terms: Terms) -> list[Call]:
    theta, gradient, rate, *_ = terms
    step = np.empty_like(theta)
    return [
        (np.multiply, (gradient, rate, step)),
        (np.subtract, (theta, step, theta)),
    ]


def _momentum(terms: Terms) -> list[Call]:
    theta, gradient, rate, state, options = terms
    v, step, beta = state.slots["velocity"], np.empty_like(theta), constant(options.momentum, theta)
    return [
        (np.multiply, (gradient, rate, step)),
        (np.multiply, (v, beta, v)),
        (np.subtract, (v, step, v)),
        (np.add, (theta, v, theta)),
    ]


def _nesterov(terms: Terms) -> list[Call]:
    """θ is the point ahead, where the gradient is taken: so a tape needs one point only."""
    theta, gradient, rate, state, options = terms
    v, step, beta = state.slots["velocity"], np.empty_like(theta), constant(options.momentum, theta)
    return [
        (np.multiply, (gradient, rate, step)),
        (np.multiply, (v, beta, v)),
        (np.subtract, (v, step, v)),
        (np.subtract, (theta, step, theta)),
        (np.multiply, (v, beta, step)),
        (np.add, (theta, step, theta)),
    ]


def _rmsprop(terms: Terms) -> list[Call]:
    theta, gradient, rate, state, options = terms
    s, step, size = state.slots["mean_square"], np.empty_like(theta), np.empty_like(theta)
    return [
        *_average_square(s, gradient, options.decay, step),
        (np.sqrt, (s, size)),
        (np.add, (size, constant(options.epsilon, theta), size)),
        (np.multiply, (gradient, rate, step)),
        (np.divide, (step, size, step)),
        (np.subtract, (theta, step, theta)),
    ]


def _adam(terms: Terms) -> list[Call]:
    """The corrections 1 − β₁ᵗ and √(1 − β₂ᵗ) are 0-d arrays, renewed at every replay."""
    theta, gradient, rate, state, options = terms
    m, v = state.slots["first_moment"], state.slots["second_moment"]
    step, size, corrected_rate = np.empty_like(theta), np.empty_like(theta), np.empty_like(rate)
    one, correction_1, correction_2 = (constant(1.0, theta) for _ in range(3))
    return [
        (np.add, (state.updates, one, state.updates)),
        *_correction(options.beta1, state.updates, one, correction_1),
        *_correction(options.beta2, state.updates, one, correction_2),
        (np.sqrt, (correction_2, correction_2)),
        *_average(m, gradient, options.beta1, step),
        *_average_square(v, gradient, options.beta2, step),
        (np.sqrt, (v, size)),
        (np.divide, (size, correction_2, size)),
        (np.add, (size, constant(options.epsilon, theta), size)),
        (np.divide, (rate, correction_1, corrected_rate)),
        (np.multiply, (m, corrected_rate, step)),
        (np.divide, (step, size, step)),
        (np.subtract, (theta, step, theta)),
    ]


def _average(
    average: FloatArray, values: FloatArray, beta: float, scratch: FloatArray
) -> list[Call]:
    """Write a := β a + (1 − β) x."""
    return [
        (np.multiply, (average, constant(beta, average), average)),
        (np.multiply, (values, constant(1.0 - beta, average), scratch)),
        (np.add, (average, scratch, average)),
    ]


def _average_square(
    average: FloatArray, values: FloatArray, beta: float, scratch: FloatArray
) -> list[Call]:
    """Write a := β a + (1 − β) x²."""
    square: Call = (np.multiply, (values, values, scratch))
    return [square, *_average(average, scratch, beta, scratch)]


def _correction(beta: float, updates: FloatArray, one: FloatArray, out: FloatArray) -> list[Call]:
    """Write 1 − βᵗ."""
    return [
        (np.power, (constant(beta, out), updates, out)),
        (np.subtract, (one, out, out)),
    ]


OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType(
    {
        record.name: record
        for record in (
            Optimizer(
                "gradient_descent",
                "Gradient descent",
                "θ := θ − α dθ",
                "Every parameter takes a step down its own slope, α times as long as the slope.",
                'Notes, "Gradient Descent for Neural Networks"',
                1.2,
                LEARNING_RATE_RANGE,
                (),
                (),
                True,
                _gradient_descent,
            ),
            Optimizer(
                "momentum",
                "Momentum",
                "v := β v − α dθ,  θ := θ + v",
                "The steps add up like the speed of a ball that rolls: faster along a valley, "
                "steadier across it.",
                "Polyak (1964), Some methods of speeding up the convergence of iteration methods",
                0.1,
                LEARNING_RATE_RANGE,
                ("velocity",),
                ("momentum",),
                True,
                _momentum,
            ),
            Optimizer(
                "nesterov",
                "Nesterov",
                "v := β v − α dθ,  θ := θ + β v − α dθ",
                "Momentum that looks at the slope where it is about to be, and brakes earlier.",
                "Nesterov (1983), A method for solving the convex programming problem with "
                "convergence rate O(1/k²); in the form of Bengio, Boulanger-Lewandowski and "
                "Pascanu (2013), Advances in optimizing recurrent networks",
                0.1,
                LEARNING_RATE_RANGE,
                ("velocity",),
                ("momentum",),
                True,
                _nesterov,
            ),
            Optimizer(
                "rmsprop",
                "RMSprop",
                "s := ρ s + (1 − ρ) dθ²,  θ := θ − α dθ / (√s + ε)",
                "Every parameter's step is measured against its usual slope: steep and flat "
                "directions move alike.",
                "Tieleman and Hinton (2012), Lecture 6.5: rmsprop",
                0.01,
                LEARNING_RATE_RANGE,
                ("mean_square",),
                ("decay", "epsilon"),
                False,
                _rmsprop,
            ),
            Optimizer(
                "adam",
                "Adam",
                "m := β₁ m + (1 − β₁) dθ,  v := β₂ v + (1 − β₂) dθ²,  "
                "θ := θ − α m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)",
                "Momentum and RMSprop together, corrected for averages that begin at zero.",
                "Kingma and Ba (2015), Adam: a method for stochastic optimization, algorithm 1",
                0.01,
                LEARNING_RATE_RANGE,
                ("first_moment", "second_moment"),
                ("beta1", "beta2", "epsilon"),
                False,
                _adam,
            ),
        )
    }
)
"""name → record."""
