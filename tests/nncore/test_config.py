import re
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from nncore import ACTIVATIONS, LEARNING_RATE_RANGE, NetworkConfig, TrainingConfig


def test_sizes_follow_from_the_layers() -> None:
    network = NetworkConfig((2, 4, 3, 1), activation="relu")
    assert (network.n_x, network.n_y, network.hidden_units) == (2, 1, (4, 3))
    assert network.activations == ("relu", "relu")
    assert network.n_parameters == 4 * 3 + 3 * 5 + 1 * 4


def test_each_hidden_layer_may_have_its_own_activation() -> None:
    network = NetworkConfig((2, 4, 3, 1), activation=("relu", "tanh"))
    assert network.activations == ("relu", "tanh")


def test_the_record_of_a_layer_has_the_slope_of_the_network() -> None:
    network = NetworkConfig((2, 4, 3, 1), ("tanh", "leaky_relu"), leaky_slope=0.3)
    assert network.hidden_activation(1) is ACTIVATIONS["tanh"]
    assert network.hidden_activation(2).formula == "LReLU(z) = max(0.3 z, z)"
    usual = NetworkConfig((2, 4, 3, 1), "leaky_relu").hidden_activation(1)
    assert usual.formula == ACTIVATIONS["leaky_relu"].formula


@pytest.mark.parametrize("layer", [-1, 0, 3])
def test_the_input_and_the_output_are_no_hidden_layer(layer: int) -> None:
    with pytest.raises(ValueError, match=f"layer is {layer}; accepted: "):
        NetworkConfig((2, 4, 3, 1)).hidden_activation(layer)


def test_no_hidden_layer_and_ten_are_networks_too() -> None:
    assert NetworkConfig((2, 1)).activations == NetworkConfig((2, 1), ()).activations == ()
    assert len(NetworkConfig((2, *[5] * 10, 1)).activations) == 10


def test_lists_become_tuples_so_that_equal_networks_are_equal() -> None:
    given: Any = [2, 4, 1]
    assert NetworkConfig(given) == NetworkConfig((2, 4, 1))
    assert hash(NetworkConfig(given)) == hash(NetworkConfig((2, 4, 1)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"layer_dims": (2,)}, "layer_dims is (2,); accepted: (n_x, n[1], ..., n_y)"),
        ({"layer_dims": 4}, "layer_dims is 4; accepted: (n_x, n[1], ..., n_y)"),
        ({"layer_dims": (2, 0, 1)}, "layer_dims[1] is 0; accepted: a whole number from 1 up"),
        ({"layer_dims": (2, 2.5, 1)}, "layer_dims[1] is 2.5; accepted: a whole number from 1"),
        ({"layer_dims": (2, True, 1)}, "layer_dims[1] is True; accepted: a whole number from 1"),
        (
            {"layer_dims": (2, 4, 1), "activation": "swish"},
            "activation is 'swish'; accepted: identity, sigmoid, tanh, relu, leaky_relu, step",
        ),
        ({"layer_dims": (2, 1), "activation": "swish"}, "activation is 'swish'; accepted: ident"),
        ({"layer_dims": (2, 1), "activation": ""}, "activation is ''; accepted: identity, sigmoid"),
        (
            {"layer_dims": (2, 4, 1), "activation": ("tanh", "relu")},
            "activation has 2 names; accepted: one name, or one per hidden layer (1)",
        ),
        (
            {"layer_dims": (2, 4, 1), "output": "argmax"},
            "output is 'argmax'; accepted: sigmoid, softmax, linear",
        ),
        (
            {"layer_dims": (2, 4, 1), "output": "softmax"},
            "layer_dims ends in 1; accepted for softmax output: 2 units or more",
        ),
        (
            {"layer_dims": (2, 4, 1), "leaky_slope": -0.01},
            "leaky_slope is -0.01; accepted: a number from 0 to 1",
        ),
        ({"layer_dims": (2, 4, 1), "leaky_slope": 2}, "leaky_slope is 2; accepted: a number from"),
        ({"layer_dims": (2, 4, 1), "leaky_slope": "0"}, "leaky_slope is '0'; accepted: a number"),
        (
            {"layer_dims": (2, 4, 1), "leaky_slope": float("nan")},
            "leaky_slope is nan; accepted: a number from 0 to 1",
        ),
    ],
)
def test_a_wrong_network_is_refused_in_words(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        NetworkConfig(**arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"optimizer": "adma"}, "optimizer is 'adma'; accepted: gradient_descent"),
        ({"learning_rate": 0.0}, "learning_rate is 0.0; accepted: a number above 0"),
        ({"learning_rate": float("nan")}, "learning_rate is nan; accepted: a number above 0"),
        ({"learning_rate": float("inf")}, "learning_rate is inf; accepted: a number above 0"),
        ({"learning_rate": "fast"}, "learning_rate is 'fast'; accepted: a number above 0"),
        ({"batch_size": 0}, "batch_size is 0; accepted: a whole number from 1 up"),
        ({"batch_size": 1.5}, "batch_size is 1.5; accepted: a whole number from 1 up"),
        ({"l1": -0.1}, "l1 is -0.1; accepted: a number from 0 up"),
        ({"momentum": 1.0}, "momentum is 1.0; accepted: a number from 0 up, below 1"),
        ({"decay": -0.1}, "decay is -0.1; accepted: a number from 0 up, below 1"),
        ({"beta1": "much"}, "beta1 is 'much'; accepted: a number from 0 up, below 1"),
        ({"beta2": float("nan")}, "beta2 is nan; accepted: a number from 0 up, below 1"),
        ({"epsilon": 0.0}, "epsilon is 0.0; accepted: a number above 0"),
        ({"clip_norm": 0.0}, "clip_norm is 0.0; accepted: a number above 0"),
        ({"l2": None}, "l2 is None; accepted: a number from 0 up"),
    ],
)
def test_wrong_settings_are_refused_in_words(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        TrainingConfig(**arguments)


def test_the_defaults_are_the_classroom_run() -> None:
    training = TrainingConfig()
    assert (training.optimizer, training.learning_rate) == ("gradient_descent", 1.2)
    assert training.batch_size is None
    assert LEARNING_RATE_RANGE.contains(training.learning_rate)


def test_settings_cannot_be_changed_behind_the_trainer() -> None:
    with pytest.raises(FrozenInstanceError):
        TrainingConfig().learning_rate = 3.0  # type: ignore[misc]


def test_another_optimizer_brings_its_learning_rate_unless_one_was_chosen() -> None:
    training = TrainingConfig(l2=0.5)
    adam = training.with_optimizer("adam")
    assert (adam.optimizer, adam.learning_rate, adam.l2) == ("adam", 0.01, 0.5)
    assert adam.with_optimizer("gradient_descent") == training
    assert TrainingConfig(learning_rate=0.3).with_optimizer("adam").learning_rate == 0.3
    with pytest.raises(ValueError, match="optimizer is 'adma'"):
        training.with_optimizer("adma")
