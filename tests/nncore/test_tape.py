import doctest

import numpy as np
import pytest

import nncore.tape
from nncore import (
    ACTIVATIONS,
    OUTPUTS,
    NetworkConfig,
    Parameters,
    TrainingConfig,
    backward_propagation,
)
from nncore.batches import Iteration
from nncore.tape import Tape, Workspace, record_backward, record_forward
from nncore.tiles import Tile
from nncore.update import Learner
from tests.nncore.cases import Case, make_case


def recorded(case: Case, training: TrainingConfig) -> Iteration:
    work = Workspace(case.network, case.X.shape[1])
    work.load(case.X, case.Y)
    return Iteration(Learner.start(case.network, training, case.parameters), [Tile(work)], work.m)


def test_the_steps_are_the_formulas_of_the_notes_in_their_order() -> None:
    case = make_case(NetworkConfig((2, 4, 1)), 5, seed=1)
    iteration = recorded(case, TrainingConfig(l1=0.1, l2=0.1))
    assert [step.formula for step in iteration.tape.steps] == [
        "Z[1] = W[1] A[0] + b[1]",
        "A[1] = tanh(Z[1])",
        "Z[2] = W[2] A[1] + b[2]",
        "A[2] = σ(Z[2])",
        "dZ[2] = A[2] − Y",
        "m·dW[2] = dZ[2] A[1]ᵀ,  m·db[2] = Σᵢ dZ[2]",
        "dA[1] = W[2]ᵀ dZ[2]",
        "dZ[1] = dA[1] * tanh′(Z[1])",
        "m·dW[1] = dZ[1] A[0]ᵀ,  m·db[1] = Σᵢ dZ[1]",
        "m·dW += λ₁ sign(W)",
        "m·dW += λ₂ W",
        "θ := θ − α dθ",
    ]
    assert iteration.tape.steps[5].name == "m·dW[2], m·db[2]"


def test_the_example_of_the_module_is_true() -> None:
    results = doctest.testmod(nncore.tape)
    assert (results.failed, results.attempted) == (0, 10)


def test_the_mismatched_pair_shows_its_own_derivative() -> None:
    case = make_case(NetworkConfig((2, 4, 1), output="sigmoid_squared_error"), 5, seed=1)
    formulas = [step.formula for step in recorded(case, TrainingConfig()).tape.steps]
    assert "dZ[2] = (A[2] − Y) * A[2] (1 − A[2])" in formulas


def test_each_step_reads_and_writes_the_arrays_that_it_names() -> None:
    case = make_case(NetworkConfig((2, 4, 3, 1), ("relu", "sigmoid")), 5, seed=1)
    for step in recorded(case, TrainingConfig(l2=0.1)).tape.steps:
        writes = {name: array.copy() for name, array in step.writes.items()}
        reads = {name: array.copy() for name, array in step.reads.items() if name not in writes}
        step.run()
        for name, before in reads.items():
            np.testing.assert_array_equal(step.reads[name], before, err_msg=f"{step.name}: {name}")
        for name, before in writes.items():
            assert not np.array_equal(step.writes[name], before), f"{step.name}: {name}"


def test_single_steps_do_what_a_replay_does() -> None:
    first, second = (make_case(NetworkConfig((2, 4, 3, 1)), 9, seed=1) for _ in range(2))
    recorded(first, TrainingConfig()).tape.replay(3)
    tape = recorded(second, TrainingConfig()).tape
    for _ in range(3):
        for step in tape.steps:
            step.run()
    np.testing.assert_array_equal(first.parameters.vector, second.parameters.vector)


def test_the_gradient_on_the_tape_is_the_sum_over_the_examples() -> None:
    case = make_case(NetworkConfig((2, 4, 3), "sigmoid", "softmax"), 7, seed=2)
    wanted = 7 * backward_propagation(case.X, case.Y, case.parameters, case.network).vector
    iteration = recorded(case, TrainingConfig())
    iteration.tape.replay()
    np.testing.assert_allclose(iteration.gradient.vector, wanted, rtol=1e-14)


@pytest.mark.parametrize("output", [name for name in OUTPUTS if name != "linear"])
def test_float32_stays_float32(output: str) -> None:
    names = sorted(ACTIVATIONS, key=lambda name: ACTIVATIONS[name].learns)
    network = NetworkConfig((2, *[3] * len(names), 2), tuple(names), output)
    case = make_case(network, 4, seed=3)
    theta, gradient = (Parameters.zeros(network.layer_dims, np.float32) for _ in range(2))
    theta.vector[:] = case.parameters.vector
    work = Workspace(network, 4, np.float32)
    work.load(case.X, case.Y)
    steps = record_forward(network, theta, work)
    steps += record_backward(network, theta, work, gradient)
    for step in steps:
        for call, arguments in step.calls:
            bound = (getattr(call, "__self__", None), *getattr(call, "args", ()))
            arrays = [value for value in (*bound, *arguments) if isinstance(value, np.ndarray)]
            dtypes = {array.dtype for array in arrays} - {np.dtype(np.bool_)}
            assert dtypes <= {np.dtype(np.float32)}, (step.name, call)
    Tape(steps).replay()
    wanted = backward_propagation(case.X, case.Y, case.parameters, network).vector
    np.testing.assert_allclose(gradient.vector / 4, wanted, rtol=1e-4, atol=1e-6)
