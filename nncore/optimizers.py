"""Optimizers: how a gradient becomes an update of the flat parameter vector.

Notes: "Gradient Descent for Neural Networks" (shallow networks), "Optimizations" (neural
networks).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nncore.arrays import Call, FloatArray
from nncore.ranges import LEARNING_RATE_RANGE, Range

Update = Callable[[FloatArray, FloatArray, FloatArray], list[Call]]


@dataclass(frozen=True)
class Optimizer:
    """One optimizer.

    ``update(theta, summed_gradient, rate)`` lists the calls of one update.  The gradient is a
    sum over the examples and ``rate`` the 0-d array α/m, so that the mean costs no call of its
    own, and a new learning rate is one number written into ``rate``.
    """

    name: str
    label: str
    formula: str
    description: str
    learning_rate_range: Range
    update: Update


def _gradient_descent(
    theta: FloatArray, summed_gradient: FloatArray, rate: FloatArray
) -> list[Call]:
    step = np.empty_like(theta)
    return [
        (np.multiply, (summed_gradient, rate, step)),
        (np.subtract, (theta, step, theta)),
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
                LEARNING_RATE_RANGE,
                _gradient_descent,
            ),
        )
    }
)
"""name → record."""
