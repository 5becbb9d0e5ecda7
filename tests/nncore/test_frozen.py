import numpy as np
import pytest

from nncore import (
    NetworkConfig,
    Trainer,
    TrainingConfig,
    backward_propagation,
    frozen_layers,
)
from tests.nncore.cases import make_case


@pytest.mark.parametrize(
    ("activation", "frozen"),
    [
        (("tanh", "tanh", "tanh"), ()),
        (("step", "tanh", "tanh"), (1,)),
        (("tanh", "step", "relu"), (1, 2)),
        (("step", "step", "step"), (1, 2, 3)),
    ],
)
def test_the_frozen_layers_are_those_without_a_gradient(
    activation: tuple[str, ...], frozen: tuple[int, ...]
) -> None:
    case = make_case(NetworkConfig((2, 5, 4, 6, 1), activation), 20, seed=3)
    gradient = backward_propagation(case.X, case.Y, case.parameters, case.network)
    without = tuple(layer for layer, block in enumerate(gradient.blocks, 1) if not np.any(block))
    found = frozen_layers(case.network)
    assert without == frozen
    assert (found.layers if found else ()) == frozen


def test_training_leaves_frozen_layers_as_they_were_and_moves_the_rest() -> None:
    case = make_case(NetworkConfig((2, 5, 4, 6, 1), ("tanh", "step", "tanh")), 20, seed=3)
    trainer = Trainer(case.network, TrainingConfig(), case.parameters, case.X, case.Y)
    trainer.run(50)
    pairs = zip(trainer.parameters.blocks, case.parameters.blocks, strict=True)
    assert [np.array_equal(now, before) for now, before in pairs] == [True, True, False, False]


def test_the_reason_names_the_layers_the_units_and_the_derivative() -> None:
    one = frozen_layers(NetworkConfig((2, 3, 1), "step"))
    assert one is not None
    assert one.reason == (
        "Layer 1 keeps the initial weights: the step units of layer 1 have the "
        "derivative h′(z) = 0, which stops the gradient."
    )
    two = frozen_layers(NetworkConfig((2, 3, 3, 1), ("relu", "step")))
    assert two is not None
    assert two.reason.startswith("Layers 1 to 2 keep the initial weights")


def test_a_network_without_hidden_layers_is_not_frozen() -> None:
    assert frozen_layers(NetworkConfig((2, 1), "step")) is None
