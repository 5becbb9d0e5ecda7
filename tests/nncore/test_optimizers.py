import numpy as np
import pytest

from nncore import LEARNING_RATE_RANGE, OPTIMIZERS, TrainingConfig
from nncore.arrays import run_calls
from nncore.optimizer_state import OptimizerState


def test_gradient_descent_steps_down_the_mean_gradient() -> None:
    theta, summed, rate = np.array([1.0, -2.0]), np.array([10.0, 4.0]), np.array(0.5 / 20)
    memory = OptimizerState.zeros((), theta)
    calls = OPTIMIZERS["gradient_descent"].update(theta, summed, rate, memory, TrainingConfig())
    run_calls(calls)
    np.testing.assert_allclose(theta, [1.0 - 0.5 * 10.0 / 20, -2.0 - 0.5 * 4.0 / 20])
    rate[()] = 0.0
    before = theta.copy()
    run_calls(calls)
    np.testing.assert_array_equal(theta, before)


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_texts_for_people_are_complete(name: str) -> None:
    record = OPTIMIZERS[name]
    assert record.name == name
    assert record.label
    assert "θ := θ " in record.formula
    assert record.description.endswith(".")
    assert record.learning_rate_range == LEARNING_RATE_RANGE
