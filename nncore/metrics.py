"""From outputs to classes and back: encoding of labels, and how often the classes are right.

Notes: "softmax cross entropy loss" (basics, softmax, deep), which takes classes as numbers and as
one-hot columns.  They do not count right answers.

Accuracy counts all examples alike; where the classes are of different sizes, the confusion counts
and each class's precision and recall say more.
"""

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import FloatArray, IntArray
from nncore.checks import (
    check_array,
    check_instance,
    check_integer,
    check_labels,
    check_matrix,
)
from nncore.config import NetworkConfig
from nncore.outputs import OUTPUTS
from nncore.parameters import Parameters
from nncore.propagation import predict


def one_hot(labels: ArrayLike, n_classes: int) -> FloatArray:
    """Return Y (n_classes, m): a 1 in the row of each example's class, otherwise 0.

    Raises
    ------
    ValueError
        If ``labels`` are not class numbers below ``n_classes``, (m,) or (1, m), or there are fewer
        than two classes.
    """
    numbers = check_labels("labels", labels, check_integer("n_classes", n_classes, 2))
    Y = np.zeros((n_classes, numbers.size))
    Y[numbers, np.arange(numbers.size)] = 1.0
    return Y


def encode_labels(labels: ArrayLike, n_classes: int) -> FloatArray:
    """Return the targets of a network: Y (1, m) for two classes, one-hot (K, m) for more.

    Raises
    ------
    ValueError
        As ``one_hot``.
    """
    Y = one_hot(labels, n_classes)
    return Y[1:] if n_classes == 2 else Y


def accuracy(
    X: ArrayLike, labels: ArrayLike, parameters: Parameters, network: NetworkConfig
) -> float:
    """Return the share of the examples whose predicted class is their label (nan for none).

    That is Σ counts[i, i] / m of ``confusion_counts``.

    Parameters
    ----------
    X : (n_x, m) array
    labels : (m,) class numbers

    Raises
    ------
    ValueError
        As ``confusion_counts``.
    """
    counts = confusion_counts(X, labels, parameters, network)
    return float(np.trace(counts) / counts.sum()) if counts.any() else float("nan")


def confusion_counts(
    X: ArrayLike, labels: ArrayLike, parameters: Parameters, network: NetworkConfig
) -> IntArray:
    """Return how many examples of class i were predicted as class j: (K, K), true class by row.

    Parameters
    ----------
    X : (n_x, m) array
    labels : (m,) class numbers

    Raises
    ------
    ValueError
        If the output means no class, a shape or a label does not fit, or a parameter is not
        finite.
    """
    if not OUTPUTS[check_instance("network", network, NetworkConfig).output].classifies:
        accepted = ", ".join(record.name for record in OUTPUTS.values() if record.classifies)
        raise ValueError(f"output is {network.output!r}; accepted for classes: {accepted}")
    predicted = predict(X, parameters, network)[0]
    n_classes = max(2, network.n_y)
    numbers = check_labels("labels", labels, n_classes)
    if numbers.size != predicted.size:
        raise ValueError(f"labels has {numbers.size} entries; accepted: {predicted.size}, as X")
    pairs = np.bincount(n_classes * numbers + predicted, minlength=n_classes**2)
    return pairs.reshape(n_classes, n_classes)


def precision_recall(counts: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return each class's precision and recall, both (K,); nan where they are 0/0.

    Precision is the share of those predicted as the class that are of it, TP / (TP + FP); recall
    the share of those of the class that were predicted as it, TP / (TP + FN).

    Parameters
    ----------
    counts : (K, K) array
        As ``confusion_counts`` returns them.

    Raises
    ------
    ValueError
        If ``counts`` is not a square of numbers from 0 up.
    """
    rows = max(2, len(np.atleast_1d(check_array("counts", counts))))
    table = check_matrix("counts", counts, rows, rows)
    if (table < 0).any():
        raise ValueError(f"counts contains {table.min():g}; accepted: numbers from 0 up")
    right = np.diagonal(table)
    with np.errstate(invalid="ignore"):
        return right / table.sum(axis=0), right / table.sum(axis=1)
