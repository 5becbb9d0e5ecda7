import re
from typing import Any

import numpy as np
import pytest

from nncore import (
    DATASETS,
    Dataset,
    NetworkConfig,
    Trainer,
    TrainingConfig,
    accuracy,
    encode_labels,
    initialize_parameters,
    make_dataset,
)

NAMES = sorted(DATASETS)


THREE = {"blobs", "spiral3"}
REGRESSIONS = {"line", "hill"}


def test_the_datasets_are_there() -> None:
    two = {"flower", "moons", "circles", "xor", "gaussians", "spiral", "checkerboard", "separable"}
    assert set(DATASETS) == two | THREE | REGRESSIONS


def test_each_says_what_it_is_made_for() -> None:
    assert {name for name in NAMES if DATASETS[name].task == "regression"} == REGRESSIONS
    assert {name for name in NAMES if DATASETS[name].n_classes == 3} == THREE


@pytest.mark.parametrize("name", sorted(set(NAMES) - REGRESSIONS))
@pytest.mark.parametrize("m", [0, 1, 2, 7, 400])
def test_any_number_of_points_is_shared_out_between_the_classes(name: str, m: int) -> None:
    data, n_classes = make_dataset(name, m, seed=1), 3 if name in THREE else 2
    assert data.X.shape == (2, m)
    assert data.X.dtype == np.float64
    assert data.labels.dtype == np.int64
    counts = np.bincount(data.labels, minlength=n_classes)
    assert counts.tolist() == sorted(counts, reverse=True)
    assert counts.sum() == m
    assert np.ptp(counts) <= 1
    assert data.n_classes == n_classes
    np.testing.assert_array_equal(data.Y, encode_labels(data.labels, n_classes))


def test_classes_are_evenly_spaced_values_too() -> None:
    assert make_dataset("moons", 4).values.tolist() == [-1, -1, 1, 1]
    assert make_dataset("blobs", 6).values.tolist() == [-1, -1, 0, 0, 1, 1]


@pytest.mark.parametrize("name", sorted(REGRESSIONS))
@pytest.mark.parametrize("m", [0, 1, 400])
def test_a_regression_has_values_between_the_ends_of_the_scale(name: str, m: int) -> None:
    data = make_dataset(name, m, seed=1)
    assert data.X.shape == (2, m)
    assert data.Y.tolist() == [data.values.tolist()]
    assert data.labels.tolist() == [0] * m
    assert data.values.dtype == np.float64
    assert np.abs(data.values).max(initial=0.0) <= 1


def test_noise_moves_the_points_of_a_regression_and_keeps_their_values() -> None:
    clean, noisy = (make_dataset("line", 300, noise, seed=3) for noise in (0.0, 1.0))
    np.testing.assert_allclose(clean.values, clean.X.sum(axis=0) / 9)
    np.testing.assert_array_equal(noisy.values, clean.values)
    assert np.std(noisy.X - clean.X) == pytest.approx(1.0, rel=0.1)


def test_the_hill_is_its_formula() -> None:
    data = make_dataset("hill", 300, noise=0.0, seed=3)
    np.testing.assert_allclose(data.values, np.exp(-(data.X**2).sum(axis=0) / 4.5))


def test_the_margin_of_the_separable_classes_is_clear() -> None:
    data = make_dataset("separable", 400, noise=0.0, seed=3)
    distance = (data.X[0] + 2 * data.X[1]) / np.sqrt(5)
    assert np.abs(distance).min() >= 0.8
    np.testing.assert_array_equal(distance > 0, data.labels == 1)


def test_neighbors_on_the_checkerboard_differ() -> None:
    data = make_dataset("checkerboard", 400, noise=0.0, seed=3)
    squares = np.floor(data.X / 2).sum(axis=0) % 2
    np.testing.assert_array_equal(squares, data.labels)


