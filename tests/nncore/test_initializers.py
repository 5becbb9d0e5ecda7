import re
from typing import Any

import numpy as np
import pytest

from nncore import INITIALIZERS, NetworkConfig, Parameters, initialize_parameters

WIDE = NetworkConfig((200, 300, 100))


def test_the_initializers_of_the_notes_come_first() -> None:
    assert list(INITIALIZERS) == [
        *("zeros", "constant", "small_random", "large_random", "uniform_positive"),
        *("xavier", "glorot", "he", "lecun", "orthogonal"),
    ]


@pytest.mark.parametrize(
    ("name", "variances"),
    [
        ("small_random", (1e-4, 1e-4)),
        ("large_random", (100.0, 100.0)),
        ("xavier", (1 / 200, 1 / 300)),
        ("glorot", (2 / 500, 2 / 400)),
        ("he", (2 / 200, 2 / 300)),
        ("lecun", (1 / 200, 1 / 300)),
        ("orthogonal", (1 / 300, 1 / 300)),  # unit columns of 300, unit rows of 300
    ],
)
def test_random_weights_have_mean_zero_and_the_variance_of_the_formula(
    name: str, variances: tuple[float, float]
) -> None:
    for W, variance in zip(initialize_parameters(WIDE, name, seed=3).W, variances, strict=True):
        # 30,000 draws and more: 4 % are seven standard errors of a variance.
        assert W.var() == pytest.approx(variance, rel=0.04)
        assert abs(W.mean()) < 0.03 * np.sqrt(variance)


def test_uniform_positive_is_the_slip_of_rand_for_randn() -> None:
    W = initialize_parameters(WIDE, "uniform_positive", seed=3).W[0]
    assert 0.0 <= W.min() < 0.01
    assert 0.99 < W.max() < 1.0
    assert W.mean() == pytest.approx(0.5, abs=0.01)


def test_lecun_fills_its_interval_evenly() -> None:
    limit = np.sqrt(3 / 200)
    W = initialize_parameters(WIDE, "lecun", seed=3).W[0] / limit
    counts, _ = np.histogram(W, bins=10, range=(-1.0, 1.0))
    assert counts.sum() == W.size
    assert counts.min() > 0.95 * W.size / 10


def test_lecun_is_another_draw_than_xavier_of_the_same_variance() -> None:
    lecun, xavier = (initialize_parameters(WIDE, name, seed=3) for name in ("lecun", "xavier"))
    assert not np.isclose(lecun.W[0], xavier.W[0]).all()
    assert lecun.W[0].var() == pytest.approx(xavier.W[0].var(), rel=0.04)


@pytest.mark.parametrize("scale", [1.0, 0.5, 3.0])
@pytest.mark.parametrize("dims", [(7, 7), (9, 4), (4, 9), (1, 5), (5, 1), (1, 1)])
def test_the_shorter_side_of_orthogonal_weights_is_orthonormal(
    dims: tuple[int, int], scale: float
) -> None:
    W = initialize_parameters(NetworkConfig(dims), "orthogonal", seed=4, scale=scale).W[0] / scale
    product = W @ W.T if W.shape[0] <= W.shape[1] else W.T @ W
    np.testing.assert_allclose(product, np.eye(min(dims)), atol=1e-14)


def test_orthogonal_weights_favour_no_direction() -> None:
    """Without the signs of R's diagonal the first entry of Q would always be negative."""
    first = [
        initialize_parameters(NetworkConfig((2, 2)), "orthogonal", seed).W[0][0, 0]
        for seed in range(400)
    ]
    assert abs(np.mean(first)) < 0.15  # four standard errors of a cosine
    assert np.mean(np.array(first) > 0) == pytest.approx(0.5, abs=0.1)


def test_zeros_and_constant_break_no_symmetry() -> None:
    assert not initialize_parameters(WIDE, "zeros").vector.any()
    assert np.unique(initialize_parameters(WIDE, "constant").W[0]).tolist() == [0.5]


@pytest.mark.parametrize("name", sorted(INITIALIZERS))
def test_biases_start_at_zero(name: str) -> None:
    assert not any(b.any() for b in initialize_parameters(WIDE, name, seed=5).b)


@pytest.mark.parametrize("name", sorted(INITIALIZERS))
def test_biases_may_start_at_a_number_and_the_weights_stay(name: str) -> None:
    plain = initialize_parameters(WIDE, name, seed=5)
    raised = initialize_parameters(WIDE, name, seed=5, bias=-0.1)
    for layer in range(2):
        np.testing.assert_array_equal(raised.W[layer], plain.W[layer])
        assert np.unique(raised.b[layer]).tolist() == [-0.1]


def test_given_weights_are_copied() -> None:
    given = initialize_parameters(WIDE, "he", seed=1, bias=2.0)
    first = initialize_parameters(WIDE, given)
    np.testing.assert_array_equal(first.vector, given.vector)
    given.vector[:] = 0.0
    assert first.vector.any()


def test_given_weights_that_do_not_fit_are_refused_in_words() -> None:
    small, broken = Parameters.zeros((2, 3)), Parameters.zeros((2, 3))
    broken.W[0][1, 0] = np.nan
    network = NetworkConfig((2, 3))
    with pytest.raises(ValueError, match=re.escape("layer_dims is (2, 3); accepted: (200, 300")):
        initialize_parameters(WIDE, small)
    with pytest.raises(ValueError, match="W1 has a value that is not finite in column 0"):
        initialize_parameters(network, broken)
    with pytest.raises(ValueError, match="bias is given; accepted with given weights: no option"):
        initialize_parameters(network, small, bias=1.0)


@pytest.mark.parametrize("name", sorted(INITIALIZERS))
def test_the_seed_decides(name: str) -> None:
    first = initialize_parameters(WIDE, name, seed=5).vector
    np.testing.assert_array_equal(first, initialize_parameters(WIDE, name, seed=5).vector)
    other = initialize_parameters(WIDE, name, seed=6).vector
    assert np.array_equal(first, other) == (name in ("zeros", "constant"))


def test_scale_replaces_the_factor_in_front() -> None:
    small = initialize_parameters(WIDE, "small_random", seed=1).vector
    scaled = initialize_parameters(WIDE, "small_random", seed=1, scale=0.02).vector
    np.testing.assert_allclose(scaled, 2 * small)


@pytest.mark.parametrize(
    ("name", "seed", "options", "message"),
    [
        ("xaver", 0, {}, "initializer is 'xaver'; accepted: zeros, constant, small_random"),
        ("he", -1, {}, "seed is -1; accepted: a whole number from 0 up"),
        ("he", 0, {"gain": 2.0}, "initializer option is 'gain'; accepted: scale, bias"),
        ("he", 0, {"bias": float("inf")}, "bias is inf; accepted: a finite number"),
        ("he", 0, {"bias": None}, "bias is None; accepted: a finite number"),
        ("he", 0, {"scale": -2.0}, "scale is -2.0; accepted: a number from 0 up"),
    ],
)
def test_wrong_choices_are_refused_in_words(
    name: str, seed: int, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        initialize_parameters(WIDE, name, seed, **options)


@pytest.mark.parametrize("name", sorted(INITIALIZERS))
def test_texts_for_people_are_complete(name: str) -> None:
    record = INITIALIZERS[name]
    assert record.name == name
    assert record.label
    assert record.formula.startswith("W = ")
    assert record.description.endswith(".")
