"""Export of trained parameters, and the way back.

Both formats hold the same entries: the weights W1, b1, …, WL, bL in the shapes of the notes, and
what else defines the function: layer_dims, activations (one per hidden layer), output, the
leaky_slope where a layer is leaky, and its input features if it has any.  How it was trained is
not in them; that is in a session.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from app.files.atomic import write_atomically
from app.files.features import FEATURE_KEYS, describe_features, features_of
from app.files.fields import Fields, check_format, matrix
from app.files.npz import numbers, read_arrays, write_arrays
from app.files.reading import MEGABYTE, naming, read_whole
from app.files.refusals import refused
from app.files.strict_json import format_json, parse_json, shown
from app.files.weights import check_names, named_weights, network_of, weight_names, weights_of
from nncore import LEAKY_SLOPE_RANGE, NetworkConfig, Parameters, forward_propagation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nncore import FloatArray

    Trained = tuple[NetworkConfig, Parameters]

FORMAT, FORMAT_VERSION = "planar parameters", 1
SIZE_LIMIT = 64 * MEGABYTE
REQUIRED = ("format", "format_version", "layer_dims", "activations", "output")
DESCRIPTION = (*REQUIRED, "leaky_slope", *FEATURE_KEYS)
"""The entries beside the weights."""

PROBE_POINTS, PROBE_REACH = 1_000, 6.0
"""How many points predictions are compared on, and how far these lie from 0 in each direction."""


@dataclass(frozen=True)
class ExportFormat:
    """One kind of file for parameters.

    Attributes
    ----------
    suffix : str
        How its names end, in lower case.
    label : str
        Its name for people.
    write, read : callables
        A network and its parameters to the content of a file, and back (ValueError says why not).
    """

    suffix: str
    label: str
    write: Callable[[NetworkConfig, Parameters], bytes]
    read: Callable[[bytes], Trained]

    @property
    def filter_text(self) -> str:
        """The entry in a file dialog."""
        return f"{self.label} (*{self.suffix})"


def export_parameters(path: Path | str, network: NetworkConfig, parameters: Parameters) -> None:
    """Write parameters in the format of the suffix, and compare what the file then predicts.

    The file is read back before it takes the place of an older one: weights and predictions must
    be the same bit for bit, or the older file stays.

    Raises
    ------
    UserError
        For an unknown suffix, weights that are not finite, and a file that cannot be written.
    """
    given = Path(path)
    export_format = _format_of("export to", given)
    if not np.isfinite(parameters.vector).all():
        raise refused("export to", given, "a weight is not a finite number")

    def verify(content: bytes) -> None:
        with naming("export to", given):
            _compare(export_format.read(content), (network, parameters))

    write_atomically(given, export_format.write(network, parameters), verify)


def load_parameters(path: Path | str) -> Trained:
    """Return the network and the parameters of an exported file.

    Raises
    ------
    UserError
        If the file cannot be read or is not what an export writes.
    """
    given = Path(path)
    export_format = _format_of("read", given)
    with naming("read", given):
        return export_format.read(read_whole(given, SIZE_LIMIT))


def _format_of(verb: str, path: Path) -> ExportFormat:
    suffix = path.suffix.lower()
    if suffix not in EXPORT_FORMATS:
        accepted = " or ".join(EXPORT_FORMATS)
        raise refused(verb, path, f"a name that ends in {accepted} is accepted")
    return EXPORT_FORMATS[suffix]


def _compare(read: Trained, original: Trained) -> None:
    """ValueError if what was read back differs in anything that it computes."""
    (network, parameters), (wanted, weights) = read, original
    if _description(network) != _description(wanted):
        raise ValueError("read back, the file describes another network")
    if parameters.vector.tobytes() != weights.vector.astype(np.float64).tobytes():
        raise ValueError("read back, the file holds other weights")
    shape = wanted.n_coordinates, PROBE_POINTS
    probe = np.random.default_rng(0).uniform(-PROBE_REACH, PROBE_REACH, shape)
    outputs = forward_propagation(probe, parameters, network).A[-1]
    expected = forward_propagation(probe, weights, wanted).A[-1]
    if not np.array_equal(outputs, expected, equal_nan=True):
        raise ValueError("read back, the file gives other predictions")


def _write_npz(network: NetworkConfig, parameters: Parameters) -> bytes:
    description = {key: np.array(value) for key, value in _description(network).items()}
    # Of no hidden layer NumPy would make an array of numbers.
    description["activations"] = np.array(network.activations, dtype=np.str_)
    return write_arrays({**named_weights(parameters), **description})


def _read_npz(content: bytes) -> Trained:
    arrays = read_arrays(content)
    plain = {
        name: array.tolist() if name in DESCRIPTION else array for name, array in arrays.items()
    }
    return _trained(plain, numbers)


def _write_json(network: NetworkConfig, parameters: Parameters) -> bytes:
    weights = {name: array.tolist() for name, array in named_weights(parameters).items()}
    return format_json({**_description(network), **weights})


def _read_json(content: bytes) -> Trained:
    document = parse_json(content)
    if not isinstance(document, dict):
        raise ValueError(f"it holds {shown(document)}; accepted: an object {{…}}")
    return _trained(document, matrix)


def _description(network: NetworkConfig) -> dict[str, object]:
    description: dict[str, object] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "layer_dims": list(network.layer_dims),
        "activations": list(network.activations),
        "output": network.output,
    }
    if "leaky_relu" in network.activations:
        description["leaky_slope"] = float(network.leaky_slope)
    return description | describe_features(network.features)


def _trained(entries: Mapping[str, object], as_matrix: Callable[[str, Any], FloatArray]) -> Trained:
    """Return what the entries describe; ValueError says which one is wrong."""
    check_format(entries, FORMAT, FORMAT_VERSION)
    described = {key: value for key, value in entries.items() if key in DESCRIPTION}
    fields = Fields(described, "the file", REQUIRED, DESCRIPTION)
    network = network_of(
        fields.items("layer_dims", int), fields.items("activations", str), fields.text("output")
    )
    network = replace(network, features=features_of(fields))
    if "leaky_slope" in described:
        slope = fields.number("leaky_slope", LEAKY_SLOPE_RANGE)
        network = replace(network, leaky_slope=slope)
    weights = {name: value for name, value in entries.items() if name not in described}
    check_names(weights, weight_names(len(network.layer_dims) - 1))
    named = {name: as_matrix(name, value) for name, value in weights.items()}
    return network, weights_of(named, network)


EXPORT_FORMATS: Mapping[str, ExportFormat] = MappingProxyType(
    {
        record.suffix: record
        for record in (
            ExportFormat(".npz", "NumPy arrays", _write_npz, _read_npz),
            ExportFormat(".json", "JSON text", _write_json, _read_json),
        )
    }
)
"""suffix → record; the file dialogs and the command line read it."""
