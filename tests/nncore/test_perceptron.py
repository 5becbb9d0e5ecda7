import doctest
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nncore import (
    FloatArray,
    Parameters,
    perceptron,
    perceptron_predict,
    predict,
    train_perceptron,
    triangle_network,
)

coordinates = st.floats(-100, 100)
corner_points = st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=3)


def test_the_examples_of_the_docstrings_are_true() -> None:
    results = doctest.testmod(perceptron)
    assert (results.failed, results.attempted) == (0, 8)


@given(seed=st.integers(0, 2**32 - 1), n_x=st.integers(1, 4), m=st.integers(1, 60))
def test_separable_classes_are_learned_within_the_bound_of_novikoff(
    seed: int, n_x: int, m: int
) -> None:
    random = np.random.default_rng(seed)
    line = random.standard_normal(n_x + 1)
    line /= np.linalg.norm(line)
    X = random.normal(0.0, 2.0, (n_x, m))
    rows = np.vstack([X, np.ones(m)])
    margin = float(np.abs(line @ rows).min())
    assume(margin > 0.05)
    labels = (line @ rows > 0).astype(int)
    run = train_perceptron(X, labels, epochs=100_000)
    assert run.converged
    assert perceptron_predict(X, run.parameters)[0].tolist() == labels.tolist()
    assert sum(run.mistakes) <= np.square(rows).sum(axis=0).max() / margin**2
    assert all(run.mistakes[:-1])


def test_one_update_is_the_rule() -> None:
    """At zero weights the unit says 1; the only example is of class 0: w − α x, b − α."""
    run = train_perceptron([[3.0], [-2.0]], [0], learning_rate=0.5, epochs=1)
    assert run.parameters.vector.tolist() == [-1.5, 1.0, -0.5]
    assert run.mistakes == (1,)
    assert not run.converged


@pytest.mark.parametrize("epochs", [1, 7, 200])
def test_classes_that_no_line_separates_end_after_the_given_passes(epochs: int) -> None:
    run = train_perceptron([[0, 0, 1, 1], [0, 1, 0, 1]], [0, 1, 1, 0], epochs=epochs)
    assert not run.converged
    assert len(run.mistakes) == epochs
    assert np.isfinite(run.parameters.vector).all()


def test_the_learning_rate_scales_the_weights_and_nothing_else() -> None:
    X, labels = np.random.default_rng(1).normal(size=(2, 30)), np.arange(30) % 2
    one, four = (train_perceptron(X, labels, rate, epochs=20) for rate in (1.0, 4.0))
    assert one.mistakes == four.mistakes
    np.testing.assert_array_equal(4.0 * one.parameters.vector, four.parameters.vector)


def test_no_examples_are_learned_at_once() -> None:
    run = train_perceptron(np.zeros((2, 0)), [])
    assert run.mistakes == (0,)
    assert run.converged
    assert perceptron_predict(np.zeros((2, 0)), run.parameters).shape == (1, 0)


def test_huge_examples_end_in_silence() -> None:
    X = [[1e308, -1e308], [1e308, -1e308]]
    run = train_perceptron(X, [0, 1], epochs=5)
    assert run.converged
    assert perceptron_predict(X, run.parameters).tolist() == [[0, 1]]


@pytest.mark.parametrize(
    ("X", "labels", "options", "message"),
    [
        ([[1.0, 2.0]], [0], {}, "labels has 1 entries; accepted: 2, as X"),
        ([[1.0, 2.0]], [0, 2], {}, "labels contains 2; accepted: class numbers 0 to 1"),
        ([1.0, 2.0], [0, 1], {}, "X has shape (2,); accepted: (2, m)"),
        ([["a", "b"]], [0, 1], {}, "X has dtype <U1; accepted: real numbers"),
        ([[1.0, 2.0]], [0, 1], {"learning_rate": 0}, "learning_rate is 0; accepted: a number abo"),
        ([[1.0, 2.0]], [0, 1], {"epochs": 0}, "epochs is 0; accepted: a whole number from 1 up"),
    ],
)
def test_wrong_examples_are_refused_in_words(
    X: Any, labels: Any, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        train_perceptron(X, labels, **options)


def test_only_one_unit_is_a_perceptron() -> None:
    message = "parameters.layer_dims is (2, 3, 1); accepted: one unit, (n_x, 1)"
    with pytest.raises(ValueError, match=re.escape(message)):
        perceptron_predict([[1.0], [2.0]], Parameters.zeros((2, 3, 1)))


def inside(points: FloatArray, shares: Any) -> FloatArray:
    """Return the point with these barycentric coordinates, (2, 1)."""
    weights: FloatArray = (np.array(shares) / np.sum(shares)).reshape(3, 1)
    point: FloatArray = points @ weights
    return point


@given(
    corners=corner_points,
    shares=st.tuples(*[st.floats(0.01, 1.0)] * 3),
    outside=st.sampled_from([(-0.02, 0.5, 0.52), (0.5, 0.52, -0.02), (2.0, -0.5, -0.5)]),
)
def test_the_triangle_is_class_0_and_the_rest_class_1_in_either_orientation(
    corners: list[tuple[float, float]],
    shares: tuple[float, float, float],
    outside: tuple[float, float, float],
) -> None:
    points = np.array(corners).T
    sides = np.roll(points, -1, axis=1) - points
    doubled_area = sides[0, 0] * sides[1, 1] - sides[1, 0] * sides[0, 1]
    assume(abs(doubled_area) > 1e-6 * max(1.0, float(np.hypot(*sides).max()) ** 2))
    for oriented in (points, points[:, ::-1]):
        network, parameters = triangle_network(oriented)
        assert (network.layer_dims, network.activations) == ((2, 3, 1), ("step",))
        assert predict(inside(points, shares), parameters, network).item() == 0
        assert predict(inside(points, outside), parameters, network).item() == 1


def test_edges_and_corners_belong_to_the_triangle() -> None:
    network, parameters = triangle_network([[0, 4, 0], [0, 0, 4]])
    on_it = [[0, 4, 0, 2, 0], [0, 0, 4, 0, 2]]
    assert predict(on_it, parameters, network).tolist() == [[0, 0, 0, 0, 0]]


@pytest.mark.parametrize("size", [1e-200, 1e-3, 1e150])
def test_a_triangle_may_be_of_any_size(size: float) -> None:
    corners = size * np.array([[0.0, 4.0, 0.0], [0.0, 0.0, 4.0]])
    network, parameters = triangle_network(corners)
    X = size * np.array([[1.0, 3.0, -1.0], [1.0, 3.0, 1.0]])
    assert predict(X, parameters, network).tolist() == [[0, 1, 1]]


@pytest.mark.parametrize(
    ("corners", "message"),
    [
        ([[0, 1, 2], [0, 1, 2]], "corners lie on one line; accepted: three corners of a triangle"),
        ([[3, 3, 3], [1, 1, 1]], "corners lie on one line"),
        ([[0, 1], [0, 1]], "corners has shape (2, 2); accepted: (2, 3)"),
        ([[0, 1, np.nan], [0, 1, 2]], "corners has a value that is not finite in column 2"),
    ],
)
def test_corners_of_no_triangle_are_refused_in_words(corners: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        triangle_network(corners)
