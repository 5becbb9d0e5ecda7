import re
from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import nncore
from nncore import (
    FEATURES,
    FeatureMap,
    FloatArray,
    GridEvaluator,
    NetworkConfig,
    Trainer,
    TrainingConfig,
    backward_propagation,
    compute_cost,
    forward_propagation,
    gradient_check,
    initialize_parameters,
    make_dataset,
    predict,
)

X3 = np.array([[1.0, -2.0, 0.5], [3.0, 4.0, -6.0]])
BY_HAND = {
    "x1": X3[0],
    "x2": X3[1],
    "x1_squared": [1.0, 4.0, 0.25],
    "x2_squared": [9.0, 16.0, 36.0],
    "x1_x2": [3.0, -8.0, -3.0],
    "sin_x1": np.sin(X3[0]),
    "sin_x2": np.sin(X3[1]),
}
CIRCLE = FeatureMap(("x1_squared", "x2_squared"))

names = st.lists(st.sampled_from(sorted(FEATURES)), min_size=1, unique=True).map(tuple)
examples = st.integers(1, 20).flatmap(
    lambda m: hnp.arrays(np.float64, (2, m), elements=st.floats(-1e6, 1e6))
)


def pair(features: FeatureMap, X: FloatArray) -> tuple[NetworkConfig, NetworkConfig, FloatArray]:
    """A network that computes its features, one that is given them, and what that one is given."""
    computing = NetworkConfig((features.n, 3, 1), features=features)
    return computing, NetworkConfig((features.n, 3, 1)), features.apply(X)


@given(chosen=names)
def test_features_are_those_computed_by_hand_in_the_order_of_the_names(
    chosen: tuple[str, ...],
) -> None:
    wanted = np.array([BY_HAND[name] for name in chosen])
    np.testing.assert_array_equal(FeatureMap(chosen).apply(X3), wanted)


@given(chosen=names, X=examples)
@example(chosen=("sin_x1",), X=np.array([[2e-159, 0.0, 0.0, 0.0, 0.0], [0.0] * 5]))
@example(chosen=("x1",), X=np.array([[1e200, -1e200, 3e199], [0.0] * 3]))
def test_standardized_features_have_mean_0_and_standard_deviation_1_or_0(
    chosen: tuple[str, ...], X: FloatArray
) -> None:
    raw, values = FeatureMap(chosen).apply(X), FeatureMap.fit(chosen, X).apply(X)
    for row, plain in zip(values, raw, strict=True):
        size = float(np.abs(plain).max())
        spread = float((plain / (size or 1.0)).std())
        if spread <= 1e-12:
            np.testing.assert_allclose(row, 0.0, atol=1e-11 * max(size, 1.0))
        elif spread > 1e-6 and size > 1e-290:
            assert row.mean() == pytest.approx(0.0, abs=1e-8)
            assert row.std() == pytest.approx(1.0)


def test_other_examples_are_shifted_by_what_the_training_set_says() -> None:
    features = FeatureMap.fit(("x1", "x2"), [[0.0, 2.0], [10.0, 10.0]])
    assert (features.mean, features.scale) == ((1.0, 10.0), (1.0, 1.0))
    np.testing.assert_array_equal(features.apply([[5.0], [7.0]]), [[4.0], [-3.0]])
    assert FeatureMap.fit(["x1"], X3, standardize=False) == FeatureMap(("x1",))


def test_a_feature_that_is_constant_but_for_rounding_is_not_blown_up() -> None:
    X = np.full((2, 7), 0.1)
    X[:, ::2] = np.nextafter(0.1, 1.0)
    assert FeatureMap.fit(("x1", "x1_squared"), X).scale == (1.0, 1.0)


def test_maps_of_features_are_values() -> None:
    one, other = FeatureMap.fit(("x1", "sin_x2"), X3), FeatureMap.fit(["x1", "sin_x2"], X3)
    assert one == other
    assert len({one, other, FeatureMap(("x1", "sin_x2"))}) == 2
    assert one.n == 2


