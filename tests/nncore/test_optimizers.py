import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore import (
    LEARNING_RATE_RANGE,
    OPTIMIZERS,
    FloatArray,
    NetworkConfig,
    OptimizerState,
    Parameters,
    Trainer,
    TrainingConfig,
    initialize_parameters,
    make_dataset,
)
from nncore.arrays import run_calls
from nncore.optimizers import Terms
from tests.nncore import textbook

NAMES = sorted(OPTIMIZERS)
RANDOM = np.random.default_rng(5)
GRADIENTS: list[FloatArray] = list(RANDOM.standard_normal((30, 7)))
START: FloatArray = RANDOM.standard_normal(7)
RATES = [0.1 * 0.9**t for t in range(30)]


def path(
    name: str,
    theta: FloatArray,
    gradients: list[FloatArray],
    rates: list[FloatArray],
    options: TrainingConfig,
) -> list[FloatArray]:
    """Return θ after each update; gradient and rate are written into the arrays of the tape."""
    theta, gradient, rate = theta.copy(), np.zeros_like(theta), np.zeros_like(rates[0])
    state = OptimizerState.zeros(OPTIMIZERS[name].slots, theta)
    calls = OPTIMIZERS[name].update(Terms(theta, gradient, rate, state, options))
    points = []
    for next_gradient, next_rate in zip(gradients, rates, strict=True):
        gradient[:], rate[()] = next_gradient, next_rate
        run_calls(calls)
        points.append(theta.copy())
    return points


def single_rates(rates: list[float]) -> list[FloatArray]:
    return [np.array(rate) for rate in rates]


@pytest.mark.parametrize("name", NAMES)
def test_every_update_is_that_of_the_textbook(name: str) -> None:
    points = path(name, START, GRADIENTS, single_rates(RATES), TrainingConfig())
    wanted = textbook.optimize(name, START, GRADIENTS, RATES)
    np.testing.assert_allclose(points, wanted, rtol=1e-12, atol=1e-14)


@settings(max_examples=30)
@given(
    name=st.sampled_from(NAMES),
    beta=st.floats(0, 0.99),
    betas=st.tuples(st.floats(0, 0.99), st.floats(0, 0.999)),
    epsilon=st.floats(1e-10, 0.1),
)
def test_the_options_are_those_of_the_textbook(
    name: str, beta: float, betas: tuple[float, float], epsilon: float
) -> None:
    options = TrainingConfig(
        momentum=beta, decay=beta, beta1=betas[0], beta2=betas[1], epsilon=epsilon
    )
    points = path(name, START, GRADIENTS, single_rates(RATES), options)
    wanted = textbook.optimize(name, START, GRADIENTS, RATES, beta, beta, betas, epsilon)
    np.testing.assert_allclose(points, wanted, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_the_options_of_the_record_and_no_others_change_its_path(name: str) -> None:
    usual = path(name, START, GRADIENTS, single_rates(RATES), TrainingConfig())
    others = {"momentum": 0.5, "decay": 0.5, "beta1": 0.5, "beta2": 0.5, "epsilon": 0.1}
    for option, value in others.items():
        options = TrainingConfig(**{option: value})  # type: ignore[arg-type]
        changed = path(name, START, GRADIENTS, single_rates(RATES), options)
        assert np.array_equal(changed, usual) == (option not in OPTIMIZERS[name].options), option


@pytest.mark.parametrize("name", NAMES)
def test_a_planted_error_is_seen(name: str) -> None:
    wanted = textbook.optimize(name, START, GRADIENTS, RATES)
    planted = [gradient.copy() for gradient in GRADIENTS]
    planted[10][3] *= 1.001
    points = path(name, START, planted, single_rates(RATES), TrainingConfig())
    np.testing.assert_allclose(points[:10], wanted[:10], rtol=1e-12, atol=1e-14)
    assert not np.allclose(points[10:], wanted[10:], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", NAMES)
def test_many_runs_in_one_vector_are_bit_for_bit_the_single_runs(name: str) -> None:
    options, factors = TrainingConfig(), (1.0, 0.3, 2.0)
    starts = [START * factor for factor in factors]
    together = path(
        name,
        np.concatenate(starts),
        [np.concatenate([gradient * factor for factor in factors]) for gradient in GRADIENTS],
        [np.repeat([rate * factor for factor in factors], 7) for rate in RATES],
        options,
    )
    for run, factor in enumerate(factors):
        single = path(
            name,
            starts[run],
            [gradient * factor for gradient in GRADIENTS],
            single_rates([rate * factor for rate in RATES]),
            options,
        )
        np.testing.assert_array_equal([theta[7 * run : 7 * run + 7] for theta in together], single)


@pytest.mark.parametrize("name", NAMES)
def test_only_who_takes_the_sum_reads_nothing_but_its_product_with_the_rate(name: str) -> None:
    mean = path(name, START, GRADIENTS, single_rates(RATES), TrainingConfig())
    sums = [8 * gradient for gradient in GRADIENTS]
    shares = single_rates([rate / 8 for rate in RATES])
    other = path(name, START, sums, shares, TrainingConfig())
    assert np.array_equal(other, mean) == OPTIMIZERS[name].takes_sum


@pytest.mark.parametrize("name", NAMES)
def test_every_optimizer_finds_the_least_squares_solution(name: str) -> None:
    X = RANDOM.standard_normal((2, 60))
    Y = 0.7 * X[:1] - 1.3 * X[1:] + 0.2 + 0.1 * RANDOM.standard_normal((1, 60))
    design = np.vstack([X, np.ones(60)])
    wanted = np.linalg.lstsq(design.T, Y[0], rcond=None)[0]
    training = TrainingConfig(
        name, 0.05, schedule="exponential", schedule_period=1000, schedule_factor=0.1
    )
    network = NetworkConfig((2, 1), output="linear")
    trainer = Trainer(network, training, Parameters.zeros((2, 1)), X, Y)
    trainer.run(3000)
    np.testing.assert_allclose(trainer.parameters.vector, wanted, atol=1e-4)


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_momentum_is_ahead_of_gradient_descent_in_a_narrow_valley(name: str) -> None:
    X = np.vstack([RANDOM.standard_normal(60), 0.1 * RANDOM.standard_normal(60)])
    network = NetworkConfig((2, 1), output="linear")
    costs = {}
    for optimizer in ("gradient_descent", name):
        training = TrainingConfig(optimizer, 0.1)
        trainer = Trainer(network, training, Parameters.zeros((2, 1)), X, X[:1] + X[1:])
        trainer.run(300)
        costs[optimizer] = trainer.cost()
    assert costs[name] < 0.1 * costs["gradient_descent"]


@pytest.mark.parametrize("name", NAMES)
def test_the_default_learning_rate_trains_the_classroom_network(name: str) -> None:
    data, network = make_dataset("moons", 200, seed=2), NetworkConfig((2, 4, 1))
    training = TrainingConfig(name, OPTIMIZERS[name].learning_rate)
    trainer = Trainer(network, training, initialize_parameters(network, seed=2), data.X, data.Y)
    before = trainer.cost()
    trainer.run(2000)
    assert trainer.cost() < 0.3 * before


@pytest.mark.parametrize("name", NAMES)
def test_texts_for_people_are_complete(name: str) -> None:
    record = OPTIMIZERS[name]
    assert record.name == name
    assert record.label
    assert "θ := θ " in record.formula
    assert record.description.endswith(".")
    assert any(character.isdigit() for character in record.source) or "Notes" in record.source
    assert record.learning_rate_range == LEARNING_RATE_RANGE
    assert record.learning_rate_range.contains(record.learning_rate)
