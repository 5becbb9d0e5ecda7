"""What it means to agree: to 1e-9, relative to the size of each layer's weights or biases.

A block of a gradient may be tiny because of cancellation (deep in the flat part of a GELU, 1 + tanh
is all rounding, in any library): so 1e-14 of the whole vector is always granted.
"""

import numpy as np

from nncore import Parameters
from tests.nncore.textbook import Array, Layers

RELATIVE = 1e-9
ROUNDING = 1e-14


def assert_layers_agree(got: Parameters, wanted: Layers) -> None:
    """Fail where the W or the b of a layer differs by more than ``RELATIVE`` of its norm."""
    assert len(got.W) == len(wanted)
    granted = ROUNDING * float(np.linalg.norm(got.vector))
    for layer, (W, b) in enumerate(wanted, start=1):
        _assert_agrees(f"W[{layer}]", got.W[layer - 1], W, granted)
        _assert_agrees(f"b[{layer}]", got.b[layer - 1], b, granted)


def _assert_agrees(name: str, got: Array, wanted: Array, granted: float) -> None:
    assert got.shape == np.shape(wanted), name
    difference = float(np.linalg.norm(got - wanted))
    assert difference <= RELATIVE * float(np.linalg.norm(wanted)) + granted, f"{name}: {difference}"
