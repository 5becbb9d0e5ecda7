"""Confusion counts, precision, recall and accuracy against scikit-learn's."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support

from nncore import NetworkConfig, accuracy, confusion_counts, precision_recall, predict
from tests.nncore.cases import make_case


@pytest.mark.parametrize(
    "network",
    [NetworkConfig((2, 4, 1)), NetworkConfig((2, 4, 3), output="softmax"), NetworkConfig((2, 9))],
)
def test_the_classes_are_counted_alike(network: NetworkConfig) -> None:
    case = make_case(network, 60, seed=7)
    classes = range(max(2, network.n_y))
    labels = np.random.default_rng(1).integers(len(classes) - 1, size=60)  # the last has none
    arguments = (case.X, labels, case.parameters, network)
    predicted = predict(case.X, case.parameters, network)[0]
    counts = confusion_counts(*arguments)
    np.testing.assert_array_equal(counts, confusion_matrix(labels, predicted, labels=classes))
    wanted = precision_recall_fscore_support(
        labels, predicted, labels=classes, zero_division=np.nan
    )
    np.testing.assert_allclose(precision_recall(counts), wanted[:2], rtol=1e-12)
    assert accuracy(*arguments) == pytest.approx(accuracy_score(labels, predicted), rel=1e-12)
