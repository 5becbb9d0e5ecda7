"""One answer for all, and classes out of balance."""

import numpy as np
import pytest

from nncore import (
    FloatArray,
    IntArray,
    NetworkConfig,
    Trainer,
    TrainingConfig,
    encode_labels,
    initialize_parameters,
    predict,
)
from nncore.diagnostics import class_imbalance, one_class_only
from nncore.propagation import class_numbers
from tests.nncore.cases import make_case
from tests.nncore.diagnostics.runs import SHALLOW, Run, flower, three_blobs

TWO = NetworkConfig((2, 3, 1))


def unbalanced(rare: int, common: int, initializer: str = "xavier") -> tuple[Run, IntArray]:
    """Begin a run on two overlapping heaps of so many points."""
    random = np.random.default_rng(0)
    labels = np.repeat([1, 0], [rare, common])
    X: FloatArray = random.standard_normal((2, labels.size))
    Y = encode_labels(labels, 2)
    parameters = initialize_parameters(TWO, initializer)
    trainer = Trainer(TWO, TrainingConfig(learning_rate=0.3), parameters, X, Y)
    return Run(trainer, X, Y), labels


def test_a_rare_class_among_the_others_is_never_answered() -> None:
    run, labels = unbalanced(5, 195)
    run.to(500)
    (finding,) = one_class_only(TWO, run.cache(), labels)
    assert set(predict(run.X, run.trainer.parameters, TWO)[0]) == {finding.evidence["class"]}
    assert finding.evidence["share"] == 0.975
    assert "right for 98 %" in finding.sentence
    assert run.names() == ["class_imbalance"]


def test_zero_weights_learn_the_share_of_the_classes_and_nothing_else() -> None:
    run, labels = unbalanced(80, 120, "zeros")
    run.to(500)
    (finding,) = one_class_only(TWO, run.cache(), labels)
    assert finding.evidence == {"class": 0, "share": 0.6}
    assert run.trainer.parameters.b[-1].item() == pytest.approx(np.log(0.4 / 0.6), abs=1e-3)
    assert run.names() == ["identical_units"]


def test_two_and_three_classes_that_are_learned_are_no_finding() -> None:
    for run in (flower(SHALLOW, "small_random", 1.2).to(200), three_blobs().to(200)):
        labels = class_numbers(run.Y, 0.5)
        assert one_class_only(run.network, run.cache(), labels) == []
        assert class_imbalance(run.network, labels) == []


def test_where_there_is_one_class_only_that_is_the_right_answer() -> None:
    run, labels = unbalanced(0, 50)
    run.to(300)
    assert one_class_only(TWO, run.cache(), labels) == []
    (finding,) = class_imbalance(TWO, labels)
    assert finding.evidence == {"class": 1, "share": 0.0, "largest_share": 1.0}
    assert finding.title == "A class has no examples"


@pytest.mark.parametrize(("rare", "told"), [(9, True), (10, False), (50, False)])
def test_one_example_in_ten_is_the_limit_for_two_classes(rare: int, told: bool) -> None:
    labels = np.repeat([0, 1], [100 - rare, rare])
    findings = class_imbalance(TWO, labels)
    assert [finding.evidence["class"] for finding in findings] == [1] * told


def test_the_fair_share_of_more_classes_is_smaller() -> None:
    network = NetworkConfig((2, 4), output="softmax")
    assert class_imbalance(network, np.repeat([0, 1, 2, 3], [30, 30, 30, 6])) == []
    (finding,) = class_imbalance(network, np.repeat([0, 1, 2, 3], [30, 30, 30, 4]))
    assert finding.evidence["class"] == 3


def test_a_regression_has_no_classes() -> None:
    network = NetworkConfig((2, 3, 1), output="linear")
    run, labels = unbalanced(1, 50)
    assert class_imbalance(network, labels) == []
    assert one_class_only(network, run.cache(), labels) == []


@pytest.mark.parametrize("n_y", [1, 2, 3])
def test_classes_are_read_from_logits_and_targets_as_predict_does(n_y: int) -> None:
    case = make_case(NetworkConfig((2, 4, n_y)), 30, seed=n_y)
    run_cache = Run(
        Trainer(case.network, TrainingConfig(), case.parameters, case.X, case.Y), case.X, case.Y
    ).cache()
    output = run_cache.A[-1]
    expected = output[0] > 0.5 if n_y == 1 else output.argmax(axis=0)
    np.testing.assert_array_equal(class_numbers(run_cache.Z[-1], 0.0), expected)
    predicted = predict(case.X, case.parameters, case.network)
    np.testing.assert_array_equal(predicted, [expected])
    for classes in (2, 3):
        labels = np.arange(9) % classes
        np.testing.assert_array_equal(class_numbers(encode_labels(labels, classes), 0.5), labels)
