"""What the cost did lately: rising, oscillating, or standing still.

Notes: "How Gradient Descent works in optimization?" and "A too-large initialization leads to
exploding gradients" (neural networks).

Mini-batches make the cost jump from one record to the next.  So nothing is read from single
costs: the medians of the two halves of the last part of the run say where it goes, and the
differences from record to record how much it jumps.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import FloatArray, IntArray
from nncore.checks import check_array
from nncore.diagnostics.findings import Finding, Severity

RECENT = 0.1
"""The part of the run that is looked at."""

SHORTEST, FEWEST = 100, 32
"""It has at least so many iterations, and so many recorded costs."""

RISE = 0.02
"""A rise of the median by this share is told, if it exceeds the jumps on the way."""

ALTERNATION = (0.9, 0.05)
"""(turns, swing) beyond which the cost goes to and fro at every record; noise turns at ⅔."""

SWING, NOISY_SWING = (0.4, 0.1), (0.4, 0.5)
"""(turns, swing) beyond which it leaps about, in full batches and in mini-batches.

The flower with full batches and rate 10 swings by 5 to 50 %.  The noise of healthy mini-batches
(2-8-8-8-1, 64 of 400, rate 0.1) is 10 to 40 %, that of batches of 16 with rate 5 up to 80 %.
"""

STANDSTILL = 1e-4
"""A change, and jumps, below this share is none.

The flower with 1.2 still falls by 2e-3 in the last tenth of 20,000 iterations.
"""

SECTION = "How Gradient Descent works in optimization?"


@dataclass(frozen=True)
class Trend:
    """The last part of a cost curve in numbers.

    Attributes
    ----------
    iterations : int
        How many it spans.
    before, now : float
        The median cost of its first and of its second half.
    swing : float
        The jump from one record to the next that one in ten exceeds, relative to ``now``.
    turns : float
        The share of the recorded costs where falling turns into rising, or the reverse: 0 for a
        smooth curve, about ⅔ for noise, 1 for an alternation.
    apart : bool
        Whether three quarters of the second half lie above three quarters of the first.
    """

    iterations: int
    before: float
    now: float
    swing: float
    turns: float
    apart: bool

    @property
    def change(self) -> float:
        """The relative change, (now − before) / before; 0 if there was no cost before."""
        return (self.now - self.before) / self.before if self.before > 0 else 0.0


def cost_trend(iterations: IntArray, costs: FloatArray) -> Trend | None:
    """Return the trend of the last tenth of a run, or None while there is too little to tell.

    Parameters
    ----------
    iterations, costs : (k,) arrays
        As ``History`` records them, ascending.

    Raises
    ------
    ValueError
        If one is not a vector of numbers, or they differ in length.
    """
    iterations, costs = _checked(iterations, costs)
    start = _recent_start(iterations, costs)
    if start is None:
        return None
    # Costs may lie where the sum of two overflows.
    unit = float(costs[start:].max()) or 1.0
    recent = costs[start:] / unit
    half = len(recent) // 2
    early, late = recent[:half], recent[half:]
    before, now = float(np.median(early)), float(np.median(late))
    jumps = np.diff(recent)
    slopes = np.sign(jumps)
    return Trend(
        iterations=int(iterations[-1] - iterations[start]),
        before=before * unit,
        now=now * unit,
        swing=float(np.quantile(np.abs(jumps), 0.9)) / now if now > 0 else 0.0,
        turns=float(np.mean(slopes[1:] * slopes[:-1] < 0)),
        apart=bool(np.quantile(late, 0.25) > np.quantile(early, 0.75)),
    )


def cost_findings(
    iterations: IntArray, costs: FloatArray, *, mini_batches: bool = False, convex: bool = False
) -> list[Finding]:
    """Report a cost that rises, oscillates or stands still; at most one of them.

    Parameters
    ----------
    iterations, costs : (k,) arrays
        As ``History`` records them, ascending.
    mini_batches : bool
        Whether noise is to be expected.
    convex : bool
        Whether the cost is, as that of a regression: then it has no saddle to stand still at.

    Raises
    ------
    ValueError
        As ``cost_trend``.
    """
    trend = cost_trend(iterations, costs)
    if trend is None:
        return []
    if trend.apart and trend.change > max(RISE, trend.swing):
        return [_rising(trend)]
    limits = (ALTERNATION, NOISY_SWING if mini_batches else SWING)
    if any(trend.turns > turns and trend.swing > swing for turns, swing in limits):
        return [_oscillating(trend, mini_batches)]
    if abs(trend.change) < STANDSTILL and trend.swing < STANDSTILL:
        return [_plateau(trend, convex)]
    return []


def _checked(iterations: ArrayLike, costs: ArrayLike) -> tuple[IntArray, FloatArray]:
    numbers, values = check_array("iterations", iterations), check_array("costs", costs)
    if numbers.ndim != 1:
        raise ValueError(f"iterations has shape {numbers.shape}; accepted: (k,)")
    if values.shape != numbers.shape:
        raise ValueError(f"costs has shape {values.shape}; accepted: {numbers.shape}")
    return numbers, values


def _recent_start(iterations: IntArray, costs: FloatArray) -> int | None:
    """Return the index at which the last part of the run begins, if it is long enough."""
    if len(costs) < FEWEST or iterations[-1] - iterations[0] < SHORTEST:
        return None
    span = max(SHORTEST, RECENT * float(iterations[-1] - iterations[0]))
    return min(int(np.searchsorted(iterations, iterations[-1] - span)), len(costs) - FEWEST)


def _rising(trend: Trend) -> Finding:
    return Finding(
        name="cost_rising",
        severity=Severity.WARNING,
        title="Cost is rising",
        sentence=f"The cost rose by {100 * trend.change:.0f} % over the last "
        f"{trend.iterations:,} iterations: the steps overshoot. Lower the learning rate.",
        section=SECTION,
        evidence=_figures(trend),
    )


def _oscillating(trend: Trend, mini_batches: bool) -> Finding:
    advice = "Lower the learning rate" + (", or use larger batches" if mini_batches else "")
    return Finding(
        name="cost_oscillating",
        severity=Severity.WARNING,
        title="Cost is oscillating",
        sentence=f"The cost jumped up and down by {100 * trend.swing:.0f} % over "
        f"the last {trend.iterations:,} iterations: the steps leap across the minimum. "
        f"{advice}.",
        section=SECTION,
        evidence=_figures(trend),
    )


def _plateau(trend: Trend, convex: bool) -> Finding:
    place = (
        "this is the minimum. Without hidden units the cost is convex and has no other"
        if convex
        else "this is a minimum, or a stall beside a saddle"
    )
    return Finding(
        name="cost_plateau",
        severity=Severity.NOTE,
        title="Cost stands still",
        sentence=f"The cost changed by less than {100 * STANDSTILL:g} % over the last "
        f"{trend.iterations:,} iterations: {place}.",
        section="A too-small initialization leads to vanishing gradients",
        evidence=_figures(trend),
    )


def _figures(trend: Trend) -> dict[str, float | str]:
    return {
        "iterations": trend.iterations,
        "before": trend.before,
        "now": trend.now,
        "change": trend.change,
        "swing": trend.swing,
    }
