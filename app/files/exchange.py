"""What an exported network consists of, as plain values, and the way back with every check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import nncore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nncore import NetworkConfig, Parameters


@dataclass(frozen=True)
class NetworkFile:
    """A network and its parameters, as read from a file."""

    network: NetworkConfig
    parameters: Parameters


def architecture(network: NetworkConfig) -> dict[str, object]:
    """Return what, besides W and b, defines the function that a network computes."""
    return {
        "layer_dims": list(network.layer_dims),
        "activations": list(network.activations),
        "output": network.output,
    }


def rebuild(values: Mapping[str, object]) -> NetworkFile:
    """Build the network from ``layer_dims``, ``activations``, ``output``, ``W1``, ``b1``, ….

    Raises
    ------
    ValueError
        Names what is missing or does not fit.
    """
    network = network_of(values)
    layers = range(1, len(network.layer_dims))
    parameters = nncore.Parameters.from_layers(
        [_numbers(values, f"W{layer}") for layer in layers],
        [_numbers(values, f"b{layer}") for layer in layers],
    )
    if parameters.layer_dims != network.layer_dims:
        raise ValueError(
            f"W and b have the layers {parameters.layer_dims}, layer_dims says {network.layer_dims}"
        )
    return NetworkFile(network, parameters)


def network_of(values: Mapping[str, object]) -> NetworkConfig:
    """Build the architecture from its three values; ValueError names the one that is wrong."""
    dims, activations, output = (
        needed(values, name) for name in ("layer_dims", "activations", "output")
    )
    if not isinstance(dims, list) or not all(type(n) is int for n in dims):
        raise ValueError("layer_dims is not a list of whole numbers")
    if not isinstance(activations, list) or not all(isinstance(n, str) for n in activations):
        raise ValueError("activations is not a list of names")
    if not isinstance(output, str):
        raise ValueError("output is not a name")
    # Without a hidden layer there is no activation; the class wants one name all the same.
    return nncore.NetworkConfig(tuple(dims), tuple(activations) or "tanh", output)


def needed(values: Mapping[str, object], name: str) -> object:
    """Return a value that must be there."""
    if name not in values:
        raise ValueError(f"{name} is missing")
    return values[name]


def _numbers(values: Mapping[str, object], name: str) -> nncore.FloatArray:
    given = needed(values, name)
    try:
        array = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name} is not a table of numbers") from error
    if not np.isfinite(array).all():
        raise ValueError(f"{name} has a value that is not finite")
    return array
