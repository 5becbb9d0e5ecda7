"""Gradient check: whether backward propagation is the derivative of the cost.

Central differences (J(θ + ε) − J(θ − ε)) / 2ε, one parameter at a time, against dθ.  The relative
difference ‖dθ − differences‖ / (‖dθ‖ + ‖differences‖) is about 1e-9 for a right gradient and
above 1e-4 for a wrong one.  A kink (ReLU, step) that lies within ε of an example spoils it.
"""

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import FloatArray
from nncore.checks import check_number
from nncore.config import NetworkConfig
from nncore.parameters import Parameters
from nncore.propagation import backward_propagation, compute_cost


def gradient_check(  # noqa: PLR0913
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

    Parameters
    ----------
    X, Y, parameters, network, l1, l2
        As for ``compute_cost``.
    epsilon : float
        Half the distance of the two costs.
    gradient : Parameters, optional
        The gradient to check; that of ``backward_propagation`` unless given.

    Raises
    ------
    ValueError
        As ``compute_cost``.
    """
    half = check_number("epsilon", epsilon, positive=True)
    if gradient is None:
        gradient = backward_propagation(X, Y, parameters, network, l1, l2)
    probe = parameters.copy()

    def cost() -> float:
        return compute_cost(X, Y, probe, network, l1, l2)

    differences = np.zeros_like(probe.vector)
    for i, value in enumerate(parameters.vector):
        probe.vector[i] = value + half
        above = cost()
        probe.vector[i] = value - half
        differences[i] = (above - cost()) / (2 * half)
        probe.vector[i] = value
    return _relative_difference(gradient.vector, differences)


def _relative_difference(a: FloatArray, b: FloatArray) -> float:
    scale = float(np.linalg.norm(a) + np.linalg.norm(b))
    return float(np.linalg.norm(a - b)) / scale if scale else 0.0
