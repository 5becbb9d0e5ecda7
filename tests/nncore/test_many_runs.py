import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nncore.many_runs
from nncore import (
    ACTIVATIONS,
    OPTIMIZERS,
    OUTPUTS,
    FeatureMap,
    FloatArray,
    History,
    ManyRuns,
    NetworkConfig,
    Parameters,
    Trainer,
    TrainingConfig,
    compute_cost,
    initialize_parameters,
    make_dataset,
)
from nncore.arrays import Call, DType
from nncore.stacked_tape import StackedWorkspace
from tests.nncore.cases import Case, cases, make_case
from tests.nncore.memory import bytes_needed

NETWORK = NetworkConfig((2, 4, 1))
DATA = make_dataset("flower", 50, seed=1)
SLOW = TrainingConfig(learning_rate=0.1)
STARTS = [initialize_parameters(NETWORK, "xavier", seed=seed) for seed in range(4)]


def alone(case: Case, training: TrainingConfig, parameters: Parameters) -> Trainer:
    return Trainer(case.network, training, parameters, case.X, case.Y, history=History(0))


def starts(case: Case, runs: int) -> list[Parameters]:
    """The case's own parameters, and others of their size."""
    random = np.random.default_rng(runs)
    vectors = [case.parameters.vector]
    vectors += [random.permutation(case.parameters.vector) for _ in range(runs - 1)]
    return [Parameters(case.network.layer_dims, vector) for vector in vectors]


def assert_as_alone(case: Case, training: TrainingConfig, runs: int, iterations: int) -> None:
    """Train together and alone: equal to 1e-12 of the largest parameter."""
    parameters = starts(case, runs)
    rates = [training.learning_rate / (run + 1) for run in range(runs)]
    together = ManyRuns(case.network, training, parameters, case.X, case.Y, rates)
    together.run(iterations)
    costs = together.costs()
    for run, rate in enumerate(rates):
        trainer = alone(case, replace(training, learning_rate=rate), parameters[run])
        trainer.run(iterations)
        got, wanted = together.parameters(run).vector, trainer.parameters.vector
        np.testing.assert_allclose(got, wanted, rtol=0, atol=1e-12 * np.abs(wanted).max())
        assert costs[run] == pytest.approx(trainer.cost(), rel=1e-11, abs=1e-13)
    assert together.divergences == (None,) * runs


@settings(max_examples=60)
@given(
    case=cases(),
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
    runs=st.integers(1, 6),
    penalties=st.tuples(*[st.sampled_from([0.0, 0.3])] * 2),
)
def test_many_runs_are_what_each_run_is_alone(
    case: Case, optimizer: str, runs: int, penalties: tuple[float, float]
) -> None:
    l1, l2 = penalties
    training = TrainingConfig(optimizer, 0.01, l1=l1, l2=l2, epsilon=1e-3)
    assert_as_alone(case, training, runs, iterations=5)


@pytest.mark.parametrize("schedule", ["step", "exponential"])
@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_they_stay_so_for_many_iterations(optimizer: str, schedule: str) -> None:
    case = replace(make_case(NetworkConfig((2, 5, 3, 1)), 1, seed=2), X=DATA.X, Y=DATA.Y)
    training = TrainingConfig(optimizer, 0.01, epsilon=0.1, schedule=schedule, schedule_period=200)
    assert_as_alone(case, training, runs=3, iterations=600)


@pytest.mark.parametrize("output", sorted(OUTPUTS))
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_every_activation_and_output_works_on_a_stack(activation: str, output: str) -> None:
    case = make_case(NetworkConfig((2, 3, 4, 3), activation, output), 7, seed=3)
    assert_as_alone(case, SLOW, runs=3, iterations=3)


@pytest.mark.parametrize(
    ("product", "written"),
    [
        ("forward_product", lambda work, _, layer: work.Z[layer]),
        ("gradient_product", lambda _, gradient, layer: gradient.W[layer - 1]),
        ("backward_product", lambda work, _, layer: work.dA[layer]),
    ],
)
def test_a_planted_error_is_noticed(
    monkeypatch: pytest.MonkeyPatch, product: str, written: Callable[..., FloatArray]
) -> None:
    """One part in 10¹⁰ too much in one number of one run is seen."""
    case = make_case(NetworkConfig((2, 3, 4, 1)), 7, seed=3)
    assert_as_alone(case, SLOW, runs=3, iterations=3)
    right = getattr(StackedWorkspace, product)

    def wrong(work: StackedWorkspace, parameters: Parameters, layer: int) -> list[Call]:
        array = written(work, parameters, layer)[1]
        return [*right(work, parameters, layer), (np.multiply, (array, 1 + 1e-10, array))]

    monkeypatch.setattr(StackedWorkspace, product, wrong)
    with pytest.raises(AssertionError):
        assert_as_alone(case, SLOW, runs=3, iterations=3)


def test_slices_and_stacks_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    training = TrainingConfig("adam", 0.01)
    whole, sliced = (ManyRuns(NETWORK, training, STARTS, DATA.X, DATA.Y) for _ in range(2))
    monkeypatch.setattr(nncore.many_runs, "STACK_BYTES", 3 * 4 * 8 * 50 * 5)
    stacked = ManyRuns(NETWORK, training, STARTS, DATA.X, DATA.Y)
    whole.run(700)
    stacked.run(700)
    for iterations in (0, 1, 300, 399):
        sliced.run(iterations)
    assert len(whole) == len(stacked) == 4
    assert [len(stack) for stack in stacked._stacks] == [2, 2]
    assert sliced.iteration == 700
    for run in range(4):
        wanted = whole.parameters(run).vector
        np.testing.assert_array_equal(sliced.parameters(run).vector, wanted)
        np.testing.assert_allclose(stacked.parameters(run).vector, wanted, rtol=1e-12)
    np.testing.assert_allclose(stacked.costs(), whole.costs(), rtol=1e-12)


