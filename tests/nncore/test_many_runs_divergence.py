"""Runs of a stack that overflow: each stops alone, as a trainer would, and disturbs no other."""

from dataclasses import replace

import numpy as np
import pytest

from nncore import (
    OPTIMIZERS,
    History,
    ManyRuns,
    NetworkConfig,
    Parameters,
    Trainer,
    TrainingConfig,
    initialize_parameters,
    make_dataset,
)
from nncore.arrays import DType

DATA = make_dataset("flower", 50, seed=1)
EXPLODING = NetworkConfig((1, 1), output="linear")
"""Linear regression: with a learning rate above 2 its single weight grows without bound."""
SETTINGS = TrainingConfig()


def explosion(
    rates: list[float], dtype: DType = np.float64, training: TrainingConfig = SETTINGS
) -> ManyRuns:
    parameters = [Parameters.from_layers([[[1.0]]], [[0.0]])] * len(rates)
    X, Y = [[1.0, -1.0]], [[0.0, 0.0]]
    return ManyRuns(EXPLODING, training, parameters, X, Y, rates, dtype)


@pytest.mark.parametrize(
    "training", [SETTINGS, TrainingConfig(schedule="exponential", schedule_period=50_000)]
)
def test_a_run_that_overflows_stops_alone_as_a_trainer_would(training: TrainingConfig) -> None:
    rates = [0.5, 3.0, 0.1, 9.0]
    together = explosion(rates, training=training)
    together.run(3000)
    for run, rate in enumerate(rates):
        trainer = Trainer(
            EXPLODING,
            replace(training, learning_rate=rate),
            explosion([1.0]).parameters(0),
            [[1.0, -1.0]],
            [[0.0, 0.0]],
            history=History(0),
        )
        trainer.run(3000)
        assert together.divergences[run] == trainer.divergence
        wanted = trainer.parameters.vector
        np.testing.assert_allclose(together.parameters(run).vector, wanted, rtol=1e-12)
        assert together.costs()[run] == pytest.approx(trainer.cost(), rel=1e-11)
    assert [divergence is None for divergence in together.divergences] == [True, False, True, False]
    assert together.iteration == 3000


@pytest.mark.parametrize("iterations", [[3000], [700, 1, 99, 2200]])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_others_go_on_to_the_last_bit(iterations: list[int], dtype: DType) -> None:
    together, calm = explosion([0.5, 3.0, 0.1, 9.0], dtype), explosion([0.5, 0.1, 0.1, 0.1], dtype)
    for number in iterations:
        together.run(number)
    calm.run(3000)
    for run in (0, 2):
        np.testing.assert_array_equal(together.parameters(run).vector, calm.parameters(run).vector)
    for run in (1, 3):
        assert np.isfinite(together.parameters(run).vector).all()
        assert np.isfinite(together.costs()[run])


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_every_optimizer_survives_a_run_that_overflows(optimizer: str) -> None:
    network, training = NetworkConfig((2, 3, 1), "relu", "linear"), TrainingConfig(optimizer)
    parameters = [initialize_parameters(network, seed=seed) for seed in range(3)]
    huge = parameters[1].vector * 1e160
    parameters[1] = Parameters(network.layer_dims, huge)
    together = ManyRuns(network, training, parameters, DATA.X, DATA.Y, [1e-3] * 3)
    together.run(600)
    (first, failed, last), kept = together.divergences, together.parameters(1)
    assert first is last is None
    assert failed is not None
    assert failed.iteration == 1
    np.testing.assert_array_equal(kept.vector, huge)
    assert not together._stacks[0]._learner.theta.run(1).vector.any()
    slow = replace(training, learning_rate=1e-3)
    for run in (0, 2):
        trainer = Trainer(network, slow, parameters[run], DATA.X, DATA.Y, history=History(0))
        trainer.run(600)
        got = together.parameters(run).vector
        np.testing.assert_allclose(got, trainer.parameters.vector, rtol=1e-9)


def test_what_is_handed_out_of_a_run_that_stopped_is_a_copy() -> None:
    together = explosion([9.0])
    together.run(3000)
    kept = together.parameters(0).vector.copy()
    together.parameters(0).vector[:] = 7.0
    np.testing.assert_array_equal(together.parameters(0).vector, kept)


def test_when_all_have_stopped_nothing_runs_any_more() -> None:
    together = explosion([5.0, 9.0])
    together.run(10_000)
    stopped = together.iteration
    assert stopped < 10_000
    together.run(1000)
    assert together.iteration == stopped
