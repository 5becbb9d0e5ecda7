import re
from typing import Any

import numpy as np
import pytest

from nncore import (
    DATASETS,
    NetworkConfig,
    Trainer,
    TrainingConfig,
    accuracy,
    initialize_parameters,
    make_dataset,
)

NAMES = sorted(DATASETS)


def test_the_six_datasets_are_there() -> None:
    assert set(DATASETS) == {"flower", "moons", "circles", "xor", "gaussians", "spiral"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("m", [0, 1, 2, 7, 400])
def test_any_number_of_points_is_split_between_the_classes(name: str, m: int) -> None:
    data = make_dataset(name, m, seed=1)
    assert data.X.shape == (2, m)
    assert data.X.dtype == np.float64
    assert data.Y.tolist() == [data.labels.tolist()]
    assert data.labels.dtype == np.int64
    assert np.bincount(data.labels, minlength=2).tolist() == [m - m // 2, m // 2]
    assert data.n_classes == 2


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
        ("spiral", (16, 16), 0.3, 0.95),
    ],
)
def test_each_can_be_learned(
    name: str, hidden: tuple[int, ...], learning_rate: float, wanted: float
) -> None:
    data = make_dataset(name, 300, seed=1)
    network = NetworkConfig((2, *hidden, 1))
    parameters = initialize_parameters(network, "xavier", seed=1)
    trainer = Trainer(
        network, TrainingConfig(learning_rate=learning_rate), parameters, data.X, data.Y
    )
    trainer.run(4000)
    assert accuracy(data.X, data.labels, trainer.parameters, network) > wanted


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
