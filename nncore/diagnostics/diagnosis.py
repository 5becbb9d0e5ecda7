"""All findings about a run, the most serious first, and none that another one explains.

A failure shows in many places: a network of zero weights has identical units, passes no gradient
back, stands still and answers one class.  Told is the cause.  Which finding explains which:

- Identical, dead or untrainable units, and saturated ones, explain a vanishing gradient, a cost
  that stands still, and one answer for all.  (The chain of slopes is what vanishes; why the slopes
  are 0 is the cause.)
- A vanishing gradient explains a cost that stands still, and one answer for all.
- Steps that are too small explain a cost that stands still.
- An exploding gradient explains a cost that rises or oscillates.
- Classes out of balance explain one answer for all.
- A divergence explains what the last finite state looks like; its own reason names the cause.

A finding that is only a note explains nothing: one identical pair among 64 units stops nobody.

Notes: "What happens if you initialize weights of neuron to zero in neural network?" and
"Vanishing / Exploding Gradient" (neural networks), for what follows from what.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from nncore.checks import check_instance
from nncore.config import NetworkConfig
from nncore.diagnostics.answers import class_imbalance, one_class_only
from nncore.diagnostics.curve import cost_findings, cost_trend
from nncore.diagnostics.findings import Finding, Severity, join_words
from nncore.diagnostics.gradients import unstable_gradients
from nncore.diagnostics.observation import Observation
from nncore.diagnostics.steps import small_steps
from nncore.diagnostics.structure import linear_network, untrainable_steps
from nncore.diagnostics.units import dead_units, identical_units, saturated_units
from nncore.divergence import Divergence
from nncore.outputs import OUTPUTS

FIRST_ANSWERS = 100
"""Before this iteration one answer for all examples is only the beginning."""

STALL = frozenset({"vanishing_gradients", "cost_plateau", "one_class_only"})
OVERSHOOT = frozenset({"cost_rising", "cost_oscillating"})

EXPLAINS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "diverged": STALL
        | OVERSHOOT
        | {"exploding_gradients", "saturated_units", "dead_units", "small_steps"},
        "untrainable_steps": STALL,
        "identical_units": STALL,
        "dead_units": STALL,
        "saturated_units": STALL,
        "vanishing_gradients": STALL - {"vanishing_gradients"},
        "small_steps": frozenset({"cost_plateau"}),
        "exploding_gradients": OVERSHOOT,
        "class_imbalance": frozenset({"one_class_only"}),
    }
)
"""Cause → the findings that it explains."""


def diagnose(seen: Observation) -> tuple[Finding, ...]:
    """Return what there is to say about a run, the most serious first; empty if all is well.

    A finding that applies to several layers is told of the most serious one, and names the others.

    Raises
    ------
    ValueError
        If ``seen`` is no ``Observation``.
    """
    findings = _one_per_name(_all_findings(check_instance("seen", seen, Observation)))
    causes = [finding for finding in findings if _explains(finding)]
    explained = frozenset[str]().union(*(EXPLAINS[cause.name] for cause in causes))
    return tuple(sorted((one for one in findings if one.name not in explained), key=_least_serious))


def diverged(divergence: Divergence | None) -> list[Finding]:
    """Report the iteration at which a run stopped being finite, and the first cause.

    Raises
    ------
    ValueError
        If it is neither a ``Divergence`` nor None.
    """
    if divergence is None:
        return []
    check_instance("divergence", divergence, Divergence)
    return [
        Finding(
            name="diverged",
            severity=Severity.FAILURE,
            title="Diverged",
            sentence=divergence.reason,
            section="A too-large initialization leads to exploding gradients",
            evidence={"iteration": divergence.iteration, "cause": divergence.cause},
        )
    ]


def _all_findings(seen: Observation) -> list[Finding]:
    network, parameters, cache = seen.network, seen.parameters, seen.cache
    iteration = int(seen.iterations[-1]) if len(seen.iterations) else 0
    trend = cost_trend(seen.iterations, seen.costs)
    return [
        *diverged(seen.divergence),
        *untrainable_steps(network),
        *identical_units(network, parameters),
        *dead_units(network, cache, trained=iteration > 0),
        *saturated_units(network, cache, seen.start),
        *unstable_gradients(network, parameters, cache, seen.Y, trained=iteration > 0),
        *small_steps(trend, seen.learning_rate, seen.slope),
        *cost_findings(
            seen.iterations,
            seen.costs,
            mini_batches=seen.mini_batches,
            convex=_convex(network),
        ),
        *(one_class_only(network, cache, seen.labels) if iteration >= FIRST_ANSWERS else []),
        *linear_network(network),
        *class_imbalance(network, seen.labels),
    ]


def _convex(network: NetworkConfig) -> bool:
    """Whether the cost has no saddles: a regression whose cost matches its output."""
    output = OUTPUTS[network.output]
    return not network.hidden_units and (output.in_nats or not output.classifies)


def _one_per_name(findings: Iterable[Finding]) -> list[Finding]:
    """Keep the most serious finding of each name, and let it name the other layers."""
    together: dict[str, list[Finding]] = {}
    for finding in findings:
        together.setdefault(finding.name, []).append(finding)
    return [_with_layers(sorted(same, key=_least_serious)) for same in together.values()]


def _with_layers(same: list[Finding]) -> Finding:
    first, *others = same
    layers = sorted({other.layer for other in others if other.layer} - {first.layer})
    if not layers:
        return first
    where = "Layer" if len(layers) == 1 else "Layers"
    have = "has" if len(layers) == 1 else "have"
    names = join_words([str(layer) for layer in layers])
    return replace(first, sentence=f"{first.sentence} {where} {names} {have} such units too.")


def _explains(finding: Finding) -> bool:
    """Notes explain nothing but the answers, as classes out of balance do."""
    if finding.name == "class_imbalance":
        return True
    return finding.name in EXPLAINS and finding.severity > Severity.NOTE


def _least_serious(finding: Finding) -> int:
    return -finding.severity
