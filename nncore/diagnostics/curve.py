"""What the cost did lately: rising, oscillating, or standing still.

Notes: "How Gradient Descent works in optimization?" and "A too-large initialization leads to
exploding gradients" (neural networks).

Mini-batches make the cost jump from one record to the next.  So nothing is read from single
costs: the medians of the two halves of the last part of the run say where it goes, and the spread
about the straight line through them says how much it jumps.
"""

from dataclasses import dataclass

import numpy as np

from nncore.arrays import FloatArray, IntArray
from nncore.diagnostics.findings import Finding, Severity

RECENT = 0.1
"""The part of the run that is looked at."""

SHORTEST, FEWEST = 100, 16
"""It has at least so many iterations, and so many recorded costs."""

RISE = 0.02
"""A rise of the median by this share is told, where the two halves hardly overlap."""

SWING, TURNS = 0.1, 0.4
"""A spread of this share is told where the curve turns so often.

The flower with a learning rate of 0.1 spreads by less than 1 % in mini-batches of 32, and turns
at ⅗ of the records; with 10 it spreads by 10 to 50 % until it has settled.
"""

STANDSTILL = 1e-4
"""A change and a spread below this share is none.

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
        How far the middle 80 % of the costs spread about the trend, relative to ``now``.
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
        """The change from ``before`` to ``now``, relative to ``before``."""
        return (self.now - self.before) / self.before if self.before > 0 else 0.0


def cost_trend(iterations: IntArray, costs: FloatArray) -> Trend | None:
    """Return the trend of the last tenth of a run, or None while there is too little to tell.

    Parameters
    ----------
    iterations, costs : (k,) arrays
        As ``History`` records them, ascending.
    """
    if len(costs) < FEWEST:
        return None
    last, first = int(iterations[-1]), int(iterations[0])
    span = max(SHORTEST, RECENT * (last - first))
    start = min(int(np.searchsorted(iterations, last - span)), len(costs) - FEWEST)
    if last - first < SHORTEST:
        return None
    recent = costs[start:]
    half = len(recent) // 2
    early, late = recent[:half], recent[half:]
    before, now = float(np.median(early)), float(np.median(late))
    about = recent - np.interp(np.arange(len(recent)), [half / 2, 1.5 * half], [before, now])
    low, high = np.quantile(about, (0.1, 0.9))
    slopes = np.sign(np.diff(recent))
    return Trend(
        iterations=last - int(iterations[start]),
        before=before,
        now=now,
        swing=float(high - low) / now if now > 0 else 0.0,
        turns=float(np.mean(slopes[1:] * slopes[:-1] < 0)),
        apart=bool(np.quantile(late, 0.25) > np.quantile(early, 0.75)),
    )


def cost_findings(iterations: IntArray, costs: FloatArray) -> list[Finding]:
    """Report a cost that rises, oscillates or stands still; at most one of them."""
    trend = cost_trend(iterations, costs)
    if trend is None:
        return []
    if trend.apart and trend.change > RISE:
        return [_rising(trend)]
    if trend.swing > SWING and trend.turns > TURNS:
        return [_oscillating(trend)]
    if abs(trend.change) < STANDSTILL and trend.swing < STANDSTILL:
        return [_plateau(trend)]
    return []


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


def _oscillating(trend: Trend) -> Finding:
    return Finding(
        name="cost_oscillating",
        severity=Severity.WARNING,
        title="Cost is oscillating",
        sentence=f"The cost swings by {100 * trend.swing:.0f} % over the last "
        f"{trend.iterations:,} iterations: the steps jump across the minimum. Lower the learning "
        "rate, or use larger batches.",
        section=SECTION,
        evidence=_figures(trend),
    )


def _plateau(trend: Trend) -> Finding:
    return Finding(
        name="cost_plateau",
        severity=Severity.NOTE,
        title="Cost stands still",
        sentence=f"The cost changed by less than {100 * STANDSTILL:g} % over the last "
        f"{trend.iterations:,} iterations: this is a minimum, or a stall beside a saddle.",
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
