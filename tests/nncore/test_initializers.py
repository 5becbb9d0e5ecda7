import re

import numpy as np
import pytest

from nncore import INITIALIZERS, NetworkConfig, initialize_parameters

WIDE = NetworkConfig((200, 300, 100))


def test_the_initializers_of_the_notes_are_there() -> None:
    assert set(INITIALIZERS) == {
        "zeros",
        "constant",
        "small_random",
        "large_random",
        "uniform_positive",
        "xavier",
        "glorot",
        "he",
    }


@pytest.mark.parametrize(
    ("name", "variances"),
    [
        ("small_random", (1e-4, 1e-4)),
        ("large_random", (100.0, 100.0)),
        ("xavier", (1 / 200, 1 / 300)),
        ("glorot", (2 / 500, 2 / 400)),
        ("he", (2 / 200, 2 / 300)),
    ],
)
def test_gaussian_weights_have_mean_zero_and_the_variance_of_the_formula(
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


def test_zeros_and_constant_break_no_symmetry() -> None:
    assert not initialize_parameters(WIDE, "zeros").vector.any()
    assert np.unique(initialize_parameters(WIDE, "constant").W[0]).tolist() == [0.5]


@pytest.mark.parametrize("name", sorted(INITIALIZERS))
def test_biases_start_at_zero(name: str) -> None:
    assert not any(b.any() for b in initialize_parameters(WIDE, name, seed=5).b)


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
        ("he", 0, {"gain": 2.0}, "initializer option is 'gain'; accepted: scale"),
        ("he", 0, {"scale": -2.0}, "scale is -2.0; accepted: a number from 0 up"),
    ],
)
def test_wrong_choices_are_refused_in_words(
    name: str, seed: int, options: dict[str, float], message: str
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
