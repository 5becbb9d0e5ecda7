"""From outputs to classes and back: encoding of labels, accuracy."""

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import FloatArray
from nncore.checks import check_integer, check_labels
from nncore.config import NetworkConfig
from nncore.parameters import Parameters
from nncore.propagation import predict


def one_hot(labels: ArrayLike, n_classes: int) -> FloatArray:
    """Return Y (n_classes, m): a 1 in the row of each example's class, otherwise 0."""
    numbers = check_labels("labels", labels, check_integer("n_classes", n_classes, 2))
    Y = np.zeros((n_classes, numbers.size))
    Y[numbers, np.arange(numbers.size)] = 1.0
    return Y


def encode_labels(labels: ArrayLike, n_classes: int) -> FloatArray:
    """Return the targets of a network: Y (1, m) for two classes, one-hot (K, m) for more."""
    Y = one_hot(labels, n_classes)
    return Y[1:] if n_classes == 2 else Y


def accuracy(
    X: ArrayLike, labels: ArrayLike, parameters: Parameters, network: NetworkConfig
) -> float:
    """Return the share of the examples whose predicted class is their label (nan for none).

    Parameters
    ----------
    X : (n_x, m) array
    labels : (m,) class numbers

    Raises
    ------
    ValueError
        If the output is linear, or a shape or a label does not fit.
    """
    if network.output == "linear":
        raise ValueError("output is 'linear'; accepted for an accuracy: sigmoid, softmax")
    predicted = predict(X, parameters, network)[0]
    numbers = check_labels("labels", labels, max(2, network.n_y))
    if numbers.size != predicted.size:
        raise ValueError(f"labels has {numbers.size} entries; accepted: {predicted.size}, as X")
    return float(np.mean(predicted == numbers)) if numbers.size else float("nan")
