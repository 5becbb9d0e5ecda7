import re
from typing import Any

import numpy as np
import pytest

from nncore import NetworkConfig, Parameters, accuracy, encode_labels, one_hot

SIGN = Parameters.from_layers(W=[[[1.0, 0.0]]], b=[[0.0]])
LOGISTIC = NetworkConfig((2, 1))
X = np.array([[-2.0, -1.0, 1.0, 2.0], [0.0, 0.0, 0.0, 0.0]])


def test_two_classes_share_one_row_and_more_have_one_each() -> None:
    assert encode_labels([0, 1, 1], 2).tolist() == [[0, 1, 1]]
    assert encode_labels([0, 2, 1], 3).tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert one_hot([0, 1], 2).tolist() == [[1, 0], [0, 1]]
    assert encode_labels([], 2).shape == (1, 0)


def test_accuracy_is_the_share_that_is_right() -> None:
    assert accuracy(X, [0, 0, 1, 0], SIGN, LOGISTIC) == 0.75
    assert accuracy(X, np.array([[0.0, 0.0, 1.0, 1.0]]), SIGN, LOGISTIC) == 1.0


def test_accuracy_of_no_examples_is_not_a_number() -> None:
    assert np.isnan(accuracy(np.zeros((2, 0)), [], SIGN, LOGISTIC))


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0, 1, 2, 0], "labels contains 2; accepted: class numbers 0 to 1"),
        ([0, 1, -1, 0], "labels contains -1; accepted: class numbers 0 to 1"),
        ([0, 1, 0.5, 0], "labels contains 0.5; accepted: class numbers 0 to 1"),
        (["a", "b", "a", "b"], "labels has dtype <U1; accepted: class numbers"),
        ([0, 1, 0], "labels has 3 entries; accepted: 4, as X"),
        (np.zeros((2, 4)), "labels has shape (2, 4); accepted: (m,) or (1, m)"),
    ],
)
def test_wrong_labels_are_refused_in_words(labels: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        accuracy(X, labels, SIGN, LOGISTIC)


def test_a_linear_output_has_no_accuracy() -> None:
    with pytest.raises(ValueError, match="output is 'linear'; accepted for an accuracy"):
        accuracy(X, [0, 0, 1, 1], SIGN, NetworkConfig((2, 1), output="linear"))


def test_one_class_is_not_a_classification() -> None:
    with pytest.raises(ValueError, match="n_classes is 1; accepted: a whole number from 2 up"):
        one_hot([0, 0], 1)
