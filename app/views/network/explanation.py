"""The words and numbers behind one unit, for its tooltip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nncore

if TYPE_CHECKING:
    from app.training.snapshot import Snapshot
    from app.views.network.arrangement import Unit

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
