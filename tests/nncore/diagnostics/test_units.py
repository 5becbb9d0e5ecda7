"""Identical, saturated and dead units: provoked by training, and silent where there are none."""

import re

import numpy as np
import pytest

from nncore import (
    Cache,
    NetworkConfig,
    Parameters,
    Severity,
    Trainer,
    TrainingConfig,
    forward_propagation,
    initialize_parameters,
)
from nncore.diagnostics import (
    backward_gains,
    dead_units,
    identical_units,
    one_class_only,
    saturated_units,
)
from tests.nncore.diagnostics.runs import SHALLOW, deep, flower


@pytest.mark.parametrize("initializer", ["zeros", "constant"])
@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
def test_units_that_start_identical_are_still_so_after_training(
    initializer: str, activation: str
) -> None:
    run = flower(NetworkConfig((2, 4, 1), activation), initializer, 0.5).to(1000)
    (finding,) = identical_units(run.network, run.trainer.parameters)
    assert finding.layer == 1
    assert finding.units == (1, 2, 3, 4)
    assert finding.severity is Severity.FAILURE
    assert finding.evidence["identical"] == finding.evidence["layer_units"] == 4
    assert finding.sentence.startswith("Units 1–4 of layer 1 have the same weights")
    assert "random initial weights" in finding.sentence


@pytest.mark.parametrize(("activation", "moves"), [("tanh", False), ("sigmoid", True)])
def test_the_two_failures_of_zero_weights_are_told_apart(activation: str, moves: bool) -> None:
    # With g(0) = 0 no weight moves; with g(0) = ½ all units learn, as one.
    network = NetworkConfig((2, 4, 1), activation)
    run = flower(network, "zeros", 0.5)
    Y = run.Y.copy()
    Y[0, :40] = 1
    run.trainer.set_data(run.X, Y)
    (finding,) = identical_units(network, run.trainer.parameters)
    assert ("none of them ever moves" in finding.sentence) != moves
    assert ("learn as one unit" in finding.sentence) == moves
    run.to(100)
    assert run.trainer.parameters.W[1].any() == moves


@pytest.mark.parametrize("units", [5, 7, 61, 64])
def test_the_rounding_of_large_products_does_not_hide_the_symmetry(units: int) -> None:
    network = NetworkConfig((2, units, units, 1), "tanh")
    run = flower(network, "constant", 0.01).to(200)
    findings = identical_units(network, run.trainer.parameters)
    assert [(finding.layer, len(finding.units)) for finding in findings] == [(1, units), (2, units)]


def test_groups_are_named_apart() -> None:
    W = [[1.0, 2.0], [3.0, 4.0], [1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
    parameters = Parameters.from_layers(W=[W, [[7.0, 8.0, 7.0, 8.0, 7.0]]], b=[[0.0] * 5, [0.0]])
    findings = identical_units(NetworkConfig((2, 5, 1)), parameters)
    assert [finding.units for finding in findings] == [(1, 3), (2, 4)]
    assert findings[0].sentence.startswith("Units 1 and 3 of layer 1")
    assert findings[0].severity is Severity.NOTE


def test_the_same_weights_in_but_not_out_break_the_symmetry() -> None:
    run = flower(SHALLOW, "zeros", 1.2)
    start = Parameters.from_layers(
        W=[np.full((4, 2), 0.1), [[0.1, 0.2, 0.3, 0.4]]], b=[np.zeros(4), np.zeros(1)]
    )
    assert identical_units(SHALLOW, start) == []
    run.trainer.set_parameters(start)
    run.to(200)
    assert np.ptp(run.trainer.parameters.W[0], axis=0).min() > 0.01


@pytest.mark.parametrize("scale", [1e-8, 1.0, 1e200])
def test_close_is_not_the_same_whatever_the_scale(scale: float) -> None:
    network = NetworkConfig((2, 2, 1))
    start = Parameters.from_layers(W=[[[1.0, 2.0], [1.0, 2.0001]], [[1.0, 1.0]]], b=[[0, 0], [0]])
    start.vector *= scale
    assert identical_units(network, start) == []
    start.W[0][1] = start.W[0][0]
    assert len(identical_units(network, start)) == 1


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("initializer", ["small_random", "xavier", "he", "uniform_positive"])
def test_random_weights_are_never_identical(initializer: str, seed: int) -> None:
    network = NetworkConfig((2, 64, 64, 1))
    assert identical_units(network, initialize_parameters(network, initializer, seed)) == []


@pytest.mark.parametrize("dims", [(2, 1), (2, 1, 1), (2, 1, 1, 1)])
def test_a_single_unit_has_no_twin(dims: tuple[int, ...]) -> None:
    network = NetworkConfig(dims)
    assert identical_units(network, Parameters.zeros(dims)) == []


@pytest.mark.parametrize("seed", range(3))
def test_large_random_weights_saturate_deep_tanh_layers(seed: int) -> None:
    run = flower(deep("tanh", 3), "large_random", 0.1, seed).to(300)
    findings = {finding.layer: finding for finding in saturated_units(run.network, run.cache())}
    assert {2, 3} <= set(findings)
    for layer, finding in findings.items():
        assert layer is not None
        slopes = 1 - run.cache().A[layer][np.array(finding.units) - 1] ** 2
        assert finding.evidence["share"] == pytest.approx(np.mean(slopes < 0.04))
    assert any(finding.severity is Severity.WARNING for finding in findings.values())
    assert "flat for" in findings[3].sentence


def test_a_saturated_sigmoid_is_one_with_a_hundredth_of_slope() -> None:
    # The example of the notes: σ′ = 0.01 is saturated, at z = 4.6.
    network = NetworkConfig((1, 2, 1), "sigmoid")
    parameters = Parameters.from_layers(W=[[[4.7], [4.5]], [[1.0, 1.0]]], b=[[0, 0], [0]])
    (finding,) = saturated_units(
        network, forward_propagation([[1.0, -1.0] * 5], parameters, network)
    )
    assert finding.units == (1,)
    assert finding.evidence["share"] == 1.0


@pytest.mark.parametrize("seed", range(3))
def test_a_sharp_boundary_late_in_a_healthy_run_is_not_saturation(seed: int) -> None:
    run = flower(SHALLOW, "small_random", 1.2, seed)
    for iteration in (0, 100, 1000, 5000):
        assert saturated_units(SHALLOW, run.to(iteration).cache()) == []


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "identity", "step"])
def test_what_is_not_squeezed_between_limits_never_saturates(activation: str) -> None:
    run = flower(deep(activation, 2), "large_random", 0.1)
    assert saturated_units(run.network, run.cache()) == []


