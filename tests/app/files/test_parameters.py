import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nncore
from app.errors import UserError
from app.files import parameters as module
from app.files.parameters import EXPORT_FORMATS, export_parameters, load_parameters
from nncore import FeatureMap, NetworkConfig, Parameters
from tests.app.files.parameter_files import refused
from tests.app.files.strategies import NETWORK, networks, said, weights

suffixes = pytest.mark.parametrize("suffix", sorted(EXPORT_FORMATS))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parameters")


@suffixes
@given(data=st.data())
def test_any_network_comes_back_bit_for_bit(folder: Path, suffix: str, data: st.DataObject) -> None:
    network = data.draw(networks())
    parameters = data.draw(weights(network))
    path = folder / f"any{suffix}"
    export_parameters(path, network, parameters)
    read, again = load_parameters(path)
    assert (read.layer_dims, read.activations, read.output, read.features) == (
        network.layer_dims,
        network.activations,
        network.output,
        network.features,
    )
    assert again.vector.tobytes() == parameters.vector.tobytes()


@suffixes
def test_the_same_weights_give_the_same_bytes(
    tmp_path: Path, trained: Parameters, suffix: str
) -> None:
    contents = []
    for name in ("first", "second"):
        path = tmp_path / (name + suffix.upper())
        export_parameters(path, NETWORK, trained)
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]


@suffixes
def test_a_leaky_network_comes_back_with_its_slope(tmp_path: Path, suffix: str) -> None:
    network = NetworkConfig((2, 3, 1), "leaky_relu", leaky_slope=0.3)
    parameters = nncore.initialize_parameters(network, seed=1)
    export_parameters(tmp_path / f"p{suffix}", network, parameters)
    assert load_parameters(tmp_path / f"p{suffix}")[0] == network


def test_a_file_without_a_slope_means_that_of_the_notes(tmp_path: Path) -> None:
    network = NetworkConfig((2, 3, 1), "leaky_relu")
    export_parameters(tmp_path / "p.json", network, Parameters.zeros((2, 3, 1)))
    entries = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert entries.pop("leaky_slope") == 0.01
    (tmp_path / "p.json").write_text(json.dumps(entries), encoding="utf-8")
    assert load_parameters(tmp_path / "p.json")[0] == network


def test_npz_opens_in_plain_numpy(tmp_path: Path, trained: Parameters) -> None:
    export_parameters(tmp_path / "p.npz", NETWORK, trained)
    with np.load(tmp_path / "p.npz", allow_pickle=False) as arrays:
        assert list(arrays)[:6] == ["W1", "b1", "W2", "b2", "W3", "b3"]
        assert arrays["layer_dims"].tolist() == [2, 3, 2, 1]
        assert arrays["activations"].tolist() == ["tanh", "relu"]
        assert str(arrays["output"]) == "sigmoid"
        X = np.array([[0.5, -1.0], [2.0, 0.0]])
        A = np.tanh(arrays["W1"] @ X + arrays["b1"])
        A = np.maximum(0, arrays["W2"] @ A + arrays["b2"])
        A = 1 / (1 + np.exp(-(arrays["W3"] @ A + arrays["b3"])))
    np.testing.assert_allclose(A, nncore.forward_propagation(X, trained, NETWORK).A[-1])


def test_features_go_along_and_open_in_plain_numpy(tmp_path: Path) -> None:
    X = np.array([[0.5, -1.0, 3.0], [2.0, 0.0, 1.0]])
    features = FeatureMap.fit(("x1", "x1_x2", "sin_x2"), X)
    network = NetworkConfig((3, 1), features=features)
    trained = nncore.initialize_parameters(network, seed=3)
    for suffix in EXPORT_FORMATS:
        export_parameters(tmp_path / f"p{suffix}", network, trained)
        assert load_parameters(tmp_path / f"p{suffix}")[0] == network
    with np.load(tmp_path / "p.npz", allow_pickle=False) as arrays:
        assert arrays["features"].tolist() == ["x1", "x1_x2", "sin_x2"]
        A = np.array([X[0], X[0] * X[1], np.sin(X[1])])
        A = ((A.T - arrays["features_mean"]) / arrays["features_scale"]).T
        A = 1 / (1 + np.exp(-(arrays["W1"] @ A + arrays["b1"])))
    np.testing.assert_allclose(A, nncore.forward_propagation(X, trained, network).A[-1])
    document = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert document["features_mean"] == list(features.mean or ())


def test_a_network_without_features_says_nothing_of_them(
    tmp_path: Path, trained: Parameters
) -> None:
    export_parameters(tmp_path / "p.json", NETWORK, trained)
    assert "features" not in (tmp_path / "p.json").read_text(encoding="utf-8")


