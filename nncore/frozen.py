"""Layers that gradient descent cannot train, known before the first iteration.

Notes: "Perceptron and Step Function" (neural networks).  The derivative of the step is 0, so
dZ[l] = dA[l] * 0 for a layer of step units: its dW[l] and db[l] are 0, and dA[l−1] = W[l]ᵀ dZ[l]
stops every layer below it.  Only a penalty still moves such weights, towards 0.
"""

from dataclasses import dataclass

from nncore.checks import check_instance
from nncore.config import NetworkConfig


@dataclass(frozen=True)
class FrozenLayers:
    """The layers 1 … l that no gradient reaches, and why."""

    layers: tuple[int, ...]
    reason: str


def frozen_layers(network: NetworkConfig) -> FrozenLayers | None:
    """Return the layers up to the last one without a slope, or None if all layers can learn.

    Raises
    ------
    ValueError
        If ``network`` is no ``NetworkConfig``.
    """
    check_instance("network", network, NetworkConfig)
    hidden = range(1, len(network.layer_dims) - 1)
    flat = [layer for layer in hidden if not network.hidden_activation(layer).learns]
    if not flat:
        return None
    last = flat[-1]
    g = network.hidden_activation(last)
    layers = "Layer 1 keeps" if last == 1 else f"Layers 1 to {last} keep"
    reason = (
        f"{layers} the initial weights: the {g.name} units of layer {last} have the derivative "
        f"{g.derivative_formula}, which stops the gradient."
    )
    return FrozenLayers(tuple(range(1, last + 1)), reason)
