"""Networks that are only linear, and step units that no gradient can reach."""

import numpy as np
import pytest

from nncore import (
    NetworkConfig,
    Parameters,
    Severity,
    Trainer,
    TrainingConfig,
    make_dataset,
)
from nncore.diagnostics import linear_network, untrainable_steps
from tests.nncore.diagnostics.runs import flower


@pytest.mark.parametrize(
    ("output", "word"),
    [("sigmoid", "logistic"), ("softmax", "softmax"), ("linear", "linear")],
)
def test_no_hidden_layer_is_told_by_its_name(output: str, word: str) -> None:
    (finding,) = linear_network(NetworkConfig((2, 3), output=output))
    assert f"This is {word} regression" in finding.sentence
    assert finding.severity is Severity.NOTE


@pytest.mark.parametrize("layers", [1, 3])
def test_identity_layers_collapse_into_one(layers: int) -> None:
    network = NetworkConfig((2, *([4] * layers), 1), "identity")
    run = flower(network, "xavier", 0.3).to(500)
    (finding,) = linear_network(network)
    assert finding.evidence == {"hidden_layers": layers}
    logits = run.cache().Z[-1]
    rows = np.vstack([run.X, np.ones(400)])
    fit = np.linalg.lstsq(rows.T, logits[0], rcond=None)[0]
    np.testing.assert_allclose(fit @ rows, logits[0], atol=1e-9)


@pytest.mark.parametrize(
    "activation", ["tanh", "relu", "leaky_relu", "sigmoid", "step", ("identity", "tanh")]
)
def test_one_layer_that_bends_is_enough(activation: str | tuple[str, ...]) -> None:
    assert linear_network(NetworkConfig((2, 3, 3, 1), activation)) == []


@pytest.mark.parametrize(
    ("activation", "layer", "stuck"),
    [
        (("step",), 1, "Layer 1 keeps"),
        (("tanh", "step"), 2, "Layers 1 to 2 keep"),
        (("step", "tanh"), 1, "Layer 1 keeps"),
        (("step", "tanh", "step"), 3, "Layers 1 to 3 keep"),
    ],
)
def test_the_weights_up_to_a_step_layer_never_move(
    activation: tuple[str, ...], layer: int, stuck: str
) -> None:
    network = NetworkConfig((2, *([4] * len(activation)), 1), activation)
    data = make_dataset("flower", 100, 0.2, 0)
    start = flower(network, "xavier", 1.0).trainer.parameters
    trainer = Trainer(network, TrainingConfig(learning_rate=1.0), start, data.X, data.Y)
    trainer.run(100)
    (finding,) = untrainable_steps(network)
    assert finding.layer == layer
    assert stuck in finding.sentence
    moved = [
        bool((now != before).any())
        for now, before in zip(trainer.parameters.blocks, start.blocks, strict=True)
    ]
    assert moved == [index >= layer for index in range(len(activation) + 1)]


@pytest.mark.parametrize("activation", ["tanh", "relu", "leaky_relu", "sigmoid", "identity"])
def test_other_units_can_be_trained(activation: str) -> None:
    assert untrainable_steps(NetworkConfig((2, 3, 3, 1), activation)) == []
    assert untrainable_steps(NetworkConfig((2, 1), "step")) == []
    assert Parameters.zeros((2, 1)).vector.size == 3
