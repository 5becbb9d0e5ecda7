"""Gradients by layer: what vanishes, what explodes, and healthy networks between the two."""

import numpy as np
import pytest

from nncore import (
    NetworkConfig,
    Parameters,
    Severity,
    backward_propagation,
    forward_propagation,
    gradient_norms,
)
from nncore.diagnostics import backward_gains, unstable_gradients
from tests.nncore.cases import make_case
from tests.nncore.diagnostics.runs import SHALLOW, Run, deep, flower


def names(run: Run) -> list[str]:
    findings = unstable_gradients(run.network, run.trainer.parameters, run.cache(), run.Y)
    return [finding.name for finding in findings]


def test_the_norms_are_those_of_every_layer() -> None:
    run = flower(deep("tanh", 2), "xavier", 0.1).to(10)
    gradients, parameters = run.trainer.gradients(), run.trainer.parameters
    norms = gradient_norms(gradients, parameters)
    assert [one.layer for one in norms] == [1, 2, 3]
    for one in norms:
        dW, W = gradients.W[one.layer - 1], parameters.W[one.layer - 1]
        assert one.dW == pytest.approx(np.sqrt((dW**2).sum()))
        assert one.weight_ratio == pytest.approx(np.linalg.norm(dW) / np.linalg.norm(W))
        db, b = gradients.b[one.layer - 1], parameters.b[one.layer - 1]
        assert one.bias_ratio == pytest.approx(np.linalg.norm(db) / np.linalg.norm(b))


def test_the_share_of_nothing_is_infinite_or_zero() -> None:
    zeros, ones = Parameters.zeros((1, 1)), Parameters((1, 1), np.ones(2))
    assert gradient_norms(ones, zeros)[0].weight_ratio == float("inf")
    assert gradient_norms(zeros, zeros)[0].bias_ratio == 0.0


def test_gradients_of_another_network_are_refused() -> None:
    with pytest.raises(ValueError, match=r"gradients.layer_dims is \(1, 1\); accepted: \(2, 1\)"):
        gradient_norms(Parameters.zeros((1, 1)), Parameters.zeros((2, 1)))


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "leaky_relu"])
def test_the_gains_are_those_of_backward_propagation(activation: str) -> None:
    # One example per column: there db[l] is dZ[l] itself.
    case = make_case(NetworkConfig((3, 4, 5, 2), activation), 6, seed=3)
    dZ: list[list[float]] = [[], [], []]
    for x, y in zip(case.X.T, case.Y.T, strict=True):
        one = backward_propagation(x[:, None], y[:, None], case.parameters, case.network)
        for layer, db in enumerate(one.b):
            dZ[layer] += db.ravel().tolist()
    sizes = [float(np.sqrt(np.mean(np.square(values)))) for values in dZ]
    cache = forward_propagation(case.X, case.parameters, case.network)
    gains = backward_gains(case.network, case.parameters, cache, case.Y)
    np.testing.assert_allclose(gains, np.array(sizes) / sizes[-1], rtol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_six_sigmoid_layers_let_the_gradient_vanish(seed: int) -> None:
    run = flower(deep("sigmoid", 6), "xavier", 0.5, seed)
    for iteration in (1, 1000):
        run.to(iteration)
        (finding,) = unstable_gradients(run.network, run.trainer.parameters, run.cache(), run.Y)
        assert finding.name == "vanishing_gradients"
        assert finding.layer == 1
        assert finding.severity is Severity.WARNING
        assert 0 < float(finding.evidence["gain"]) < 1e-4
    assert run.trainer.cost() > 0.69


def test_too_small_weights_in_a_deep_network_do_the_same() -> None:
    run = flower(deep("tanh", 3), "small_random", 0.3).to(3000)
    assert names(run) == ["vanishing_gradients"]
    assert run.trainer.cost() == pytest.approx(np.log(2), abs=1e-3)


@pytest.mark.parametrize("activation", ["relu", "identity", "leaky_relu"])
@pytest.mark.parametrize("seed", range(3))
def test_large_weights_in_a_deep_network_let_it_explode(activation: str, seed: int) -> None:
    run = flower(deep(activation, 4), "large_random", 1e-9, seed).to(5)
    assert names(run) == ["exploding_gradients"]


def test_weights_that_overflow_the_error_are_no_numbers_to_judge() -> None:
    run = flower(deep("identity", 4), "large_random", 1e-9, scale=1e100)
    assert names(run) == []


@pytest.mark.parametrize(
    ("network", "initializer", "learning_rate"),
    [
        (SHALLOW, "small_random", 1.2),
        (deep("tanh", 6), "xavier", 0.1),
        (deep("relu", 6, 16), "he", 0.02),
        (deep("sigmoid", 3), "xavier", 0.5),
        (deep("leaky_relu", 4), "he", 0.05),
        (deep("tanh", 1, 64), "glorot", 0.1),
    ],
    ids=str,
)
@pytest.mark.parametrize("seed", range(3))
def test_networks_that_learn_are_left_alone(
    network: NetworkConfig, initializer: str, learning_rate: float, seed: int
) -> None:
    run = flower(network, initializer, learning_rate, seed)
    for iteration in (0, 300, 2000):
        assert names(run.to(iteration)) == []


def test_no_error_at_all_is_no_vanishing_gradient() -> None:
    network = NetworkConfig((1, 2, 1), "tanh", "linear")
    parameters = Parameters.zeros(network.layer_dims)
    cache = forward_propagation([[1.0, 2.0]], parameters, network)
    assert unstable_gradients(network, parameters, cache, np.zeros((1, 2))) == []
    assert backward_gains(network, parameters, cache, np.zeros((1, 2))).tolist() == [1.0, 1.0]
