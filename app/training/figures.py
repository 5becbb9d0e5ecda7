"""What is measured of a run: cost and accuracy on both sets, confusion counts, the cost curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import nncore
from app.render.curves import thin_curve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.document.points import Points
    from app.document.state import State
    from app.training.held_out import HeldOut

CURVE_COLUMNS = 400
Curve = tuple[nncore.FloatArray, nncore.FloatArray]
NO_CURVE: Curve = np.empty(0), np.empty(0)


class Figures(NamedTuple):
    """One measurement.

    Attributes
    ----------
    cost : float or None
        J over the training set, with the penalty on the weights; None without training points.
    test_cost : float or None
        Mean loss over the test set, which no penalty belongs to; None without test points.
    accuracy, test_accuracy : float or None
        Share of the points whose class is predicted; None without points and for a regression.
    confusion, test_confusion : ndarray of int64, shape (K, K), or None
        How many points of each class (row) were predicted as each class (column).
    curve, test_curve : tuple of ndarray
        Iterations and costs of each set, thinned for the screen.
    """

    cost: float | None = None
    test_cost: float | None = None
    accuracy: float | None = None
    test_accuracy: float | None = None
    confusion: NDArray[np.int64] | None = None
    test_confusion: NDArray[np.int64] | None = None
    curve: Curve = NO_CURVE
    test_curve: Curve = NO_CURVE


NO_FIGURES = Figures()


def measure(
    state: State, trainer: nncore.Trainer, parameters: nncore.Parameters, held_out: HeldOut
) -> Figures:
    """Measure what the trainer has learned of the points of a state."""
    training, test, network = state.training_points, state.test_points, trainer.network
    if not len(training):
        return NO_FIGURES
    history = trainer.history
    test_cost = held_out.measure(trainer)
    confusion, test_confusion = (
        _confusion(points, parameters, network) for points in (training, test)
    )
    return Figures(
        trainer.cost(),
        test_cost,
        _accuracy(confusion),
        _accuracy(test_confusion),
        confusion,
        test_confusion,
        _thinned(history.iterations.astype(float), history.costs),
        _thinned(*held_out.curve),
    )


def _thinned(iterations: nncore.FloatArray, costs: nncore.FloatArray) -> Curve:
    """Thin a curve for the screen, read-only."""
    curve = thin_curve(iterations, costs, CURVE_COLUMNS)
    for numbers in curve:
        numbers.flags.writeable = False
    return curve


def _confusion(
    points: Points, parameters: nncore.Parameters, network: nncore.NetworkConfig
) -> NDArray[np.int64] | None:
    """Count the points of each class by their predicted class; None where none is predicted."""
    if not len(points) or not nncore.OUTPUTS[network.output].classifies:
        return None
    counts = nncore.confusion_counts(points.X, points.labels, parameters, network)
    counts.flags.writeable = False
    return counts


def _accuracy(confusion: NDArray[np.int64] | None) -> float | None:
    return None if confusion is None else float(np.trace(confusion) / confusion.sum())
