"""What load_parameters says to files that no export wrote."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nncore
from app.errors import UserError
from app.files.parameters import EXPORT_FORMATS, load_parameters
from nncore import Parameters
from tests.app.files.parameter_files import refused
from tests.app.files.strategies import NETWORK, json_values, said

suffixes = pytest.mark.parametrize("suffix", sorted(EXPORT_FORMATS))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def entries(trained: Parameters) -> dict[str, Any]:
    """What an exported file of NETWORK holds, as NumPy sees it."""
    content = EXPORT_FORMATS[".npz"].write(NETWORK, trained)
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return dict(arrays)


PLAIN = {"features": ["x1", "sin_x2"]}
SCALED = PLAIN | {"features_mean": [0.0, 0.0], "features_scale": [1.0, 1.0]}

CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "no format": ({"format": None}, "not a planar parameters file"),
    "other format": ({"format": "planar session"}, "its format is 'planar session'"),
    "newer": ({"format_version": 2}, "a newer Planar wrote it"),
    "no version": ({"format_version": "1"}, "format_version"),
    "no layers": ({"layer_dims": None}, "has no 'layer_dims'"),
    "real layers": ({"layer_dims": [2.0, 3.0, 2.0, 1.0]}, "a list of whole numbers"),
    "one layer": ({"layer_dims": [2]}, "layer_dims"),
    "no units": ({"layer_dims": [2, 0, 2, 1]}, "from 1 up"),
    "other layers": ({"layer_dims": [2, 3, 3, 1]}, "W2 has shape (2, 3)"),
    "many units": ({"layer_dims": [2, 10**15, 2, 1]}, "W1 has shape (3, 2)"),
    "more layers": (
        {"layer_dims": [2, 3, 2, 1, 1], "activations": ["tanh"] * 3},
        "it has no W4",
    ),
    "far more layers": ({"layer_dims": [1] * 1001}, "up to 1000"),
    "fewer activations": ({"activations": ["tanh"]}, "activation has 1 names"),
    "unknown activation": ({"activations": ["tanh", "magic"]}, "'magic'"),
    "number as activation": ({"activations": [1, 2]}, "a list of texts"),
    "unknown output": ({"output": "magic"}, "'magic'"),
    "long output": ({"output": "x" * 9999}, "; accepted: "),
    "output for more": ({"output": "softmax"}, "2 units or more"),
    "steep leak": ({"leaky_slope": 1.5}, "leaky_slope is 1.5; accepted: a number from 0 to 1"),
    "no weights": ({"W2": None}, "it has no W2"),
    "too many weights": ({"W4": [[1.0]]}, "unknown 'W4'"),
    "flat bias": ({"b1": [0.0, 0.0, 0.0]}, "b1"),
    "texts": ({"b1": [["a"], ["b"], ["c"]]}, "accepted:"),
    "empty": ({"W1": []}, "W1"),
    "no features": ({"features": []}, "features are ()"),
    "one text as features": ({"features": "x1"}, "a list of texts"),
    "numbers as features": ({"features": [1, 2]}, "a list of texts"),
    "unknown feature": ({"features": ["x1", "magic"]}, "'magic'"),
    "feature twice": ({"features": ["x1", "x1"]}, "'x1' again"),
    "more features": ({"features": ["x1", "x2", "sin_x1"]}, "layer_dims begins with 2"),
    "many features": ({"features": ["x1"] * 9999}, "; accepted: names of"),
    "mean alone": ({"features_mean": [0.0, 0.0]}, "features_mean but no features"),
    "mean without scale": (PLAIN | {"features_mean": [0.0, 0.0]}, "belong together"),
    "short mean": (SCALED | {"features_mean": [0.0]}, "mean has 1 numbers"),
    "empty mean": (SCALED | {"features_mean": []}, "mean has 0 numbers"),
    "nested mean": (SCALED | {"features_mean": [[0.0], [0.0]]}, "accepted: numbers"),
    "text as mean": (SCALED | {"features_mean": ["a", "b"]}, "accepted: numbers"),
    "scale of zero": (SCALED | {"features_scale": [1.0, 0.0]}, "scale[1] is 0.0"),
    "negative scale": (SCALED | {"features_scale": [-1.0, 1.0]}, "scale[0] is -1.0"),
}


@suffixes
@pytest.mark.parametrize("change", CHANGES)
def test_entries_that_make_no_network(
    tmp_path: Path, trained: Parameters, suffix: str, change: str
) -> None:
    changed, words = CHANGES[change]
    wrong = {key: value for key, value in (entries(trained) | changed).items() if value is not None}
    path = tmp_path / f"p{suffix}"
    if suffix == ".npz":
        np.savez(path, allow_pickle=False, **wrong)
    else:
        plain = {key: np.asarray(value).tolist() for key, value in wrong.items()}
        path.write_text(json.dumps(plain), encoding="utf-8")
    assert words in refused(path)


@pytest.mark.parametrize("key", ["features_mean", "features_scale"])
@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_npz_with_features_that_are_not_finite(
    tmp_path: Path, trained: Parameters, key: str, wrong: float
) -> None:
    np.savez(tmp_path / "p.npz", **(entries(trained) | SCALED | {key: [1.0, wrong]}))
    assert "accepted: a finite number" in refused(tmp_path / "p.npz")


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_npz_with_a_weight_that_is_not_finite(
    tmp_path: Path, trained: Parameters, wrong: float
) -> None:
    np.savez(tmp_path / "p.npz", **(entries(trained) | {"b2": np.full((2, 1), wrong)}))
    assert "not finite" in refused(tmp_path / "p.npz")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("NaN", "NaN stands where a finite number"),
        ("-Infinity", "-Infinity stands"),
        ("1e999", "too large"),
        ("9" * 5000, "too large"),
        ("true", "accepted: numbers"),
        ("null", "accepted: numbers"),
        ("[1]", "accepted: numbers"),
        ("1, 2", "has 3 numbers"),
    ],
)
def test_json_with_a_weight_that_is_no_number(
    tmp_path: Path, trained: Parameters, number: str, words: str
) -> None:
    path = tmp_path / "p.json"
    text = EXPORT_FORMATS[".json"].write(NETWORK, trained).decode()
    path.write_text(text.replace(repr(float(trained.W[0][1, 0])), number), encoding="utf-8")
    assert words in refused(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "line 1"),
        (b"[]", "accepted: an object"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": 1, "a": 2}', "'a' stands there twice"),
        (b'{"format": "\xff"}', "line 1 is not UTF-8"),
        (b'{\n"format": "planar parameters",\n', "line 3 is damaged or cut off"),
        (b'{"format": "\\ud800"}', "not a planar parameters file"),
    ],
)
def test_json_that_is_none(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "p.json").write_bytes(content)
    assert words in refused(tmp_path / "p.json")


def test_json_with_a_byte_order_mark_is_read(tmp_path: Path, trained: Parameters) -> None:
    content = EXPORT_FORMATS[".json"].write(NETWORK, trained)
    (tmp_path / "p.json").write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    assert load_parameters(tmp_path / "p.json")[0] == NETWORK


@suffixes
def test_a_file_cut_off_anywhere_is_refused(
    tmp_path: Path, trained: Parameters, suffix: str
) -> None:
    path = tmp_path / f"p{suffix}"
    content = EXPORT_FORMATS[suffix].write(NETWORK, trained)
    for end in [*range(0, len(content) - 2, 7), len(content) - 2]:
        path.write_bytes(content[:end])
        refused(path)


@suffixes
@given(data=st.data())
def test_junk_and_damage_raise_nothing_else(folder: Path, suffix: str, data: st.DataObject) -> None:
    path = folder / f"junk{suffix}"
    parameters = nncore.initialize_parameters(NETWORK, "xavier", seed=3)
    content = bytearray(EXPORT_FORMATS[suffix].write(NETWORK, parameters))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 8))
        content[start : start + length] = data.draw(st.binary(max_size=8))
    path.write_bytes(data.draw(st.just(bytes(content)) | st.binary(max_size=60)))
    try:
        network, read = load_parameters(path)
    except UserError as error:
        said(error, path)
    else:
        assert read.layer_dims == network.layer_dims
        assert np.isfinite(read.vector).all()


@given(data=st.data())
def test_json_with_any_other_value_raises_nothing_else(folder: Path, data: st.DataObject) -> None:
    path = folder / "values.json"
    parameters = nncore.initialize_parameters(NETWORK, "xavier", seed=3)
    document = json.loads(EXPORT_FORMATS[".json"].write(NETWORK, parameters))
    key = data.draw(st.sampled_from(sorted(document)) | st.text(max_size=5))
    document[key] = data.draw(json_values)
    path.write_text(json.dumps(document), encoding="utf-8")
    try:
        load_parameters(path)
    except UserError as error:
        said(error, path)