def test_json_has_a_row_of_a_matrix_per_line(tmp_path: Path, trained: Parameters) -> None:
    export_parameters(tmp_path / "p.json", NETWORK, trained)
    text = (tmp_path / "p.json").read_text(encoding="utf-8")
    assert f"    {trained.W[0][1].tolist()},\n" in text
    document = json.loads(text)
    assert np.array_equal(document["W2"], trained.W[1])
    assert np.shape(document["b2"]) == (2, 1)
    assert "initializer" not in text


def test_a_name_without_a_known_suffix_is_refused(tmp_path: Path, trained: Parameters) -> None:
    for name in ("p.txt", "p", ".npz"):
        with pytest.raises(UserError, match=r"ends in \.npz or \.json is accepted"):
            export_parameters(tmp_path / name, NETWORK, trained)
        with pytest.raises(UserError, match=r"ends in \.npz or \.json is accepted"):
            load_parameters(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@suffixes
def test_paths_that_cannot_be_written_or_read(
    tmp_path: Path, trained: Parameters, suffix: str
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / f"folder{suffix}").mkdir()
    for place, words in [
        (tmp_path / "missing" / f"p{suffix}", "there is no folder"),
        (tmp_path / "file" / f"p{suffix}", "is not a folder"),
        (tmp_path / f"folder{suffix}", "it is a folder"),
    ]:
        with pytest.raises(UserError) as caught:
            export_parameters(place, NETWORK, trained)
        assert words in said(caught.value, place)
        assert words in refused(place)
    assert "there is no such file" in refused(tmp_path / f"p{suffix}")


@suffixes
@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_weights_that_are_not_finite_replace_nothing(
    tmp_path: Path, trained: Parameters, suffix: str, wrong: float
) -> None:
    path = tmp_path / f"p{suffix}"
    export_parameters(path, NETWORK, trained)
    before = path.read_bytes()
    trained.vector[3] = wrong
    with pytest.raises(UserError, match="not a finite number"):
        export_parameters(path, NETWORK, trained)
    assert path.read_bytes() == before


Spoil = Callable[[NetworkConfig, Parameters], tuple[NetworkConfig, Parameters]]


def one_bit(network: NetworkConfig, parameters: Parameters) -> tuple[NetworkConfig, Parameters]:
    spoiled = parameters.copy()
    spoiled.vector[4] = np.nextafter(spoiled.vector[4], 9)
    return network, spoiled


def other_activation(
    network: NetworkConfig, parameters: Parameters
) -> tuple[NetworkConfig, Parameters]:
    return replace(network, activation="sigmoid"), parameters


def features_lost(
    network: NetworkConfig, parameters: Parameters
) -> tuple[NetworkConfig, Parameters]:
    return replace(network, features=None), parameters


@suffixes
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (one_bit, "other weights"),
        (other_activation, "another network"),
        (features_lost, "another network"),
    ],
)
def test_a_writer_that_errs_never_replaces_a_good_file(
    tmp_path: Path,
    trained: Parameters,
    suffix: str,
    spoil: Spoil,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / f"p{suffix}"
    network = replace(NETWORK, features=FeatureMap(("x1", "sin_x2")))
    export_parameters(path, network, trained)
    before, right = path.read_bytes(), EXPORT_FORMATS[suffix]
    wrong = module.ExportFormat(suffix, "Wrong", lambda *t: right.write(*spoil(*t)), right.read)
    monkeypatch.setattr(module, "EXPORT_FORMATS", {suffix: wrong})
    with pytest.raises(UserError) as caught:
        export_parameters(path, network, trained)
    assert words in said(caught.value, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_with_other_predictions_is_noticed(
    tmp_path: Path, trained: Parameters, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = nncore.forward_propagation
    calls = []

    def off_by_little(*arguments: Any) -> nncore.Cache:
        cache = true(*arguments)
        calls.append(cache)
        cache.A[-1][0, 7] += len(calls) * 1e-12
        return cache

    monkeypatch.setattr(module, "forward_propagation", off_by_little)
    with pytest.raises(UserError, match="other predictions"):
        export_parameters(tmp_path / "p.npz", NETWORK, trained)
    assert list(tmp_path.iterdir()) == []


def test_records_for_menus() -> None:
    assert [record.filter_text for record in EXPORT_FORMATS.values()] == [
        "NumPy arrays (*.npz)",
        "JSON text (*.json)",
    ]
    assert all(suffix == record.suffix for suffix, record in EXPORT_FORMATS.items())
