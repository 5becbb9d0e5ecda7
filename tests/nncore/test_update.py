"""The second half of an iteration: clipping, the mean gradient, the scheduled rate."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nncore import (
    OPTIMIZERS,
    SCHEDULES,
    FloatArray,
    NetworkConfig,
    Trainer,
    TrainingConfig,
    backward_propagation,
)
from nncore.update import clipping_step
from tests.nncore import textbook
from tests.nncore.cases import make_case

NETWORK = NetworkConfig((2, 5, 3, 3), "tanh", "softmax")
CASE = make_case(NETWORK, 50, seed=4)


def followed(training: TrainingConfig, iterations: int) -> tuple[FloatArray, FloatArray]:
    """Return θ of a trainer, and θ of the textbook's optimizer along the same points."""
    trainer = Trainer(NETWORK, training, CASE.parameters, CASE.X, CASE.Y)
    gradients, rates = [], []
    for iteration in range(iterations):
        penalties = (training.l1, training.l2)
        gradient = backward_propagation(CASE.X, CASE.Y, trainer.parameters, NETWORK, *penalties)
        clipped = gradient.vector
        if training.clip_norm is not None:
            clipped = textbook.clip(clipped, training.clip_norm)
        gradients.append(clipped)
        share = textbook.schedule(
            training.schedule, iteration, training.schedule_period, training.schedule_factor
        )
        rates.append(training.learning_rate * share)
        trainer.run(1)
    wanted = textbook.optimize(training.optimizer, CASE.parameters.vector, gradients, rates)
    return trainer.parameters.vector, wanted[-1]


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
@pytest.mark.parametrize("schedule", sorted(SCHEDULES))
@pytest.mark.parametrize(
    "more", [{}, {"clip_norm": 0.05}, {"l1": 0.3, "l2": 0.4, "clip_norm": 0.1}]
)
def test_a_full_batch_run_is_that_of_the_textbook(
    optimizer: str, schedule: str, more: dict[str, Any]
) -> None:
    training = TrainingConfig(
        optimizer, 0.02, schedule=schedule, schedule_period=7, schedule_factor=0.5, **more
    )
    given_by_trainer, wanted = followed(training, 20)
    np.testing.assert_allclose(given_by_trainer, wanted, rtol=0, atol=1e-10)


def test_the_clipped_runs_above_are_really_clipped() -> None:
    gradient = backward_propagation(CASE.X, CASE.Y, CASE.parameters, NETWORK).vector
    assert np.linalg.norm(gradient) > 0.1


def test_the_mean_gradient_of_a_short_batch_is_its_own() -> None:
    # Two copies of one example in the batches of 2, a single one in the short batch: all means
    # are the same, so full batch and mini-batches walk the same path.
    X, Y = np.ones((2, 5)), np.eye(3)[:, [1] * 5]
    for optimizer in OPTIMIZERS:
        ends = []
        for batch_size in (None, 2):
            training = TrainingConfig(optimizer, 0.05, batch_size, clip_norm=0.3)
            trainer = Trainer(NETWORK, training, CASE.parameters, X, Y)
            trainer.run(9)
            ends.append(trainer.parameters.vector.copy())
        np.testing.assert_allclose(ends[0], ends[1], rtol=1e-9, atol=1e-12)


@given(
    summed=arrays(np.float64, 6, elements=st.floats(-1e3, 1e3).map(lambda x: round(x, 6))),
    clip_norm=st.floats(1e-3, 1e3),
    m=st.integers(1, 100),
)
def test_clipping_shortens_the_mean_and_keeps_its_direction(
    summed: FloatArray, clip_norm: float, m: int
) -> None:
    wanted = m * textbook.clip(summed / m, clip_norm)
    with np.errstate(all="ignore"):
        clipping_step(summed, clip_norm, m).run()
    np.testing.assert_allclose(summed, wanted, rtol=1e-12)


@pytest.mark.parametrize("size", [1e-320, 1e-200, 1e200, 1e307])
def test_gradients_of_any_size_are_clipped_not_lost(size: float) -> None:
    summed = np.array([3.0, 0.0, -4.0]) * size
    before = summed.copy()
    with np.errstate(all="ignore"):
        clipping_step(summed, 1.0, 1).run()
    wanted = before if size < 1 else [0.6, 0.0, -0.8]
    np.testing.assert_allclose(summed, wanted, rtol=1e-12)


@pytest.mark.parametrize("broken", [np.inf, np.nan])
def test_a_gradient_that_is_not_finite_stays_so_for_the_trainer_to_find(broken: float) -> None:
    summed = np.array([1.0, broken, 2.0])
    with np.errstate(all="ignore"):
        clipping_step(summed, 0.1, 1).run()
    np.testing.assert_array_equal(summed, [1.0, broken, 2.0])


def test_without_clipping_and_schedule_gradient_descent_has_two_calls() -> None:
    trainer = Trainer(NETWORK, TrainingConfig(), CASE.parameters, CASE.X, CASE.Y)
    steps = trainer._batches.last.tape.steps
    assert len(steps[-1].calls) == 2
    assert steps[-2].name == "m·dW[1], m·db[1]"
    clipped = replace(trainer.training, clip_norm=1.0, schedule="cosine")
    trainer.set_training(clipped)
    steps = trainer._batches.last.tape.steps
    assert [step.name for step in steps[-3:]] == ["m·dθ", "αₜ, t", "θ"]
