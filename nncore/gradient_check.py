"""Gradient check: whether backward propagation is the derivative of the cost.

The notes derive the formulas ("Formulas for computing derivatives", shallow networks) and do not
check them by numbers; this does.

Central differences (J(θ + ε) − J(θ − ε)) / 2ε, one parameter at a time, against dθ.  The relative
difference ‖dθ − differences‖ / (‖dθ‖ + ‖differences‖) is about 1e-9 for a right gradient and
above 1e-4 for a wrong one.  A kink (ReLU, step) that lies within ε of an example spoils it.

A single number says that something is wrong; the differences of the blocks W[l], b[l] say where.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf, isnan

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import FloatArray
from nncore.checks import check_number
from nncore.config import NetworkConfig
from nncore.parameters import Parameters
from nncore.propagation import backward_propagation, check_inputs, compute_cost


@dataclass(frozen=True)
class Offender:
    """The entry with the largest difference: its name, as W[2][0, 3], and both numbers."""

    name: str
    gradient: float
    central_difference: float

    @property
    def distance(self) -> float:
        """The distance |gradient − central_difference|; infinite if one of them is not a number."""
        distance = abs(self.gradient - self.central_difference)
        return inf if isnan(distance) else distance


@dataclass(frozen=True)
class GradientReport:
    """What a gradient check found.

    Attributes
    ----------
    difference : float
        The relative difference over all parameters.
    blocks : mapping of str to float
        The relative difference of each block: W[1], b[1], …, W[L], b[L].
    worst : Offender
        The entry that is the most apart, in absolute terms.
    """

    difference: float
    blocks: Mapping[str, float]
    worst: Offender

    def __str__(self) -> str:
        worst = self.worst
        return "\n".join(
            [
                f"relative difference {self.difference:.2g}",
                *(f"  {name}: {value:.2g}" for name, value in self.blocks.items()),
                f"the most apart is {worst.name}: gradient {worst.gradient:.10g}, "
                f"central difference {worst.central_difference:.10g}",
            ]
        )


def gradient_check(
    X: ArrayLike,
    Y: ArrayLike,
    parameters: Parameters,
    network: NetworkConfig,
    epsilon: float = 1e-5,
    l1: float = 0.0,
    l2: float = 0.0,
    gradient: Parameters | None = None,
) -> float:
    """Return the relative difference between a gradient and central differences of the cost.

    ‖dθ − differences‖ / (‖dθ‖ + ‖differences‖), the one number of ``check_gradients``; X (n_x, m),
    Y (n_y, m) and the other arguments are the same.

    Raises
    ------
    ValueError
        As ``check_gradients``.
    """
    return check_gradients(X, Y, parameters, network, epsilon, l1, l2, gradient).difference


def check_gradients(
    X: ArrayLike,
    Y: ArrayLike,
    parameters: Parameters,
    network: NetworkConfig,
    epsilon: float = 1e-5,
    l1: float = 0.0,
    l2: float = 0.0,
    gradient: Parameters | None = None,
) -> GradientReport:
    """Compare a gradient with central differences of the cost, block by block.

    Parameters
    ----------
    X, Y : (n_x, m) and (n_y, m) arrays
    parameters, network, l1, l2
        As for ``compute_cost``.
    epsilon : float
        Half the distance of the two costs.
    gradient : Parameters, optional
        The gradient to check; that of ``backward_propagation`` unless given.

    Raises
    ------
    ValueError
        As ``compute_cost``, or if the gradient belongs to another network.
    """
    half = check_number("epsilon", epsilon, positive=True)
    X, network = check_inputs(X, parameters, network), network.behind_features
    if gradient is None:
        gradient = backward_propagation(X, Y, parameters, network, l1, l2)
    network.check_fit(gradient, "gradient")
    probe, differences = parameters.to_float64(), Parameters.zeros(network.layer_dims)

    def cost() -> float:
        return compute_cost(X, Y, probe, network, l1, l2)

    for i, value in enumerate(probe.vector.tolist()):
        probe.vector[i] = value + half
        above = cost()
        probe.vector[i] = value - half
        differences.vector[i] = (above - cost()) / (2 * half)
        probe.vector[i] = value
    return _report(gradient, differences)


def _report(gradient: Parameters, differences: Parameters) -> GradientReport:
    pairs = zip(_named_blocks(gradient), _named_blocks(differences), strict=True)
    blocks = {name: (block, other) for (name, block), (_, other) in pairs}
    return GradientReport(
        _relative_difference(gradient.vector, differences.vector),
        {name: _relative_difference(*pair) for name, pair in blocks.items()},
        max(
            (_offender(name, *pair) for name, pair in blocks.items()),
            key=lambda entry: entry.distance,
        ),
    )


def _named_blocks(parameters: Parameters) -> Iterator[tuple[str, FloatArray]]:
    for layer, (W, b) in enumerate(zip(parameters.W, parameters.b, strict=True), start=1):
        yield f"W[{layer}]", W
        yield f"b[{layer}]", b


def _offender(name: str, block: FloatArray, other: FloatArray) -> Offender:
    row, column = np.unravel_index(np.argmax(np.abs(block - other)), block.shape)
    entry = f"{name}[{row}, {column}]"
    return Offender(entry, float(block[row, column]), float(other[row, column]))


def _relative_difference(a: FloatArray, b: FloatArray) -> float:
    scale = float(np.linalg.norm(a) + np.linalg.norm(b))
    return float(np.linalg.norm(a - b)) / scale if scale else 0.0
