"""Every public function × every kind of wrong argument: refused in words that name the argument,
what was given and what is accepted."""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from nncore import (
    ACTIVATIONS,
    FeatureMap,
    GridEvaluator,
    History,
    ManyRuns,
    NetworkConfig,
    Parameters,
    Trainer,
    TrainingConfig,
    accuracy,
    backward_propagation,
    check_gradients,
    compute_cost,
    confusion_counts,
    cost_parts,
    encode_labels,
    forward_propagation,
    gradient_check,
    initialize_parameters,
    make_dataset,
    one_hot,
    precision_recall,
    predict,
    train_perceptron,
    triangle_network,
)
from tests.nncore.wrong_arguments import NETWORK, WRONG, X, Y

RIGHT: dict[str, Any] = {
    "X": X,
    "Y": Y,
    "labels": [0, 1, 1, 0],
    "n_classes": 2,
    "network": NETWORK,
    "training": TrainingConfig(),
    "parameters": initialize_parameters(NETWORK),
    "W": [[[1.0, 2.0]]],
    "b": [[0.0]],
    "layer_dims": (2, 1),
    "vector": np.zeros(3),
    "name": "xor",
    "names": ("x1", "x2"),
    "iteration": 0,
    "cost": 0.5,
    "n_points": 4,
    "iterations": 1,
    "z": 0.5,
    "counts": [[3, 1], [0, 2]],
    "corners": [[0, 4, 0], [0, 0, 4]],
}
"""Arguments that fit together; those that are not here have a default."""


def trainer() -> Trainer:
    return Trainer(NETWORK, RIGHT["training"], RIGHT["parameters"], X, Y)


def set_data(X: Any, Y: Any) -> None:
    trainer().set_data(X, Y)


def set_parameters(parameters: Any) -> None:
    trainer().set_parameters(parameters)


def run(iterations: Any) -> None:
    trainer().run(iterations)


def evaluate(X: Any, parameters: Any) -> None:
    GridEvaluator(NETWORK, 4).evaluate(X, parameters)


def record(iteration: Any, cost: Any) -> None:
    History().record(iteration, cost)


def train_many(X: Any, Y: Any, parameters: Any, learning_rates: Any = None) -> None:
    ManyRuns(NETWORK, RIGHT["training"], [parameters], X, Y, learning_rates)


def activate(z: Any) -> None:
    ACTIVATIONS["tanh"](z)


def differentiate(z: Any) -> None:
    ACTIVATIONS["tanh"].derivative(z)


def train_one_unit(labels: Any, learning_rate: Any = 1.0, epochs: Any = 5) -> None:
    train_perceptron(X, labels, learning_rate, epochs)


FUNCTIONS: tuple[Callable[..., object], ...] = (
    FeatureMap,
    FeatureMap.fit,
    GridEvaluator,
    History,
    NetworkConfig,
    Parameters,
    Parameters.from_layers,
    Parameters.zeros,
    Trainer,
    TrainingConfig,
    accuracy,
    activate,
    backward_propagation,
    check_gradients,
    compute_cost,
    confusion_counts,
    cost_parts,
    differentiate,
    encode_labels,
    evaluate,
    forward_propagation,
    gradient_check,
    initialize_parameters,
    make_dataset,
    one_hot,
    precision_recall,
    predict,
    record,
    run,
    set_data,
    set_parameters,
    train_many,
    train_one_unit,
    triangle_network,
)


def refusals() -> Iterator[Any]:
    for function in FUNCTIONS:
        for argument in inspect.signature(function).parameters:
            for number, (given, message) in enumerate(WRONG.get(argument, ())):
                name = f"{function.__qualname__}-{argument}-{number}"
                yield pytest.param(function, argument, given, message, id=name)


def arguments_of(function: Callable[..., object]) -> dict[str, Any]:
    return {name: RIGHT[name] for name in inspect.signature(function).parameters if name in RIGHT}


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__qualname__)
def test_right_arguments_are_accepted(function: Callable[..., object]) -> None:
    function(**arguments_of(function))


@pytest.mark.parametrize(("function", "argument", "given", "message"), list(refusals()))
def test_a_wrong_argument_is_refused_in_words(
    function: Callable[..., object], argument: str, given: Any, message: str
) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        function(**arguments_of(function) | {argument: given})


def test_every_wrong_argument_belongs_to_a_function() -> None:
    taken = {name for function in FUNCTIONS for name in inspect.signature(function).parameters}
    assert set(WRONG) <= taken
