"""What does not fit, by the name of the argument, and what is said of it."""

from typing import Any

import numpy as np

from nncore import NetworkConfig, Parameters

NETWORK = NetworkConfig((2, 3, 1))
X, Y = np.ones((2, 4)), np.array([[0.0, 1.0, 1.0, 0.0]])
"""Examples that fit the network."""

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
        (Parameters.zeros((2, 4, 1)), "parameters.layer_dims is (2, 4, 1); accepted: (2, 3, 1)"),
        (
            Parameters.stack([Parameters.zeros((2, 3, 1))] * 2),
            "parameters are of 2 runs; accepted: of a single one",
        ),
        (Parameters.zeros((2, 1)), "parameters.layer_dims is (2, 1); accepted: (2, 3, 1)"),
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
        ([0.0, 0.0, 0.0], "vector is a list; accepted: an array"),
        (np.zeros(3, complex), "vector has dtype complex128; accepted: float64 or float32"),
        (np.zeros(3, int), "vector has dtype int64; accepted: float64 or float32"),
        (np.zeros(3, ">f8"), "vector has dtype >f8; accepted: float64 or float32"),
        (np.zeros(3, np.float16), "vector has dtype float16; accepted: float64 or float32"),
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
    "schedule": [
        ("linear", "schedule is 'linear'; accepted: constant, step, exponential, cosine, inverse"),
    ],
    "learning_rates": [
        (0.1, "learning_rates has shape (); accepted: (1,), one a run"),
        ([0.1, 0.2], "learning_rates has shape (2,); accepted: (1,), one a run"),
        (["fast"], "learning_rates has dtype <U4; accepted: real numbers"),
        ([0.0], "learning_rate is 0.0; accepted: a number above 0"),
    ],
    "features": [("x1", "features is 'x1'; accepted: a FeatureMap, or None")],
    "names": [
        ((), "features are (); accepted: names of x1, x2"),
        (("x1", "x3"), "features[1] is 'x3'; accepted: x1, x2"),
        (("x1", "x1"), "features[1] is 'x1' again; accepted: each name once"),
    ],
    "mean": [((0.0, 0.0), "mean and scale belong together; accepted: both, or neither")],
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
BELOW_1 = "from 0 up, below 1"
WRONG |= {
    name: [
        (value, f"{name} is {value!r}; accepted: a whole number from {minimum} up")
        for value in (minimum - 1, 1.5, "ten", True, None, np.ones(2, int))
        if value is not None or name != "batch_size"
    ]
    for name, minimum in {
        "seed": 0, "m": 0, "iterations": 0, "capacity": 0, "n_points": 0,
        "batch_size": 1, "epochs": 1, "schedule_period": 1, "iteration": 0, "budget": 0,
    }.items()
}  # fmt: skip
WRONG |= {
    name: [
        (value, f"{name} is {value!r}; accepted: a number {wanted}")
        for value in (-1.0, "much", None, float("nan"), float("inf"), 10**400, np.ones(2))
        if value is not None or name != "clip_norm"
    ]
    for name, wanted in {
        "noise": "from 0 up", "l1": "from 0 up", "l2": "from 0 up",
        "learning_rate": "above 0", "epsilon": "above 0", "schedule_factor": "above 0",
        "clip_norm": "above 0", "momentum": BELOW_1, "decay": BELOW_1, "beta1": BELOW_1,
        "beta2": BELOW_1,
    }.items()
}  # fmt: skip
for share in ("momentum", "decay", "beta1", "beta2"):
    WRONG[share].append((1.0, f"{share} is 1.0; accepted: a number {BELOW_1}"))
WRONG["schedule_factor"].append(
    (1.5, "schedule_factor is 1.5; accepted: a number above 0, up to 1")
)
