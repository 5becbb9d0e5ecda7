"""The words and numbers behind one unit or one weight, for a tooltip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nncore

if TYPE_CHECKING:
    from app.training.snapshot import Snapshot
    from app.views.network.arrangement import Unit
    from app.views.network.lines import Line

MOST_WEIGHTS, A_LINE = 8, 3


def explain(unit: Unit, snapshot: Snapshot) -> str:
    """Say what a unit is and how it is computed, as a few lines of rich text."""
    network, parameters = snapshot.network, snapshot.parameters
    layer, number = unit.layer, unit.number + 1
    if layer == 0:
        return (
            f"<b>Input x<sub>{number}</sub></b><br>The coordinate itself; nothing is learned here."
        )
    last = layer == len(network.layer_dims) - 1
    function = network.output if last else network.activations[layer - 1]
    symbol = nncore.OUTPUTS[function].label if last else nncore.ACTIVATIONS[function].label
    title = f"Output {number}" if last else f"Hidden unit {number} of layer {layer}"
    W, b = parameters.W[layer - 1][unit.number], float(parameters.b[layer - 1][unit.number, 0])
    source = "x" if layer == 1 else f"a<sup>[{layer - 1}]</sup>"
    terms = [f"{w:+.3f} {source}<sub>{i}</sub>" for i, w in enumerate(W.tolist(), 1)]
    if len(terms) > MOST_WEIGHTS:
        terms[MOST_WEIGHTS:] = [f"… {len(terms) - MOST_WEIGHTS} more"]
    terms.append(f"{b:+.3f}")
    lines = [" ".join(terms[i : i + A_LINE]) for i in range(0, len(terms), A_LINE)]
    total = "<br>&nbsp;&nbsp;&nbsp;&nbsp;".join(lines).replace("-", "−")
    return f"<p style='white-space: pre'><b>{title}</b> · {symbol}<br>z = {total}</p>"


def explain_weight(line: Line, snapshot: Snapshot) -> str:
    """Say which weight a line is, and its value, as rich text."""
    source, target = line.source, line.target
    weight = float(snapshot.parameters.W[target.layer - 1][target.number, source.number])
    row, column = target.number + 1, source.number + 1
    name = f"w<sup>[{target.layer}]</sup><sub>{row},{column}</sub>"
    number = f"{weight:+.3f}".replace("-", "−")
    ends = f"from {_unit(source, snapshot)} to {_unit(target, snapshot)}"
    return f"<b>Weight {name}</b> = {number}<br>{ends}"


def _unit(unit: Unit, snapshot: Snapshot) -> str:
    if unit.layer == 0:
        return f"x<sub>{unit.number + 1}</sub>"
    if unit.layer == len(snapshot.network.layer_dims) - 1:
        return f"output {unit.number + 1}"
    return f"hidden unit {unit.number + 1} of layer {unit.layer}"
