import re
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nncore import (
    OUTPUTS,
    NetworkConfig,
    Parameters,
    accuracy,
    confusion_counts,
    encode_labels,
    one_hot,
    precision_recall,
    predict,
)
from tests.nncore.cases import Case, cases

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
    message = "output is 'linear'; accepted for classes: sigmoid, softmax, sigmoid_squared_error"
    with pytest.raises(ValueError, match=message):
        accuracy(X, [0, 0, 1, 1], SIGN, NetworkConfig((2, 1), output="linear"))


def test_confusion_counts_have_the_true_class_by_row() -> None:
    assert confusion_counts(X, [0, 1, 1, 1], SIGN, LOGISTIC).tolist() == [[1, 0], [1, 2]]
    three = NetworkConfig((3, 3), output="softmax")
    identity = Parameters.from_layers([np.eye(3)], [np.zeros(3)])
    counts = confusion_counts(np.eye(3)[:, [0, 1, 1, 2, 2, 2]], [0, 1, 2, 0, 2, 2], identity, three)
    assert counts.tolist() == [[1, 0, 1], [0, 1, 0], [0, 1, 2]]


@given(case=cases(), seed=st.integers(0, 99))
def test_confusion_counts_add_up_and_their_diagonal_is_the_accuracy(case: Case, seed: int) -> None:
    assume(OUTPUTS[case.network.output].classifies)
    n_classes, m = max(2, case.network.n_y), case.X.shape[1]
    labels = np.random.default_rng(seed).integers(n_classes, size=m)
    counts = confusion_counts(case.X, labels, case.parameters, case.network)
    assert counts.sum(axis=1).tolist() == np.bincount(labels, minlength=n_classes).tolist()
    predicted = predict(case.X, case.parameters, case.network)[0]
    assert counts.sum(axis=0).tolist() == np.bincount(predicted, minlength=n_classes).tolist()
    assert accuracy(case.X, labels, case.parameters, case.network) == np.trace(counts) / m


def test_no_examples_are_counted_as_none() -> None:
    counts = confusion_counts(np.zeros((2, 0)), [], SIGN, LOGISTIC)
    assert counts.tolist() == [[0, 0], [0, 0]]
    assert all(np.isnan(shares).all() for shares in precision_recall(counts))


def test_precision_goes_by_column_and_recall_by_row() -> None:
    precision, recall = precision_recall([[6, 2, 0], [1, 3, 0], [4, 0, 0]])
    np.testing.assert_allclose(precision, [6 / 11, 3 / 5, np.nan])
    np.testing.assert_allclose(recall, [6 / 8, 3 / 4, 0.0])
    _, never = precision_recall([[2, 0], [0, 0]])
    np.testing.assert_array_equal(never, [1.0, np.nan])


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ([[1, 2, 3], [4, 5, 6]], "counts has shape (2, 3); accepted: (2, 2)"),
        ([1, 2], "counts has shape (2,); accepted: (2, 2)"),
        ([[5]], "counts has shape (1, 1); accepted: (2, 2)"),
        ([[1, -2], [0, 1]], "counts contains -2; accepted: numbers from 0 up"),
        ([["a", "b"], ["c", "d"]], "counts has dtype <U1; accepted: real numbers"),
    ],
)
def test_counts_of_another_kind_are_refused_in_words(counts: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        precision_recall(counts)


def test_one_class_is_not_a_classification() -> None:
    with pytest.raises(ValueError, match="n_classes is 1; accepted: a whole number from 2 up"):
        one_hot([0, 0], 1)
