import numpy as np
import pytest

from nncore import (
    OPTIMIZERS,
    NetworkConfig,
    Trainer,
    TrainingConfig,
    backward_propagation,
    compute_cost,
)
from nncore.tiles import TrainingSet
from tests.nncore.cases import Case, make_case

NETWORK = NetworkConfig((2, 6, 5, 3), ("relu", "tanh"), "softmax")
CASE = make_case(NETWORK, 101, seed=3)
TILE_BYTES = 4 * 8 * 16 * 30  # 30 examples of 16 units


def make_trainer(training: TrainingConfig, case: Case = CASE) -> Trainer:
    return Trainer(case.network, training, case.parameters, case.X, case.Y)


@pytest.fixture
def small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nncore.tiles.TILE_BYTES", TILE_BYTES)


def tiled(case: Case) -> TrainingSet:
    return TrainingSet(case.network, case.X, case.Y)


@pytest.mark.usefixtures("small_tiles")
def test_the_tiles_are_the_examples_in_their_order() -> None:
    tiles = tiled(CASE).tiles
    columns, targets = [], []
    for tile in tiles:
        for step in tile.load:
            step.run()
        columns.append(tile.work.A[0].copy())
        targets.append(tile.work.Y.copy())
    assert [X.shape[1] for X in columns] == [25, 25, 25, 26]
    np.testing.assert_array_equal(np.hstack(columns), CASE.X)
    np.testing.assert_array_equal(np.hstack(targets), CASE.Y)
    assert len({tile.work for tile in tiles}) == 2


def test_a_set_that_fits_is_one_pass_without_copies() -> None:
    (tile,) = tiled(CASE).tiles
    assert tile.load == ()
    np.testing.assert_array_equal(tile.work.A[0], CASE.X)


@pytest.mark.usefixtures("small_tiles")
def test_cost_and_gradients_are_those_of_one_pass_to_rounding() -> None:
    trainer = make_trainer(TrainingConfig(l1=0.3, l2=0.2))
    arguments = (CASE.X, CASE.Y, CASE.parameters, NETWORK, 0.3, 0.2)
    assert trainer.cost() == pytest.approx(compute_cost(*arguments), rel=1e-14)
    wanted = backward_propagation(*arguments).vector
    np.testing.assert_allclose(trainer.gradients().vector, wanted, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_training_in_tiles_is_training_in_one_pass_to_rounding(
    optimizer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = TrainingConfig(optimizer, 0.02, l2=0.1, clip_norm=0.5)
    whole = make_trainer(training)
    monkeypatch.setattr("nncore.tiles.TILE_BYTES", TILE_BYTES)
    parts = make_trainer(training)
    for trainer in (whole, parts):
        trainer.run(50)
    np.testing.assert_allclose(parts.parameters.vector, whole.parameters.vector, atol=1e-10)
    assert not np.array_equal(parts.parameters.vector, CASE.parameters.vector)


@pytest.mark.usefixtures("small_tiles")
def test_repeat_runs_in_tiles_are_bit_identical_however_they_are_sliced() -> None:
    whole, sliced = (make_trainer(TrainingConfig(learning_rate=0.1)) for _ in range(2))
    whole.run(300)
    for iterations in (1, 100, 199):
        sliced.run(iterations)
    np.testing.assert_array_equal(whole.parameters.vector, sliced.parameters.vector)


@pytest.mark.usefixtures("small_tiles")
@pytest.mark.parametrize("m", [101, 154])  # the shares of 154 examples carry it over the edge
def test_a_cost_beyond_the_numbers_is_the_largest_number(m: int) -> None:
    case = make_case(NetworkConfig((2, 6, 5, 1), "identity", "linear"), m, seed=3)
    case.parameters.vector *= 1e70
    trainer = make_trainer(TrainingConfig(), case)
    assert trainer.cost() == pytest.approx(np.finfo(np.float64).max)
    assert np.isfinite(trainer.cost())
    case.parameters.vector *= 1e100
    trainer.set_parameters(case.parameters)
    assert not np.isfinite(trainer.cost())


@pytest.mark.usefixtures("small_tiles")
def test_a_divergence_in_tiles_keeps_the_last_finite_state() -> None:
    case = make_case(NetworkConfig((2, 6, 5, 1), "relu", "linear"), 101, seed=3)
    trainer = make_trainer(TrainingConfig(learning_rate=5.0), case)
    trainer.run(400)
    assert trainer.divergence is not None
    assert np.isfinite(trainer.parameters.vector).all()
    assert np.isfinite(trainer.cost())