def test_float32_follows_float64_as_far_as_its_digits_go() -> None:
    runs = [
        ManyRuns(NETWORK, SLOW, STARTS, DATA.X, DATA.Y, dtype=dtype)
        for dtype in (np.float64, np.float32)
    ]
    for each in runs:
        each.run(100)
    for run in range(4):
        exact, rough = (each.parameters(run) for each in runs)
        assert rough.vector.dtype == np.float64
        np.testing.assert_allclose(rough.vector, exact.vector, atol=1e-4)
        assert not np.array_equal(rough.vector, exact.vector)
    np.testing.assert_allclose(runs[1].costs(), runs[0].costs(), rtol=1e-4)


def test_features_are_computed_as_by_a_trainer() -> None:
    features = FeatureMap.fit(("x1", "x2", "x1_squared"), DATA.X)
    network = NetworkConfig((3, 2, 1), features=features)
    case = replace(make_case(network, 1, seed=1), X=DATA.X, Y=DATA.Y)
    assert_as_alone(case, SLOW, runs=2, iterations=10)


def test_what_is_handed_in_and_out_is_copied() -> None:
    before = STARTS[0].vector.copy()
    together = ManyRuns(NETWORK, SLOW, STARTS, DATA.X, DATA.Y)
    together.parameters(0).vector[:] = 7.0
    together.run(10)
    np.testing.assert_array_equal(STARTS[0].vector, before)
    assert together.costs()[0] == compute_cost(DATA.X, DATA.Y, together.parameters(0), NETWORK)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    ("optimizer", "output"), [*((name, "sigmoid") for name in OPTIMIZERS), ("adam", "softmax")]
)
def test_the_loop_allocates_nothing(optimizer: str, output: str, dtype: DType) -> None:
    data, network = make_dataset("flower", 400, seed=1), NetworkConfig((2, 4, 3, 2), "tanh", output)
    parameters = [initialize_parameters(network, seed=seed) for seed in range(4)]
    training = TrainingConfig(optimizer, 0.01, l1=0.1, l2=0.1, schedule="exponential")
    Y = nncore.one_hot(data.labels, 2)
    together = ManyRuns(network, training, parameters, data.X, Y, dtype=dtype)
    together.run(600)
    # An array of 4 units and 400 examples in 4 runs has 51,200 bytes, or 25,600; what is kept at
    # a checkpoint, every 256 iterations, has fewer.
    assert bytes_needed(lambda: together.run(600)) < 12_000


ARRAYS: dict[str, Any] = {"X": DATA.X, "Y": DATA.Y, "parameters": STARTS, "training": SLOW}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"parameters": []}, "parameters is empty; accepted: those of 1 run or more"),
        (
            {"parameters": [*STARTS, Parameters.zeros((2, 3, 1))]},
            "parameters.layer_dims is (2, 3, 1); accepted: (2, 4, 1)",
        ),
        (
            {"parameters": [STARTS[0], Parameters((2, 4, 1), np.full(17, np.nan))]},
            "parameters[1] has a value that is no finite float64; accepted: finite numbers",
        ),
        ({"X": np.full((2, 50), 1e60), "dtype": np.float32}, "X has a value that is no finite flo"),
        ({"X": np.zeros((3, 50))}, "X has shape (3, 50); accepted: (2, m)"),
        ({"Y": DATA.Y[:, 1:]}, "Y has shape (1, 49); accepted: (1, 50)"),
        ({"training": TrainingConfig(batch_size=8)}, "batch_size is 8; accepted for many runs: No"),
        ({"training": TrainingConfig(clip_norm=2)}, "clip_norm is 2; accepted for many runs: None"),
        ({"learning_rates": [0.1]}, "learning_rates has shape (1,); accepted: (4,), one a run"),
        ({"learning_rates": [1, 1, 0, 1]}, "learning_rate is 0; accepted: a number above 0"),
        ({"dtype": np.float16}, "accepted: float64, float32"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        ManyRuns(NETWORK, **ARRAYS | arguments)


@pytest.mark.parametrize("run", [-1, 4])
def test_there_is_no_such_run(run: int) -> None:
    together = ManyRuns(NETWORK, SLOW, STARTS, DATA.X, DATA.Y)
    with pytest.raises(ValueError, match=f"run is {run}; accepted"):
        together.parameters(run)


def test_stacked_parameters_are_cut_apart_again() -> None:
    stacked = Parameters.stack(STARTS)
    shapes: list[tuple[int, ...]] = [W.shape for W in stacked.W]
    assert shapes == [(4, 4, 2), (4, 1, 4)]
    for run, parameters in enumerate(STARTS):
        np.testing.assert_array_equal(stacked.run(run).vector, parameters.vector)
        W: FloatArray = stacked.W[1][run]
        np.testing.assert_array_equal(W, parameters.W[1])
    assert stacked.copy().runs == stacked.zeros_like().runs == 4
