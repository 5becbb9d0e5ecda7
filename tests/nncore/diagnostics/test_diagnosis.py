"""The whole diagnosis: the cause comes first, nothing is said twice, a healthy run is silent."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore import (
    History,
    NetworkConfig,
    Observation,
    Severity,
    Trainer,
    TrainingConfig,
    diagnose,
    initialize_parameters,
    make_dataset,
    observe,
)
from nncore.diagnostics.diagnosis import EXPLAINS
from nncore.diagnostics.findings import join_words, name_units
from tests.nncore.cases import Case, cases
from tests.nncore.diagnostics.runs import SHALLOW, Run, deep, flower, regression, three_blobs


@pytest.mark.parametrize("iteration", [0, 100, 5000])
def test_zero_weights_are_told_as_symmetry_alone(iteration: int) -> None:
    run = flower(SHALLOW, "zeros", 1.2).to(iteration)
    (finding,) = run.findings()
    assert finding.name == "identical_units"
    assert finding.evidence["largest_weight"] == 0.0


def test_layers_with_the_same_failure_are_told_once() -> None:
    (finding,) = flower(deep("tanh", 3), "zeros", 0.5).to(500).findings()
    assert finding.layer == 1
    assert finding.sentence.endswith("Layers 2 and 3 have such units too.")


def test_six_sigmoid_layers_are_told_as_a_vanishing_gradient_alone() -> None:
    assert flower(deep("sigmoid", 6), "xavier", 0.5).to(1000).names() == ["vanishing_gradients"]


@pytest.mark.parametrize("seed", range(3))
def test_large_weights_are_told_as_saturation_and_not_as_its_effects(seed: int) -> None:
    run = flower(deep("tanh", 3), "large_random", 0.1, seed).to(300)
    assert run.names() == ["saturated_units"]
    assert run.findings()[0].severity is Severity.WARNING


@pytest.mark.parametrize("units", [4, 8])
@pytest.mark.parametrize("seed", range(5))
def test_a_shallow_network_with_large_weights_is_told_from_the_start(units: int, seed: int) -> None:
    run = flower(NetworkConfig((2, units, 1), "tanh"), "large_random", 0.1, seed)
    for iteration in (0, 20, 500):
        (finding,) = run.to(iteration).findings()
        assert (finding.name, finding.severity) == ("saturated_units", Severity.WARNING)
        assert finding.sentence.endswith("Start from smaller weights.")


def test_what_a_high_rate_did_is_not_blamed_on_the_initial_weights() -> None:
    run = flower(NetworkConfig((2, 8, 1), "relu"), "he", 10.0).to(20)
    exploding = run.findings()[0]
    assert exploding.name == "exploding_gradients"
    assert "Reset with a lower learning rate or smaller weights" in exploding.sentence
    data = make_dataset("hill", 400, 0.0, 0)
    network = NetworkConfig((2, 8, 1), "tanh", "linear")
    training = TrainingConfig(learning_rate=10.0)
    trainer = Trainer(network, training, initialize_parameters(network), data.X, data.Y)
    trainer.run(20)
    (saturated,) = diagnose(observe(trainer, data.X, data.Y))
    assert saturated.name == "saturated_units"
    assert saturated.sentence.endswith("Reset with a lower learning rate.")


@pytest.mark.parametrize("rate", [1e-5, 1e-4])
def test_a_rate_that_is_too_small_is_not_taken_for_a_minimum(rate: float) -> None:
    for initializer in ("xavier", "small_random") if rate == 1e-5 else ("xavier",):
        assert flower(SHALLOW, initializer, rate).to(300).names() == ["small_steps"]


def test_deep_relu_layers_with_large_weights_explode() -> None:
    names = flower(deep("relu", 4), "large_random", 1e-3, seed=1).to(120).names()
    assert names[0] in {"exploding_gradients", "dead_units", "diverged"}
    assert not {"cost_rising", "cost_oscillating"} & set(names)


def test_step_units_come_before_all_that_follows_from_them() -> None:
    run = flower(deep("step", 2), "xavier", 1.0).to(500)
    assert run.names() == ["untrainable_steps"]


def test_a_dead_layer_explains_the_standstill() -> None:
    network = NetworkConfig((2, 3, 1), "relu")
    run = flower(network, "he", 0.1)
    start = run.trainer.parameters.copy()
    start.b[0][:] = -50.0
    run.trainer.set_parameters(start)
    (finding,) = run.to(2000).findings()
    assert (finding.name, finding.severity) == ("dead_units", Severity.FAILURE)


def test_a_divergence_names_its_iteration_and_its_first_cause() -> None:
    run = regression(2.5).to(20_000)
    assert run.trainer.divergence is not None
    finding = run.findings()[0]
    assert finding.name == "diverged"
    assert finding.evidence == {
        "iteration": run.trainer.divergence.iteration,
        "cause": "learning_rate",
    }
    assert finding.sentence == run.trainer.divergence.reason
    assert not EXPLAINS["diverged"] & set(run.names())


def test_weights_that_overflow_at_once_are_the_other_cause() -> None:
    run = flower(deep("relu", 2), "large_random", 0.1, scale=1e110).to(10)
    assert run.findings()[0].evidence["cause"] == "initialization"


def test_logistic_regression_is_told_as_such_and_last() -> None:
    run = flower(NetworkConfig((2, 1)), "zeros", 1.0).to(5000)
    *_, finding = run.findings()
    assert finding.name == "linear_network"


def test_the_most_serious_comes_first() -> None:
    run = flower(NetworkConfig((2, 4, 1), "identity"), "constant", 0.1).to(200)
    severities = [finding.severity for finding in run.findings()]
    assert severities == [Severity.FAILURE, Severity.WARNING]


@pytest.mark.parametrize("seed", range(3))
def test_the_flower_is_healthy_from_the_first_iteration_to_the_last(seed: int) -> None:
    run = flower(SHALLOW, "small_random", 1.2, seed)
    for iteration in (0, 1, 10, 50, 100, 300, 1000, 5000, 20_000):
        assert run.to(iteration).names() == []


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_no_seed_of_a_healthy_run_is_blamed(seed: int) -> None:
    runs = [
        flower(NetworkConfig((2, 6, 1), "tanh"), "xavier", 0.3, seed),
        flower(deep("tanh", 3), "glorot", 0.1, seed, batch_size=64),
        three_blobs(seed=seed),
    ]
    for run in runs:
        for iteration in (0, 150, 600):
            assert run.to(iteration).names() == []


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_of_a_healthy_relu_network_only_units_that_are_dead_are_told(seed: int) -> None:
    run = flower(deep("relu", 4, 16), "he", 0.005, seed)  # far below where steps overshoot
    for iteration in (0, 150, 600):
        for finding in run.to(iteration).findings():
            assert finding.name == "dead_units"
            assert finding.layer is not None
            rows = np.array(finding.units) - 1
            assert not run.trainer.gradients().blocks[finding.layer - 1][rows].any()


@given(cases())
@settings(deadline=None)
def test_any_network_can_be_diagnosed(case: Case) -> None:
    # One example, one unit, no hidden layer, several outputs, every activation: no warning either.
    trainer = Trainer(case.network, TrainingConfig(), case.parameters, case.X, case.Y)
    for _ in range(2):
        findings = diagnose(observe(trainer, case.X, case.Y))
        names = [finding.name for finding in findings]
        assert len(names) == len(set(names))
        assert [*findings] == sorted(findings, key=lambda one: -one.severity)
        for finding in findings:
            assert finding.sentence.endswith(".")
            assert finding.section
        trainer.run(30)


@pytest.mark.parametrize("dims", [(2, 1), (2, 1, 1), (2, 64, 1), (2, 64, 64, 1)])
def test_one_example_and_no_history_are_enough(dims: tuple[int, ...]) -> None:
    network = NetworkConfig(dims)
    parameters = initialize_parameters(network, "xavier", 3)
    trainer = Trainer(
        network, TrainingConfig(), parameters, [[1.0], [2.0]], [[1.0]], history=History(0)
    )
    names = {finding.name for finding in diagnose(observe(trainer, [[1.0], [2.0]], [[1.0]]))}
    assert names == {"class_imbalance"} | ({"linear_network"} if len(dims) == 2 else set())


def test_no_examples_are_refused() -> None:
    run = flower(SHALLOW, "xavier", 1.0)
    with pytest.raises(ValueError, match="X has no examples"):
        observe(run.trainer, np.empty((2, 0)), np.empty((1, 0)))


def test_a_jump_of_the_cost_that_the_user_made_is_not_blamed_on_the_steps() -> None:
    run = flower(SHALLOW, "small_random", 1.2).to(1000)
    flipped = 1 - run.Y
    run.trainer.set_data(run.X, flipped)
    run.to(1060)
    blamed = diagnose(observe(run.trainer, run.X, flipped))
    assert [finding.name for finding in blamed] == ["cost_rising"]
    assert diagnose(observe(run.trainer, run.X, flipped, since=1000)) == ()


def test_many_examples_are_thinned_but_all_labels_are_counted() -> None:
    X = np.random.default_rng(0).standard_normal((2, 10_001))
    Y = np.zeros((1, 10_001))
    Y[0, 1] = 1.0
    trainer = Trainer(SHALLOW, TrainingConfig(), initialize_parameters(SHALLOW), X, Y)
    seen = observe(trainer, X, Y)
    assert seen.Y.shape[1] == seen.cache.A[0].shape[1] <= 2000
    assert seen.labels.sum() == 1
    (finding,) = diagnose(seen)
    assert finding.evidence["class"] == 1
    assert 0 < float(finding.evidence["share"]) < 1e-3


def test_every_finding_that_is_named_as_a_cause_or_an_effect_exists() -> None:
    told = {
        *flower(SHALLOW, "zeros", 1.2).names(),
        *flower(deep("sigmoid", 6), "xavier", 0.5).names(),
        *flower(deep("relu", 4), "large_random", 1e-9, 1).names(),
        *flower(deep("tanh", 3), "large_random", 0.1).names(),
        *flower(deep("step", 1), "xavier", 0.1).names(),
        *regression(2.5).to(20_000).names(),
        *flower(NetworkConfig((2, 8, 1), "relu"), "he", 50.0).to(120).names(),
        *flower(SHALLOW, "xavier", 10.0).to(300).names(),
        *flower(SHALLOW, "xavier", 1e-4).to(300).names(),
        "class_imbalance",
    }
    assert set(EXPLAINS) <= told


def test_a_finding_cannot_be_changed() -> None:
    (finding,) = flower(SHALLOW, "zeros", 1.2).findings()
    with pytest.raises(TypeError):
        finding.evidence["identical"] = 2.0  # type: ignore[index]
    assert replace(finding, layer=2).evidence == finding.evidence


def test_an_observation_can_be_made_by_hand() -> None:
    run: Run = flower(SHALLOW, "zeros", 1.2)
    labels = run.Y[0].astype(np.int64)
    seen = Observation(SHALLOW, run.trainer.parameters, run.cache(), run.Y, labels)
    assert [finding.name for finding in diagnose(seen)] == ["identical_units"]


@pytest.mark.parametrize(("batch_size", "noisy"), [(None, False), (399, True), (400, False)])
def test_a_batch_of_all_examples_is_no_mini_batch(batch_size: int | None, noisy: bool) -> None:
    run = flower(SHALLOW, "xavier", 0.1, batch_size=batch_size)
    assert run.X.shape[1] == 400
    assert observe(run.trainer, run.X, run.Y).mini_batches is noisy


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ((3,), "Unit 3"),
        ((1, 2), "Units 1–2"),
        ((1, 3), "Units 1 and 3"),
        ((1, 2, 3, 5), "Units 1–3 and 5"),
        ((1, 2, 3, 5, 6, 9), "Units 1–3, 5–6 and 9"),
        ((1, 3, 5, 7), "Units 1, 3, 5 and 7"),
        ((1, 3, 5, 7, 9), "5 units"),
    ],
)
def test_units_are_named_as_people_do(units: tuple[int, ...], words: str) -> None:
    assert name_units(units) == words
    assert join_words(["a", "b", "c"]) == "a, b and c"
