"""What is wrong with a run, in words: pure functions that return findings with their evidence.

Where to begin reading: ``findings`` (what a finding is), ``diagnosis`` (all of them in order,
without repetition), then one module per subject: ``structure``, ``units``, ``gradients``,
``curve``, ``steps``, ``answers``.

Notes: each finding names the section that explains it, as its ``section``.
"""

from nncore.diagnostics.answers import class_imbalance, one_class_only
from nncore.diagnostics.curve import Trend, cost_findings, cost_trend
from nncore.diagnostics.diagnosis import diagnose, diverged
from nncore.diagnostics.findings import Finding, Severity
from nncore.diagnostics.gradients import (
    LayerNorms,
    backward_gains,
    gradient_norms,
    unstable_gradients,
)
from nncore.diagnostics.observation import Observation, observe
from nncore.diagnostics.steps import small_steps
from nncore.diagnostics.structure import linear_network, untrainable_steps
from nncore.diagnostics.units import dead_units, identical_units, saturated_units

__all__ = [
    "Finding",
    "LayerNorms",
    "Observation",
    "Severity",
    "Trend",
    "backward_gains",
    "class_imbalance",
    "cost_findings",
    "cost_trend",
    "dead_units",
    "diagnose",
    "diverged",
    "gradient_norms",
    "identical_units",
    "linear_network",
    "observe",
    "one_class_only",
    "saturated_units",
    "small_steps",
    "unstable_gradients",
    "untrainable_steps",
]
