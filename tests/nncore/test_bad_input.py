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
    GridEvaluator,
    History,
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

NETWORK = NetworkConfig((2, 3, 1))
X, Y = np.ones((2, 4)), np.array([[0.0, 1.0, 1.0, 0.0]])

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


def activate(z: Any) -> None:
    ACTIVATIONS["tanh"](z)


def differentiate(z: Any) -> None:
    ACTIVATIONS["tanh"].derivative(z)


def train_one_unit(labels: Any, learning_rate: Any = 1.0, epochs: Any = 5) -> None:
    train_perceptron(X, labels, learning_rate, epochs)


FUNCTIONS: tuple[Callable[..., object], ...] = (
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
    run,
    set_data,
    set_parameters,
    train_one_unit,
    triangle_network,
)

WRONG: dict[str, list[tuple[Any, str]]] = {
    "X": [
        (None, "X has dtype object; accepted: real numbers"),
        ("points", "X has dtype <U6; accepted: real numbers"),
        (X * 1j, "X has dtype complex128; accepted: real numbers"),
        (X.astype(object), "X has dtype object; accepted: real numbers"),
        (X.astype("M8[D]"), "X has dtype datetime64[D]; accepted: real numbers"),
        ([[1, 2], [3]], "X has rows of different lengths; accepted: equal ones"),
        (5.0, "X has shape (); accepted: (2, "),
        (np.ones(2), "X has shape (2,); accepted: (2, "),
        (np.ones((3, 4)), "X has shape (3, 4); accepted: (2, "),
        (np.ones((2, 4, 1)), "X has shape (2, 4, 1); accepted: (2, "),
    ],
    "Y": [
        (None, "Y has dtype object; accepted: real numbers"),
        (Y * 1j, "Y has dtype complex128; accepted: real numbers"),
        ([[0, 1], [1]], "Y has rows of different lengths; accepted: equal ones"),
        (Y.T, "Y has shape (4, 1); accepted: (1, 4)"),
        (Y[:, :3], "Y has shape (1, 3); accepted: (1, 4)"),
        (Y[0], "Y has shape (4,); accepted: (1, 4)"),
        (np.vstack([Y, 1 - Y]), "Y has shape (2, 4); accepted: (1, 4)"),
        (Y + 1, "Y has values from 1 to 2; accepted: 0 to 1"),
        (Y - 1, "Y has values from -1 to 0; accepted: 0 to 1"),
        ([[0, 1, np.nan, 0]], "Y has a value that is not finite in column 2"),
    ],
    "labels": [
        (None, "labels has dtype object; accepted: class numbers"),
        (["red", "blue"], "labels has dtype <U4; accepted: class numbers"),
        ([0, 1, [1]], "labels has rows of different lengths; accepted: equal ones"),
        ([[0, 1], [1, 0]], "labels has shape (2, 2); accepted: (m,) or (1, m)"),
        ([0, 1, 2, 0], "labels contains 2; accepted: class numbers 0 to 1"),
        ([0, -1, 1, 0], "labels contains -1; accepted: class numbers 0 to 1"),
        ([0, 0.5, 1, 0], "labels contains 0.5; accepted: class numbers 0 to 1"),
        ([0, np.nan, 1, 0], "labels contains nan; accepted: class numbers 0 to 1"),
    ],
    "parameters": [
        (Parameters.zeros((2, 4, 1)), "parameters have layers (2, 4, 1); accepted: (2, 3, 1)"),
        (Parameters.zeros((2, 1)), "parameters have layers (2, 1); accepted: (2, 3, 1)"),
    ],
    "layer_dims": [
        (None, "layer_dims is None; accepted: (n_x, n[1], ..., n_y)"),
        ((2,), "layer_dims is (2,); accepted: (n_x, n[1], ..., n_y)"),
        ((2, 0, 1), "layer_dims[1] is 0; accepted: a whole number from 1 up"),
        ((2, 1.5), "layer_dims[1] is 1.5; accepted: a whole number from 1 up"),
        (("a", 1), "layer_dims[0] is 'a'; accepted: a whole number from 1 up"),
    ],
    "vector": [
        (np.zeros(4), "vector has shape (4,); accepted: (3,)"),
        (np.zeros((3, 1)), "vector has shape (3, 1); accepted: (3,)"),
        (np.zeros(3, complex), "vector has dtype complex128; accepted: float64 or float32"),
        (np.zeros(3, int), "vector has dtype int64; accepted: float64 or float32"),
    ],
    "W": [
        ([], "W has 0 layers, b has 1; accepted: as many, 1 or more"),
        ([[[1.0], [1.0, 2.0]]], "W1 has rows of different lengths; accepted: equal ones"),
        ([[1.0]], "W1 has shape (1,); accepted: (n[1], n[0])"),
        ([[["a"]]], "W1 has dtype <U1; accepted: real numbers"),
    ],
    "b": [
        ([], "W has 1 layers, b has 0; accepted: as many, 1 or more"),
        ([[[1.0], [1.0, 2.0]]], "b1 has rows of different lengths; accepted: equal ones"),
        ([[1.0, 2.0]], "b1 has shape (2, 1); accepted: (1, 1)"),
    ],
    "activation": [
        (None, "activation is None; accepted: one name, or one per hidden layer"),
        ("swish", "activation is 'swish'; accepted: identity, sigmoid"),
    ],
    "output": [(None, "output is None; accepted: sigmoid, softmax, linear")],
    "optimizer": [("adma", "optimizer is 'adma'; accepted: gradient_descent")],
    "initializer": [("xaver", "initializer is 'xaver'; accepted: zeros, constant")],
    "name": [(None, "dataset is None; accepted: flower, moons")],
    "z": [
        ("half", "z has dtype <U4; accepted: real numbers"),
        (0.5j, "z has dtype complex128; accepted: real numbers"),
        ([1, [2]], "z has rows of different lengths; accepted: equal ones"),
    ],
    "counts": [
        ([[3, 1], [2]], "counts has rows of different lengths; accepted: equal ones"),
        ([[3, 1, 0], [0, 2, 0]], "counts has shape (2, 3); accepted: (2, 2)"),
        ([[3, -1], [0, 2]], "counts contains -1; accepted: numbers from 0 up"),
    ],
    "corners": [
        ([[0, 4], [0, 0]], "corners has shape (2, 2); accepted: (2, 3)"),
        ([[0, 1, 2], [0, 1, 2]], "corners lie on one line; accepted: three corners of a triangle"),
    ],
    "leaky_slope": [(-0.1, "leaky_slope is -0.1; accepted: a number from 0 to 1")],
    "n_classes": [(1, "n_classes is 1; accepted: a whole number from 2 up")],
}
WRONG |= {
    name: [
        (value, f"{name} is {value!r}; accepted: a whole number from {minimum} up")
        for value in (minimum - 1, 1.5, "ten", True, None)
        if value is not None or name != "batch_size"
    ]
    for name, minimum in {
        "seed": 0, "m": 0, "iterations": 0, "capacity": 0, "n_points": 0,
        "batch_size": 1, "epochs": 1,
    }.items()
}  # fmt: skip
WRONG |= {
    name: [
        (value, f"{name} is {value!r}; accepted: a number {wanted}")
        for value in (-1.0, "much", None, float("nan"), float("inf"))
    ]
    for name, wanted in {
        "noise": "from 0 up", "l1": "from 0 up", "l2": "from 0 up",
        "learning_rate": "above 0", "epsilon": "above 0",
    }.items()
}  # fmt: skip


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
