"""When the numbers overflow: what happened, and what to do about it, in words."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncore.parameters import Parameters
from nncore.update import Learner

Cause = Literal["learning_rate", "initialization"]

LARGE_WEIGHT = 1e3
"""Initial weights beyond this size are named as the cause when the very first steps fail."""


@dataclass(frozen=True)
class Divergence:
    """The update that failed, ``iteration``, and why; the state before it is kept.

    ``reason`` is a sentence; ``cause`` the first cause in one word.
    """

    iteration: int
    reason: str
    cause: Cause


def overflowed(learner: Learner, gradient: Parameters, cost: float) -> str | None:
    """Name the first thing of an update that is not a finite number, or None."""
    for kind, values in (("gradient", gradient), ("weights", learner.theta)):
        for layer, block in enumerate(values.blocks, start=1):
            if not np.isfinite(block).all():
                return f"the {kind} of layer {layer}"
    if not learner.memory.is_finite():
        return "the memory of the optimizer"
    return None if np.isfinite(cost) else "the cost"


def explain(what: str, iteration: int, learning_rate: float, before: Parameters) -> Divergence:
    """Return the divergence at ``iteration``; ``before`` are the last finite parameters."""
    largest = max(float(np.abs(W).max()) for W in before.W)
    cause: Cause = "learning_rate"
    advice = f"Reset and lower the learning rate (now {learning_rate:g})"
    if iteration <= 1 and largest > LARGE_WEIGHT:
        cause = "initialization"
        advice = f"Reset with smaller initial weights (the largest is {largest:.3g})"
    return Divergence(
        iteration,
        f"At iteration {iteration} {what} grew beyond what a number can hold. The network of "
        f"iteration {iteration - 1} is kept. {advice}.",
        cause,
    )