@given(chosen=names, standardize=st.booleans())
def test_every_function_takes_the_coordinates_and_computes_the_features_once(
    chosen: tuple[str, ...], standardize: bool
) -> None:
    features = FeatureMap.fit(chosen, X3, standardize)
    computing, given_them, values = pair(features, X3)
    parameters = initialize_parameters(computing, seed=1)
    Y = np.array([[0.0, 1.0, 1.0]])
    cache = forward_propagation(X3, parameters, computing)
    np.testing.assert_array_equal(cache.A[0], values)
    wanted = forward_propagation(values, parameters, given_them)
    np.testing.assert_array_equal(cache.A[-1], wanted.A[-1])
    for function in (compute_cost, gradient_check):
        assert function(X3, Y, parameters, computing) == function(values, Y, parameters, given_them)
    np.testing.assert_array_equal(
        backward_propagation(X3, Y, parameters, computing).vector,
        backward_propagation(values, Y, parameters, given_them).vector,
    )
    np.testing.assert_array_equal(
        predict(X3, parameters, computing), predict(values, parameters, given_them)
    )
    assert nncore.accuracy(X3, Y[0], parameters, computing) == nncore.accuracy(
        values, Y[0], parameters, given_them
    )


@pytest.mark.parametrize("batch_size", [None, 8])
def test_a_trainer_computes_them_once_whatever_changes(batch_size: int | None) -> None:
    data, other = (make_dataset("circles", 50, seed=seed) for seed in (1, 2))
    features = FeatureMap.fit(tuple(FEATURES), data.X)
    computing, given_them, _ = pair(features, data.X)
    parameters = initialize_parameters(computing, seed=1)
    training = TrainingConfig(learning_rate=0.5, batch_size=batch_size)
    one = Trainer(computing, training, parameters, data.X, data.Y)
    two = Trainer(given_them, training, parameters, features.apply(data.X), data.Y)
    for trainer, X in ((one, other.X), (two, features.apply(other.X))):
        trainer.run(20)
        trainer.set_parameters(trainer.parameters.copy())
        trainer.set_training(replace(training, l2=0.1))
        trainer.run(20)
        trainer.set_data(X, other.Y)
        trainer.run(20)
    np.testing.assert_array_equal(one.parameters.vector, two.parameters.vector)
    np.testing.assert_array_equal(one.gradients().vector, two.gradients().vector)
    assert one.cost() == two.cost() == compute_cost(other.X, other.Y, one.parameters, computing,
                                                    l2=0.1)  # fmt: skip


def test_with_squares_logistic_regression_learns_a_circle() -> None:
    data = make_dataset("circles", 200, noise=0.1, seed=1)
    reached = []
    for network in (NetworkConfig((2, 1), features=CIRCLE), NetworkConfig((2, 1))):
        trainer = Trainer(network, TrainingConfig(), initialize_parameters(network), data.X, data.Y)
        trainer.run(300)
        reached.append(nncore.accuracy(data.X, data.labels, trainer.parameters, network))
    assert reached[0] > 0.95
    assert reached[1] < 0.7


@settings(max_examples=30)
@given(chosen=names, X=examples)
def test_the_pictures_are_those_of_the_features(chosen: tuple[str, ...], X: FloatArray) -> None:
    X = X.astype(np.float32).astype(np.float64)
    network = NetworkConfig((len(chosen), 3, 1), features=FeatureMap.fit(chosen, X))
    parameters = initialize_parameters(network, seed=1)
    maps = GridEvaluator(network, X.shape[1]).evaluate(X.astype(np.float32), parameters)
    for got, exact in zip(maps, forward_propagation(X, parameters, network).A[1:], strict=True):
        assert got.dtype == np.float32
        np.testing.assert_allclose(got, exact, rtol=1e-3, atol=1e-4)


