"""The cost J: the mean of the loss over the examples, and the penalty on the weights.

Notes: "Gradient Descent for Neural Networks" (shallow networks), "损失/策略" (basics, softmax,
deep).  The penalties follow the convention of the courses: J = (1/m) Σ loss + (λ₁/m) Σ|w| +
(λ₂/2m) Σw², over the weights of all layers; biases are not penalized.  So λ weighs against the
sum of the losses, and more examples make the penalty matter less.
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from nncore.arrays import FloatArray
from nncore.config import NetworkConfig
from nncore.outputs import OUTPUTS
from nncore.parameters import Parameters

LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True)
class CostParts:
    """The cost J in its two parts: the mean loss of the examples, and the penalty."""

    data: float
    penalty: float

    @property
    def total(self) -> float:
        """J = data + penalty: finite where both are, at most the largest number of a float64."""
        total = self.data + self.penalty
        return min(total, LARGEST) if isfinite(self.data) and isfinite(self.penalty) else total


def data_cost(ZL: FloatArray, Y: FloatArray, network: NetworkConfig) -> float:
    """Return (1/m) Σ loss from the logits Z[L] and the targets Y, both (n_y, m).

    Finite for any finite logits: a cost beyond the range of float64 is its largest number.
    """
    m = Y.shape[1]
    with np.errstate(all="ignore"):
        losses = OUTPUTS[network.output].losses(ZL, Y)
        cost = float(losses.sum() / m)
        if not isfinite(cost) and np.isfinite(ZL).all():
            shares = np.clip(losses, -LARGEST, LARGEST) / m
            cost = float(np.clip(shares.sum(), -LARGEST, LARGEST))
    return cost


def penalty(parameters: Parameters, l1: float, l2: float, m: int) -> float:
    """Return (λ₁/m) Σ|w| + (λ₂/2m) Σw² over the weights of all layers.

    Finite for any finite weights, like the cost; a λ of 0 takes its sum out, however large.
    """
    terms = 0.0
    if l1 == l2 == 0:
        return terms
    with np.errstate(all="ignore"):
        # A λ may be so small that its share is 0; and 0 · inf is not a number.
        if share := l1 / m:
            terms += share * sum(float(np.abs(W).sum()) for W in parameters.W)
        if share := 0.5 * l2 / m:
            terms += share * sum(float(np.square(W).sum()) for W in parameters.W)
    return min(terms, LARGEST) if np.isfinite(parameters.vector).all() else terms
