"""Learning-rate schedules: the share of α that an iteration uses, as a function of its number.

The notes know the constant rate only ("Gradient Descent for Neural Networks", shallow networks).
All schedules share two settings, the period T and the factor γ, and one promise: the rate is α at
iteration 0 and γ α at iteration T.

A schedule is a function of the iteration alone, so a run that is cut into slices, taken back to a
checkpoint or loaded from a file has the rate of its place.  It is calls on 0-d arrays, replayed
with the iteration; the constant schedule has none, and costs nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import pi
from types import MappingProxyType

import numpy as np

from nncore.arrays import Call, FloatArray, constant, run_calls
from nncore.checks import check_count, check_factor

Record = Callable[[FloatArray, FloatArray, float, float], list[Call]]


@dataclass(frozen=True)
class Schedule:
    """One schedule.

    ``record(iteration, share, period, factor)`` lists the calls that read the 0-d array
    ``iteration`` and write the share of α into the 0-d array ``share``, which holds 1 before.
    """

    name: str
    label: str
    formula: str
    description: str
    source: str
    record: Record

    def __call__(self, iteration: int, period: int, factor: float) -> float:
        """Return the share of α at an iteration.

        Raises
        ------
        ValueError
            If the iteration is not a whole number from 0 up, the period not one from 1 up, or the
            factor not above 0 and at most 1.
        """
        check_count("iteration", iteration)
        check_count("period", period, 1)
        check_factor("factor", factor)
        share = np.ones(())
        run_calls(self.record(np.array(float(iteration)), share, period, factor))
        return float(share)


def _constant(_t: FloatArray, _share: FloatArray, _period: float, _factor: float) -> list[Call]:
    return []


def _step(t: FloatArray, share: FloatArray, period: float, factor: float) -> list[Call]:
    return [
        (np.floor_divide, (t, constant(period, share), share)),
        (np.power, (constant(factor, share), share, share)),
    ]


def _exponential(t: FloatArray, share: FloatArray, period: float, factor: float) -> list[Call]:
    return [
        (np.divide, (t, constant(period, share), share)),
        (np.power, (constant(factor, share), share, share)),
    ]


def _cosine(t: FloatArray, share: FloatArray, period: float, factor: float) -> list[Call]:
    """γ + (1 − γ) (1 + cos πt/T)/2 = (1 + γ)/2 + (1 − γ)/2 cos πt/T."""
    return [
        (partial(np.minimum, t, constant(period, share), out=share), ()),
        (np.multiply, (share, constant(pi / period, share), share)),
        (np.cos, (share, share)),
        (np.multiply, (share, constant(0.5 * (1.0 - factor), share), share)),
        (np.add, (share, constant(0.5 * (1.0 + factor), share), share)),
    ]


def _inverse_time(t: FloatArray, share: FloatArray, period: float, factor: float) -> list[Call]:
    one = constant(1.0, share)
    return [
        (np.multiply, (t, constant((1.0 / factor - 1.0) / period, share), share)),
        (np.add, (share, one, share)),
        (np.divide, (one, share, share)),
    ]


SCHEDULES: Mapping[str, Schedule] = MappingProxyType(
    {
        record.name: record
        for record in (
            Schedule(
                "constant",
                "Constant",
                "αₜ = α",
                "The same learning rate from the first iteration to the last.",
                'Notes, "Gradient Descent for Neural Networks"',
                _constant,
            ),
            Schedule(
                "step",
                "Steps",
                "αₜ = α γ^⌊t/T⌋",
                "The learning rate drops to γ times its value every T iterations.",
                "Krizhevsky, Sutskever and Hinton (2012), ImageNet classification with deep "
                "convolutional neural networks",
                _step,
            ),
            Schedule(
                "exponential",
                "Exponential",
                "αₜ = α γ^(t/T)",
                "The learning rate shrinks evenly, to γ times its value in T iterations.",
                "Senior, Heigold, Ranzato and Yang (2013), An empirical study of learning rates "
                "in deep neural networks for speech recognition",
                _exponential,
            ),
            Schedule(
                "cosine",
                "Cosine",
                "αₜ = α [γ + (1 − γ) (1 + cos(π min(t, T)/T)) / 2]",
                "The learning rate glides to γ times its value in T iterations, and stays there.",
                "Loshchilov and Hutter (2017), SGDR, equation 5, without restarts",
                _cosine,
            ),
            Schedule(
                "inverse_time",
                "1/t",
                "αₜ = α / (1 + (1/γ − 1) t/T)",
                "The learning rate falls like one over the iterations: fast at first, then ever "
                "more slowly.",
                "Robbins and Monro (1951), A stochastic approximation method",
                _inverse_time,
            ),
        )
    }
)
"""name → record."""
