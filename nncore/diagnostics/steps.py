"""Steps that are too small: the cost hardly falls although the gradient is not small.

Notes: "Gradient Descent" (deep-learning course): w := w − α J′(w), so with a small α every step is
small wherever it is made.

A cost that hardly falls looks like a minimum.  What tells them apart is ‖∇J‖²: with the rate α an
iteration takes α ‖∇J‖² off the cost, to first order.
"""

from nncore.checks import check_instance, check_number
from nncore.diagnostics.curve import STANDSTILL, Trend
from nncore.diagnostics.findings import Finding, Severity

STEEP = 0.02
"""‖∇J‖² / J from which on the gradient is not small: a rate of 1 would take off this share.

The flower with 2-4-1 from Xavier weights begins at 0.05, and is below 0.01 after 100 iterations
with rate 0.1.
"""

CREEP = 0.005
"""A fall by less than this share over the last part of the run is hardly one.

At that start 0.001 falls by 0.0026 in 100 iterations, 0.01 by 0.02.
"""

TINY, LEVEL = 1e-3, 1e-6
"""With a rate up to ``TINY`` a standstill is no minimum before ‖∇J‖² / J is below ``LEVEL``.

Beside the saddle where 0.01 · randn begins it is 1e-4.
"""


def may_creep(trend: Trend | None) -> bool:
    """Whether the cost falls so little that the length of the gradient matters."""
    return trend is not None and trend.now > 0 and 0 <= -trend.change < CREEP


def small_steps(trend: Trend | None, learning_rate: float, slope: float) -> list[Finding]:
    """Report that the cost hardly falls because the learning rate is too small.

    Where steps are too large the cost may seem to creep as well, between two records; so α ‖∇J‖²
    must not promise much more than the fall that is seen.

    Parameters
    ----------
    trend : Trend or None
        Where the cost went lately; None while that is unknown.
    learning_rate : float
        α
    slope : float
        ‖∇J‖², the squared length of the gradient.

    Raises
    ------
    ValueError
        If one is of another kind.
    """
    rate, slope = check_number("learning_rate", learning_rate), check_number("slope", slope)
    if trend is not None:
        check_instance("trend", trend, Trend)
    if trend is None or not may_creep(trend):
        return []
    fall, steepness = -trend.change, slope / trend.now
    promised = rate * steepness * trend.iterations
    creeps = steepness >= STEEP and promised < 2 * CREEP
    stalls = steepness >= LEVEL and fall < STANDSTILL and 0 < rate <= TINY
    return [_small_steps(trend, rate, slope)] if creeps or stalls else []


def _small_steps(trend: Trend, learning_rate: float, slope: float) -> Finding:
    return Finding(
        name="small_steps",
        severity=Severity.WARNING,
        title="Steps are too small",
        sentence=f"The cost fell by only {-100 * trend.change:.2g} % over the last "
        f"{trend.iterations:,} iterations, though the gradient is not 0: α = {learning_rate:g} "
        "makes every step tiny. Raise the learning rate.",
        section="Gradient Descent",
        evidence={"learning_rate": learning_rate, "slope": slope, "change": trend.change},
    )
