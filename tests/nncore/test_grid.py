import numpy as np
from hypothesis import given, settings

from nncore import GridEvaluator, NetworkConfig, Parameters, forward_propagation
from tests.nncore.cases import Case, cases, make_case


@settings(max_examples=30)
@given(case=cases())
def test_the_pictures_are_the_forward_pass_in_float32(case: Case) -> None:
    if case.network.activations.count("step") and not case.is_smooth():
        return
    m = case.X.shape[1]
    maps = GridEvaluator(case.network, m).evaluate(case.X.astype(np.float32), case.parameters)
    wanted = forward_propagation(case.X, case.parameters, case.network).A[1:]
    assert [A.shape for A in maps] == [A.shape for A in wanted]
    for got, exact in zip(maps, wanted, strict=True):
        assert got.dtype == np.float32
        np.testing.assert_allclose(got, exact, rtol=1e-3, atol=1e-4)


def test_the_arrays_are_the_same_every_time_and_follow_the_parameters() -> None:
    case = make_case(NetworkConfig((2, 3, 1)), 10, seed=1)
    evaluator = GridEvaluator(case.network, 10)
    first = evaluator.evaluate(case.X, case.parameters)
    before = first[-1].copy()
    case.parameters.vector *= -1.0
    second = evaluator.evaluate(case.X, case.parameters)
    assert all(a is b for a, b in zip(first, second, strict=True))
    assert not np.allclose(before, second[-1])


def test_weights_beyond_float32_saturate_in_silence() -> None:
    network = NetworkConfig((2, 1))
    parameters = Parameters.from_layers(W=[[[1e300, 0.0]]], b=[[0.0]])
    X = np.array([[-1.0, 1.0], [0.0, 0.0]], dtype=np.float32)
    with np.errstate(all="raise"):
        maps = GridEvaluator(network, 2).evaluate(X, parameters)
    assert maps[0].tolist() == [[0.0, 1.0]]
