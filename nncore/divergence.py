"""When the numbers overflow: what happened, and what to do about it, in words.

Notes: "Vanishing / Exploding Gradient" (neural networks).

The cost of all examples is the one number here that takes long: with 1,000,000 points in
mini-batches of 64 a look at it after each of 209 steps took 4.2 s.  So the weights are asked first
whether any example could overflow.  The last step is left, and it takes 0.07 s.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncore.costs import LARGEST
from nncore.parameters import Parameters
from nncore.update import Learner

Cause = Literal["learning_rate", "initialization"]

LARGE_WEIGHT = 1e3
"""Initial weights beyond this size are named as the cause when the very first steps fail."""
EARLY = 10
"""Up to this iteration the initial weights may have their part in it: both are named."""


@dataclass(frozen=True)
class Divergence:
    """The update that failed, ``iteration``, and why; the state before it is kept.

    ``reason`` is a sentence; ``cause`` the first cause in one word.
    """

    iteration: int
    reason: str
    cause: Cause


def overflowed(
    learner: Learner, gradient: Parameters, cost_is_finite: Callable[[], bool]
) -> str | None:
    """Name the first thing of an update that is not a finite number, or None.

    ``cost_is_finite`` is only asked when all else is finite.
    """
    for kind, values in (("gradient", gradient), ("weights", learner.theta)):
        for layer, block in enumerate(values.blocks, start=1):
            if not np.isfinite(block).all():
                return f"the {kind} of layer {layer}"
    if not learner.memory.is_finite():
        return "the memory of the optimizer"
    return None if cost_is_finite() else "the cost"


def logits_surely_finite(parameters: Parameters, largest_input: float) -> bool:
    """Say whether no example with |A[0]| ≤ ``largest_input`` can have a logit that overflows.

    Layer by layer |Z[l]| ≤ |W[l]| max |A[l−1]| + |b[l]|, and |g(z)| ≤ |z| + 1 for every g.  The
    bound may be far too large, so False only means that the examples must be looked at.
    """
    largest = largest_input
    with np.errstate(all="ignore"):
        for W, b in zip(parameters.W, parameters.b, strict=True):
            sums = np.abs(W).sum(axis=1, keepdims=True) * largest + np.abs(b)
            largest = float(sums.max()) + 1
    # Half the range is left to the rounding of the sums.
    return largest < LARGEST / 2


def explain(what: str, iteration: int, learning_rate: float, before: Parameters) -> Divergence:
    """Return the divergence at ``iteration``; ``before`` are the last finite parameters."""
    largest = max(float(np.abs(W).max()) for W in before.W)
    cause: Cause = "learning_rate"
    advice = f"Reset and lower the learning rate (now {learning_rate:g})"
    if iteration <= EARLY:
        advice += ", or begin with smaller weights"
    if iteration <= 1 and largest > LARGE_WEIGHT:
        cause = "initialization"
        advice = f"Reset with smaller initial weights (the largest is {largest:.3g})"
    return Divergence(
        iteration,
        f"At iteration {iteration} {what} grew beyond what a number can hold. The network of "
        f"iteration {iteration - 1} is kept. {advice}.",
        cause,
    )