def test_the_pictures_follow_points_that_change_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    network = NetworkConfig((2, 1), features=CIRCLE)
    parameters = initialize_parameters(network, seed=1)
    evaluator, X = GridEvaluator(network, 3), X3.astype(np.float32)
    first = evaluator.evaluate(X, parameters)[-1].copy()
    compute = Mock(side_effect=CIRCLE.compute)
    monkeypatch.setattr(FeatureMap, "compute", compute)
    np.testing.assert_array_equal(evaluator.evaluate(X.copy(), parameters)[-1], first)
    assert compute.call_count == 0
    X[0, 1] += 1.0
    changed = evaluator.evaluate(X, parameters)[-1]
    assert changed[0, 1] != first[0, 1]
    assert compute.call_count == 1


@pytest.mark.parametrize("far", [1e30, 1e200])
def test_pictures_of_points_far_out_stay_finite_in_silence(far: float) -> None:
    network = NetworkConfig((7, 1), features=FeatureMap(tuple(FEATURES)))
    parameters = initialize_parameters(network, "constant")
    with np.errstate(all="raise"):
        maps = GridEvaluator(network, 2).evaluate(np.array([[far, 0], [far, 0]]), parameters)
    assert maps[0][0, 0] == 1.0


def test_what_a_float64_cannot_hold_is_refused_in_words() -> None:
    X = np.array([[1.0, 1e200], [0.0, 0.0]])
    message = "X has a value too large for the feature x1_squared in column 1"
    with np.errstate(all="raise"), pytest.raises(ValueError, match=message):
        CIRCLE.apply(X)


def test_the_largest_numbers_can_be_standardized() -> None:
    features = FeatureMap.fit(("x1",), np.full((2, 2), 1e308))
    assert features.mean == pytest.approx((1e308,))
    assert features.scale == (1.0,)


def test_numbers_that_have_lost_their_digits_are_not_spread_out() -> None:
    tiny, small = (FeatureMap.fit(("x1",), size * X3[:2]) for size in (1e-300, 1e-280))
    assert tiny.scale == (1.0,)
    assert small.scale is not None
    assert 0 < small.scale[0] < 1e-270


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (((),), "features are (); accepted: names of x1, x2, x1_squared"),
        (("x1",), "features are 'x1'; accepted: names of x1"),
        ((("x1", "x3"),), "features[1] is 'x3'; accepted: x1, x2, x1_squared, x2_squared"),
        ((("x1", "x2", "x1"),), "features[2] is 'x1' again; accepted: each name once"),
        ((("x1",), (0.0,)), "mean and scale belong together; accepted: both, or neither"),
        ((("x1",), None, (1.0,)), "mean and scale belong together"),
        ((("x1",), (0.0, 0.0), (1.0,)), "mean has 2 numbers; accepted: one per feature (1)"),
        ((("x1",), (np.nan,), (1.0,)), "mean[0] is nan; accepted: a finite number"),
        ((("x1",), (0.0,), (0.0,)), "scale[0] is 0.0; accepted: a finite number above 0"),
        ((("x1",), (0.0,), (np.inf,)), "scale[0] is inf; accepted: a finite number above 0"),
    ],
)
def test_maps_that_make_no_sense_are_refused(arguments: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        FeatureMap(*arguments)


def test_what_does_not_fit_is_refused() -> None:
    message = "layer_dims begins with 3; accepted for the features x1_squared, x2_squared: 2"
    with pytest.raises(ValueError, match=re.escape(message)):
        NetworkConfig((3, 1), features=CIRCLE)
    with pytest.raises(ValueError, match=re.escape("X has shape (3, 1); accepted: (2, m)")):
        CIRCLE.apply(np.ones((3, 1)))
    with pytest.raises(ValueError, match="X has no examples"):
        FeatureMap.fit(("x1",), np.ones((2, 0)))
    assert CIRCLE.apply(np.ones((2, 0))).shape == (2, 0)