def test_the_arms_of_the_spirals_are_turns_of_the_first() -> None:
    for name, arms in (("spiral", 2), ("spiral3", 3)):
        X = make_dataset(name, 50 * arms, noise=0.0).X
        arm = X[0] + 1j * X[1]
        for k in range(1, arms):
            turned = arm[:50] * np.exp(2j * np.pi * k / arms)
            np.testing.assert_allclose(arm[50 * k : 50 * (k + 1)], turned, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_the_points_fill_the_common_canvas(name: str) -> None:
    X = make_dataset(name, 400, seed=1).X
    assert np.abs(X).max() < 5.5
    assert np.mean(np.abs(X) <= 5.0) > 0.99
    assert np.abs(X).max() > 3.0
    assert np.all(np.abs(X.mean(axis=1)) < 0.5)


@pytest.mark.parametrize("name", NAMES)
def test_the_seed_decides(name: str) -> None:
    first = make_dataset(name, 50, seed=4).X
    np.testing.assert_array_equal(first, make_dataset(name, 50, seed=4).X)
    assert not np.array_equal(first, make_dataset(name, 50, seed=5).X)


@pytest.mark.parametrize("name", NAMES)
def test_more_noise_moves_the_points_further(name: str) -> None:
    clean = make_dataset(name, 300, noise=0.0, seed=4).X
    moved = [np.abs(make_dataset(name, 300, noise, seed=4).X - clean).mean() for noise in (0.1, 1)]
    assert 0 < moved[0] < moved[1]


def test_the_flower_without_noise_is_its_formula() -> None:
    X = make_dataset("flower", 400, noise=0.0).X
    t = np.linspace(3.12, 6.24, 200)
    r = 4 * np.sin(4 * t)
    np.testing.assert_allclose(X[:, 200:], [r * np.sin(t), r * np.cos(t)], atol=1e-12)


@pytest.mark.parametrize(
    ("name", "hidden", "learning_rate", "wanted"),
    [
        ("moons", (6,), 0.5, 0.98),
        ("circles", (6,), 0.5, 0.98),
        ("xor", (6,), 0.5, 0.95),
        ("gaussians", (), 0.1, 0.97),
        ("blobs", (), 0.1, 0.98),
        ("spiral", (16, 16), 0.3, 0.95),
        ("spiral3", (16, 16), 0.3, 0.95),
        ("checkerboard", (32, 16), 0.3, 0.95),
        ("separable", (), 0.1, 1.0),
    ],
)
def test_each_can_be_learned(
    name: str, hidden: tuple[int, ...], learning_rate: float, wanted: float
) -> None:
    data, trainer = _trained(name, hidden, learning_rate)
    assert accuracy(data.X, data.labels, trainer.parameters, trainer.network) >= wanted


@pytest.mark.parametrize(("name", "hidden", "rate"), [("line", (), 0.05), ("hill", (8,), 0.1)])
def test_each_regression_can_be_learned(name: str, hidden: tuple[int, ...], rate: float) -> None:
    data, trainer = _trained(name, hidden, rate)
    assert trainer.cost() < 0.05 * np.var(data.values)


def _trained(name: str, hidden: tuple[int, ...], learning_rate: float) -> tuple[Dataset, Trainer]:
    data = make_dataset(name, 300, seed=1)
    output = "softmax" if data.n_classes > 2 else "sigmoid"
    if DATASETS[name].task == "regression":
        output = "linear"
    network = NetworkConfig((2, *hidden, len(data.Y)), output=output)
    parameters = initialize_parameters(network, "xavier", seed=1)
    training = TrainingConfig(learning_rate=learning_rate)
    trainer = Trainer(network, training, parameters, data.X, data.Y)
    trainer.run(4000)
    return data, trainer


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "flour"}, "dataset is 'flour'; accepted: flower, moons, circles, xor"),
        ({"name": "xor", "m": -1}, "m is -1; accepted: a whole number from 0 up"),
        ({"name": "xor", "m": 2.5}, "m is 2.5; accepted: a whole number from 0 up"),
        ({"name": "xor", "noise": -0.1}, "noise is -0.1; accepted: a number from 0 up"),
        ({"name": "xor", "noise": float("nan")}, "noise is nan; accepted: a number from 0 up"),
        ({"name": "xor", "seed": -3}, "seed is -3; accepted: a whole number from 0 up"),
    ],
)
def test_wrong_choices_are_refused_in_words(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        make_dataset(**arguments)


@pytest.mark.parametrize("name", NAMES)
def test_texts_for_people_are_complete(name: str) -> None:
    record = DATASETS[name]
    assert record.name == name
    assert record.label
    assert record.formula
    assert record.description.endswith(".")
    assert record.noise_range.contains(record.noise)