@pytest.mark.parametrize("seed", range(3))
def test_a_huge_learning_rate_kills_relu_units(seed: int) -> None:
    run = flower(NetworkConfig((2, 8, 1), "relu"), "he", 50.0, seed)
    assert dead_units(run.network, run.cache()) == []
    run.to(120)
    (finding,) = dead_units(run.network, run.cache())
    rows = np.array(finding.units) - 1
    assert len(rows) >= 4
    assert finding.severity >= Severity.WARNING
    assert (run.cache().A[1][rows] == 0).all()
    gradients = run.trainer.gradients()
    assert not gradients.blocks[0][rows].any()
    assert not gradients.W[1][:, rows].any()


def test_a_layer_of_negative_biases_is_dead_and_stays_so() -> None:
    network = NetworkConfig((2, 3, 1), "relu")
    run = flower(network, "he", 0.1)
    start = run.trainer.parameters.copy()
    start.b[0][:] = -50.0
    run.trainer.set_parameters(start)
    run.to(500)
    (finding,) = dead_units(network, run.cache())
    assert finding.units == (1, 2, 3)
    assert finding.severity is Severity.FAILURE
    np.testing.assert_array_equal(run.trainer.parameters.blocks[0], start.blocks[0])


@pytest.mark.parametrize("activation", ["leaky_relu", "tanh", "sigmoid"])
def test_only_a_relu_dies(activation: str) -> None:
    network = NetworkConfig((2, 3, 1), activation)
    parameters = initialize_parameters(network, "he", 0)
    parameters.b[0][:] = -50.0
    run = flower(network, "he", 0.1)
    assert dead_units(network, forward_propagation(run.X, parameters, network)) == []


def test_a_unit_at_zero_is_not_dead() -> None:
    # ReLU′(0) is 1: such a unit can still learn, as soon as something reads it.
    network = NetworkConfig((1, 1, 1), "relu")
    parameters = Parameters.from_layers(W=[[[0.0]], [[1.0]]], b=[[0.0], [0.0]])
    assert dead_units(network, forward_propagation([[1.0] * 10], parameters, network)) == []
    trainer = Trainer(network, TrainingConfig(), parameters, [[1.0]], [[1.0]])
    trainer.run(1)
    assert trainer.parameters.W[0][0, 0] > 0


@pytest.mark.parametrize("activation", ["relu", "tanh"])
@pytest.mark.parametrize("m", [0, 1, 9])
def test_a_few_examples_say_nothing_of_a_share(activation: str, m: int) -> None:
    network = NetworkConfig((2, 3, 1), activation)
    parameters = initialize_parameters(network, "large_random", 0)
    cache: Cache = forward_propagation(np.ones((2, m)), parameters, network)
    assert saturated_units(network, cache) == dead_units(network, cache) == []


@pytest.mark.parametrize("layer_dims", [(3, 4, 1), (2, 5, 1), (2, 4, 2), (2, 4, 4, 1)])
def test_a_cache_of_another_network_is_refused(layer_dims: tuple[int, ...]) -> None:
    theta = initialize_parameters(SHALLOW)
    X = np.ones((layer_dims[0], 20))
    other = forward_propagation(X, Parameters.zeros(layer_dims), NetworkConfig(layer_dims))
    for look in (
        lambda: saturated_units(SHALLOW, other),
        lambda: dead_units(SHALLOW, other),
        lambda: one_class_only(SHALLOW, other, [0, 1]),
        lambda: backward_gains(SHALLOW, theta, other, np.ones((layer_dims[-1], 20))),
    ):
        message = f"cache.A has {layer_dims} rows; accepted: {SHALLOW.layer_dims}"
        with pytest.raises(ValueError, match=re.escape(message)):
            look()
