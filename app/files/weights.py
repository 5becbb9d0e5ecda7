"""Networks and weights under the names of the notes: W1, b1, …, WL, bL."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from app.files.strict_json import shown
from nncore import NetworkConfig, Parameters

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nncore import FloatArray

MOST_LAYERS = 1000
"""No network that anybody trains; a file that claims more is after the memory."""


def weight_names(layers: int) -> list[str]:
    """Return W1, b1, …, for a number of layers L."""
    return list(chain.from_iterable((f"W{layer}", f"b{layer}") for layer in range(1, layers + 1)))


def named_weights(parameters: Parameters) -> dict[str, FloatArray]:
    """Return the weights W[l] (n[l], n[l-1]) and biases b[l] (n[l], 1) by their names."""
    pairs = zip(parameters.W, parameters.b, strict=True)
    return dict(zip(weight_names(len(parameters.W)), chain.from_iterable(pairs), strict=True))


def weights_of(named: Mapping[str, FloatArray], network: NetworkConfig) -> Parameters:
    """Return parameters for a network from its named weights, none of them missing.

    Raises
    ------
    ValueError
        If a shape does not fit the network, or a number is not finite.
    """
    names = weight_names(len(network.layer_dims) - 1)
    for position, name in enumerate(names):
        layer = position // 2
        n, n_before = network.layer_dims[layer + 1], network.layer_dims[layer]
        wanted = (n, n_before) if name[0] == "W" else (n, 1)
        if named[name].shape != wanted:
            dims = ", ".join(map(str, network.layer_dims))
            raise ValueError(
                f"{name} has shape {named[name].shape}; accepted for layers of {dims}: {wanted}"
            )
    return Parameters.from_layers(
        [named[name] for name in names[::2]], [named[name] for name in names[1::2]]
    )


def network_of(layer_dims: Sequence[int], activations: Sequence[str], output: str) -> NetworkConfig:
    """Return a network from its plain description; one activation where all layers share it."""
    if len(layer_dims) > MOST_LAYERS:
        raise ValueError(f"it has {len(layer_dims)} layers; accepted: up to {MOST_LAYERS}")
    network = NetworkConfig(tuple(layer_dims), tuple(activations), output)
    shared = set(network.activations)
    if len(shared) > 1:
        return network
    return replace(network, activation=next(iter(shared), "tanh"))


def check_names(given: Collection[str], accepted: Collection[str]) -> None:
    """ValueError if a name is missing or one too many."""
    for name in accepted:
        if name not in given:
            raise ValueError(f"it has no {name}; needed: {shorten(accepted)}")
    known = frozenset(accepted)
    for name in given:
        if name not in known:
            raise ValueError(f"it has an unknown {shown(name)}; accepted: {shorten(accepted)}")


def shorten(names: Collection[str]) -> str:
    """Return the names for a sentence, the middle of many left out."""
    listed = list(names)
    return ", ".join([*listed[:8], "…", *listed[-2:]] if len(listed) > 12 else listed)
