"""What open_session says to files that were not saved as they are."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.files.sessions import SESSION_SUFFIX, open_session, save_session
from tests.app.files.session_files import DATA, STATE, learned, refused
from tests.app.files.strategies import json_values, said


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sessions")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / f"lesson{SESSION_SUFFIX}"


@pytest.fixture
def document(path: Path) -> dict[str, Any]:
    """What a session file of STATE holds."""
    save_session(path, STATE, learned(), iteration=12)
    values: dict[str, Any] = json.loads(path.read_bytes())
    return values


@pytest.mark.parametrize(
    ("name", "value"),
    [("momentum", 1.0), ("schedule", "luck"), ("schedule_period", 0), ("clip_norm", 0.0)],
)
def test_a_wrong_newer_setting_is_named(
    path: Path, document: dict[str, Any], name: str, value: object
) -> None:
    document["training"][name] = value
    path.write_text(json.dumps(document), encoding="utf-8")
    assert f"training.{name} is" in refused(path)


def test_a_file_of_version_1_with_nine_classes_says_so(tmp_path: Path) -> None:
    document = json.loads((DATA / "session-1.planar").read_bytes())
    document["points"].append([0, 0, 8])
    path = tmp_path / "nine.planar"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert "row 4 of points is [0, 0, 8]; accepted: class numbers from 0 to 7" in refused(path)


Edit = Callable[[dict[str, Any]], object]

EDITS: dict[str, tuple[Edit, str]] = {
    "format": (lambda d: d.update(format="planar parameters"), "not a planar session file"),
    "newer": (lambda d: d.update(format_version=3), "a newer Planar wrote it (format version 3)"),
    "version 0": (lambda d: d.update(format_version=0), "format_version is 0"),
    "version true": (lambda d: d.update(format_version=True), "format_version is True"),
    "no points": (lambda d: d.pop("points"), "has no 'points'"),
    "unknown": (lambda d: d.update(color="red"), "unknown 'color'"),
    "unknown setting": (lambda d: d["network"].update(seeds=3), "network has an unknown 'seeds'"),
    "missing setting": (lambda d: d["training"].pop("l2"), "training has no 'l2'"),
    "list for object": (lambda d: d.update(preset=[]), "preset is []; accepted: an object"),
    "point of two": (lambda d: d["points"].append([1, 2]), "row 4 of points has 2 numbers"),
    "point of text": (lambda d: d["points"].append([1, "2", 0, 0, 0]), "row 4 of points"),
    "point of truth": (lambda d: d["points"].append([1, True, 0, 0, 0]), "row 4 of points"),
    "point far off": (lambda d: d["points"].append([0, 1e300, 0, 0, 0]), "row 4 of points"),
    "half a class": (
        lambda d: d["points"].append([0, 0, 0.5, 0, 0]),
        "row 4 of points is [0, 0, 0.5, 0, 0]; accepted: class",
    ),
    "class 8": (lambda d: d["points"].append([0, 0, 8, 0, 0]), "class numbers from 0 to 7"),
    "class -1": (lambda d: d["points"].append([0, 0, -1, 0, 0]), "class numbers from 0 to 7"),
    "huge class": (lambda d: d["points"].append([0, 0, 10**19, 0, 0]), "class numbers from 0 to 7"),
    "huge value": (lambda d: d["points"].append([0, 0, 0, 1e7, 0]), "accepted: values from"),
    "half a set": (lambda d: d["points"].append([0, 0, 0, 0, 0.5]), "1 for a point of the test"),
    "task": (lambda d: d.update(task="guess"), "task is 'guess'"),
    "classes": (lambda d: d.update(classes={}), "classes is {}; accepted: a list of objects"),
    "one class": (lambda d: d["classes"].pop(), "2 classes; the points need 3"),
    "no class": (lambda d: d.update(classes=[], points=[]), "0 classes; accepted: 2 to 8"),
    "nameless": (lambda d: d["classes"][0].update(name=""), "name of a class is ''"),
    "one name": (lambda d: d["classes"][0].update(name="other"), "called 'other'"),
    "color": (lambda d: d["classes"][0].update(color=8), "a class.color is 8"),
    "share": (lambda d: d["split"].update(test_share=1), "split.test_share is 1"),
    "split seed": (lambda d: d["split"].update(seed=-1), "split.seed is -1"),
    "points of 2": (lambda d: d.update(points=[[1, 2]]), "points have 2 numbers"),
    "points as text": (lambda d: d.update(points="none"), "points is 'none'"),
    "dataset": (lambda d: d["preset"].update(name="rose"), "preset.name is 'rose'"),
    "m": (lambda d: d["preset"].update(points=10**6), "preset.points is 1000000"),
    "noise": (lambda d: d["preset"].update(noise=-0.5), "preset.noise is -0.5"),
    "rate": (lambda d: d["training"].update(learning_rate=0), "training.learning_rate is 0"),
    "rate text": (lambda d: d["training"].update(learning_rate="1"), "learning_rate is '1'"),
    "batch": (lambda d: d["training"].update(batch_size=0), "training.batch_size is 0"),
    "optimizer": (lambda d: d["training"].update(optimizer="luck"), "optimizer is 'luck'"),
    "units": (lambda d: d["network"].update(hidden_units=[3, 65]), "a hidden layer is 65"),
    "no units": (lambda d: d["network"].update(hidden_units=[0, 2]), "a hidden layer is 0"),
    "layers": (lambda d: d["network"].update(hidden_units=[1] * 7), "7 hidden layers"),
    "activation": (lambda d: d["network"].update(activation="magic"), "'magic'"),
    "long name": (lambda d: d["network"].update(activation="x" * 9999), "; accepted: "),
    "activations": (lambda d: d["network"].update(activation=["tanh"]), "activation has 1 names"),
    "initializer": (lambda d: d["network"].update(initializer="luck"), "initializer is 'luck'"),
    "seed": (lambda d: d["network"].update(seed=-1), "network.seed is -1"),
    "iteration": (lambda d: d["learned"].update(iteration=-1), "learned.iteration is -1"),
    "no W2": (lambda d: d["learned"].pop("W2"), "learned has no 'W2'"),
    "W9": (lambda d: d["learned"].update(W9=[[1.0]]), "learned has an unknown 'W9'"),
    "shape": (lambda d: d["learned"].update(W2=[[1.0]]), "W2 has shape (1, 1)"),
    "weights of text": (lambda d: d["learned"].update(W2="none"), "W2 is 'none'"),
    "learned null": (lambda d: d.update(learned=None), "learned is None"),
    "other network": (lambda d: d["network"].update(hidden_units=[4, 2]), "W1 has shape (3, 2)"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_wrong_is_said(path: Path, document: dict[str, Any], edit: str) -> None:
    change, words = EDITS[edit]
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")
    assert words in refused(path)


def test_a_file_cut_off_anywhere_is_refused(path: Path, document: dict[str, Any]) -> None:
    content = path.read_bytes()
    assert document
    for end in range(0, len(content) - 2, 11):
        path.write_bytes(content[:end])
        refused(path)


def test_paths_that_cannot_be_written_or_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place, words in [
        (tmp_path / "missing" / "s.planar", "there is no folder"),
        (tmp_path / "file" / "s.planar", "is not a folder"),
        (tmp_path, "it is a folder"),
    ]:
        with pytest.raises(UserError) as caught:
            save_session(place, STATE)
        assert words in said(caught.value, place)
        assert words in refused(place)
    assert "there is no such file" in refused(tmp_path / "s.planar")


def opens_or_says_why(path: Path) -> None:
    """A damaged file gives a session that is right in itself, or one sentence."""
    try:
        session = open_session(path)
    except UserError as error:
        said(error, path)
        return
    save_session(path, session.state, session.parameters, session.iteration)
    assert open_session(path).state == session.state
    if session.parameters:
        assert session.parameters.layer_dims == session.state.network_config().layer_dims


@given(data=st.data())
def test_damaged_bytes_raise_nothing_else(folder: Path, data: st.DataObject) -> None:
    path = folder / "damaged.planar"
    save_session(path, STATE, learned(), 12)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 8))
        content[start : start + length] = data.draw(st.binary(max_size=8) | st.just(b"9" * 400))
    path.write_bytes(bytes(content))
    opens_or_says_why(path)


@given(data=st.data())
def test_any_other_value_anywhere_raises_nothing_else(folder: Path, data: st.DataObject) -> None:
    path = folder / "values.planar"
    save_session(path, STATE, learned(), 12)
    document: Any = json.loads(path.read_bytes())
    inside = document
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(inside[key], dict | list) or data.draw(st.booleans()):
            break
        inside = inside[key]
    inside[key] = data.draw(json_values)
    path.write_text(json.dumps(document), encoding="utf-8")
    opens_or_says_why(path)
