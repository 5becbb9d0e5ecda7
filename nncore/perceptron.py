"""The perceptron: its learning rule for one step unit, and a triangle from three of them.

Notes: "Perceptron and Step Function" (neural networks).  Gradient descent cannot train a step
unit (see ``nncore.frozen``); the perceptron's rule needs no derivative.  Three step units with
weights set by hand are three straight cuts, and an output unit over them sees a triangle.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import FloatArray, IntArray
from nncore.checks import (
    check_array,
    check_instance,
    check_integer,
    check_labels,
    check_matrix,
    check_number,
)
from nncore.config import NetworkConfig
from nncore.parameters import Parameters

FLAT = 1e-12
"""A triangle whose height is below this share of its longest side is a line to a float64."""


@dataclass(frozen=True)
class PerceptronRun:
    """What came out of the perceptron's learning.

    Attributes
    ----------
    parameters : Parameters
        w (1, n_x) and b (1, 1) of the unit, as W[0] and b[0].
    mistakes : tuple of int
        How many examples each pass had to correct.
    """

    parameters: Parameters
    mistakes: tuple[int, ...]

    @property
    def converged(self) -> bool:
        """Whether the last pass went by without a mistake: then every example is right."""
        return self.mistakes[-1] == 0


def perceptron_predict(X: ArrayLike, parameters: Parameters) -> IntArray:
    """Return ŷ = h(w x + b) of one step unit, (1, m): 1 where w x + b ≥ 0, otherwise 0.

    Raises
    ------
    ValueError
        If the parameters are not one unit's, or X (n_x, m) does not fit them.
    """
    n_x, *units = check_instance("parameters", parameters, Parameters).layer_dims
    if units != [1]:
        raise ValueError(
            f"parameters.layer_dims is {parameters.layer_dims}; accepted: one unit, (n_x, 1)"
        )
    examples = check_matrix("X", X, n_x)
    with np.errstate(all="ignore"):
        Z = parameters.W[0] @ examples + parameters.b[0]
    return (Z >= 0).astype(np.int64)


def train_perceptron(
    X: ArrayLike, labels: ArrayLike, learning_rate: float = 1.0, epochs: int = 1000
) -> PerceptronRun:
    """Train one step unit from w = 0, b = 0 with the perceptron's rule, example by example.

    w := w + α (y − ŷ) xᵀ and b := b + α (y − ŷ), until a pass has no mistake, or ``epochs`` passes
    are over.  If a straight line separates the classes with margin γ, and R is the longest of the
    (x, 1), it takes at most (R/γ)² updates; if none does, it never ends by itself.

    F. Rosenblatt (1958); A. Novikoff (1962) for the bound.

    Parameters
    ----------
    X : (n_x, m) array
    labels : (m,) class numbers, 0 or 1
    learning_rate : float
        α > 0.  From zero weights it scales them, and changes no answer.
    epochs : int
        The most passes to make.

    Raises
    ------
    ValueError
        If X, a label, the learning rate or the epochs are not of that kind.

    Examples
    --------
    The logical and of two inputs is learned, the exclusive or is not:

    >>> X = [[0, 0, 1, 1], [0, 1, 0, 1]]
    >>> run = train_perceptron(X, [0, 0, 0, 1])
    >>> run.converged, perceptron_predict(X, run.parameters).tolist()
    (True, [[0, 0, 0, 1]])
    >>> run = train_perceptron(X, [0, 1, 1, 0], epochs=50)
    >>> run.converged, len(run.mistakes)
    (False, 50)
    """
    examples = check_matrix("X", X, max(1, len(np.atleast_1d(check_array("X", X)))))
    targets = check_labels("labels", labels, 2)
    if targets.size != examples.shape[1]:
        raise ValueError(f"labels has {targets.size} entries; accepted: {examples.shape[1]}, as X")
    rate = check_number("learning_rate", learning_rate, positive=True)
    most = check_integer("epochs", epochs, 1)
    theta = Parameters.zeros((len(examples), 1))
    rows = np.vstack([examples, np.ones_like(targets)]).T
    mistakes: list[int] = []
    with np.errstate(all="ignore"):
        while len(mistakes) < most and (not mistakes or mistakes[-1]):
            mistakes.append(_one_pass(theta.vector, rows, targets, rate))
    return PerceptronRun(theta, tuple(mistakes))


def _one_pass(theta: FloatArray, rows: FloatArray, targets: IntArray, rate: float) -> int:
    """Apply the rule to each example (x, 1) in turn; return how many it had to correct."""
    mistakes = 0
    for row, y in zip(rows, targets.tolist(), strict=True):
        error = y - int(theta @ row >= 0)
        if error:
            theta += rate * error * row
            mistakes += 1
    return mistakes


def triangle_network(corners: ArrayLike) -> tuple[NetworkConfig, Parameters]:
    """Return a 2-3-1 network of step units that sees a triangle: class 0 inside, 1 outside.

    Each hidden unit is one edge: w is the edge's normal of length 1 that points inside, and b
    places the cut, so z is the distance from the edge and h(z) = 1 on the inner side.  The output
    z = 2½ − (h₁ + h₂ + h₃) is −½ where all three agree, and ½ or more elsewhere.  Points on the
    edges belong to the triangle, to within rounding.

    Parameters
    ----------
    corners : (2, 3) array
        The three points, one per column, in either orientation.

    Raises
    ------
    ValueError
        If ``corners`` has another shape, or the three points lie on one line.

    Examples
    --------
    >>> from nncore import predict
    >>> network, parameters = triangle_network([[0, 4, 0], [0, 0, 4]])
    >>> predict([[1, 3, -1], [1, 3, 1]], parameters, network).tolist()
    [[0, 1, 1]]
    """
    points = check_matrix("corners", corners, 2, 3)
    normals = _inner_normals(points)
    cuts = -np.sum(normals * points, axis=0)
    parameters = Parameters.from_layers([normals.T, [[-1.0, -1.0, -1.0]]], [cuts, [2.5]])
    return NetworkConfig((2, 3, 1), "step", "sigmoid"), parameters


def _inner_normals(points: FloatArray) -> FloatArray:
    """Return the normal of length 1 of each edge, (2, 3), that points into the triangle."""
    with np.errstate(all="ignore"):
        edges = np.roll(points, -1, axis=1) - points
        edges /= np.hypot(*edges).max()
        doubled_area = edges[0, 0] * edges[1, 1] - edges[1, 0] * edges[0, 1]
    if not abs(doubled_area) > FLAT:
        raise ValueError("corners lie on one line; accepted: three corners of a triangle")
    normals: FloatArray = np.sign(doubled_area) * np.array([-edges[1], edges[0]])
    normals /= np.hypot(*edges)
    return normals
