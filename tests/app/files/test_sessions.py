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
from app.document.points import Points
from app.document.split import Split
from app.document.state import Preset, State, initial_state
from app.errors import UserError
from app.files.sessions import SESSION_SUFFIX, Session, open_session, save_session
from nncore import Parameters, Trainer, TrainerState, TrainingConfig
from tests.app.files import strategies
from tests.app.files.session_files import DATA, FIRST, STATE, learned, refused
from tests.app.files.strategies import said, weights


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sessions")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / f"lesson{SESSION_SUFFIX}"


@pytest.mark.parametrize("name", nncore.DATASETS)
def test_an_example_is_known_again_after_it_was_saved(path: Path, name: str) -> None:
    split = Split(0.2, 3)
    state = initial_state(Preset(name, 50))
    state = replace(state, split=split, points=split.applied(state.points))
    save_session(path, state)
    opened = open_session(path).state
    assert opened == state
    assert opened.shows_preset


@given(data=st.data(), state=strategies.states())
def test_any_state_comes_back_exactly(folder: Path, state: State, data: st.DataObject) -> None:
    path = folder / "any.planar"
    save_session(path, state)
    assert open_session(path) == Session(state, None, 0)
    parameters = data.draw(weights(state.network_config()))
    iteration = data.draw(st.integers(0, 10**18))
    save_session(path, state, parameters, iteration)
    session = open_session(path)
    assert (session.state, session.iteration) == (state, iteration)
    assert session.parameters
    assert session.parameters.vector.tobytes() == parameters.vector.tobytes()


def test_what_the_window_opens_with_comes_back(path: Path) -> None:
    state = initial_state()
    save_session(str(path), state, learned(state), 300)
    session = open_session(str(path))
    assert session.state == state
    assert session.iteration == 300


def test_a_sample_of_version_1_opens() -> None:
    session = open_session(DATA / "session-1.planar")
    assert session.state == FIRST
    assert session.iteration == 12
    assert session.parameters
    assert session.parameters.layer_dims == (2, 3, 2, 3)
    assert session.parameters.W[0][0, 0] == 0.125
    assert session.parameters.b[2].tolist() == [[0.5], [-0.5], [0.0]]


def test_a_sample_of_version_2_opens() -> None:
    session = open_session(DATA / "session-2.planar")
    training = TrainingConfig(
        "adam", 0.02, 1, 0.0, 0.25, beta1=0.8, schedule="step", schedule_period=100, clip_norm=5.0
    )
    assert session.state == replace(STATE, training=training)
    assert session.iteration == 13
    assert session.continuation
    assert session.continuation.memory.updates == 13
    assert session.continuation.place.start == 1


def continued(state: State) -> tuple[Parameters, int, TrainerState]:
    points = state.training_points
    trainer = Trainer(
        state.network_config(), state.training, learned(state), points.X, state.targets(points)
    )
    trainer.run(13)
    return trainer.parameters, trainer.iteration, trainer.state(with_history=False)


@pytest.mark.parametrize("optimizer", sorted(nncore.OPTIMIZERS))
def test_what_a_run_needs_to_go_on_comes_back_exactly(path: Path, optimizer: str) -> None:
    state = replace(STATE, training=TrainingConfig(optimizer, 0.02, 2))
    kept = continued(state)
    save_session(path, state, *kept)
    continuation = open_session(path).continuation
    assert continuation
    assert continuation.to_dict() == kept[2].to_dict()


@pytest.mark.parametrize(
    "change", [{"points": Points.empty()}, {"training": TrainingConfig(batch_size=None)}]
)
def test_a_continuation_that_does_not_fit_is_left_out(path: Path, change: dict[str, Any]) -> None:
    three = replace(STATE, network=replace(STATE.network, hidden_units=(3,), activation="tanh"))
    state = replace(
        three, points=replace_labels(three.points), training=TrainingConfig("adam", 0.02, 2)
    )
    kept = continued(state)
    save_session(path, replace(state, **change), *kept)
    session = open_session(path)
    assert session.continuation is None
    assert session.iteration == 13
    assert session.parameters is not None


def replace_labels(points: Points) -> Points:
    """Return the points with two classes, so that the network does not change without them."""
    return Points.of(points.X, np.minimum(points.labels, 1))


CONTINUATION_EDITS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "missing": (lambda d: d.pop("updates"), "continuation has no 'updates'"),
    "unknown": (lambda d: d.update(iteration=3), "continuation has an unknown 'iteration'"),
    "place": (lambda d: d.update(start=1), "start is 1; accepted: a multiple of the batch size 2"),
    "slots": (lambda d: d["slots"]["first_moment"].pop(), "slots.first_moment has"),
    "random": (lambda d: d.update(random_state={}), "random_state is {}"),
}


@pytest.mark.parametrize("edit", CONTINUATION_EDITS)
def test_what_is_wrong_in_a_continuation_is_said(path: Path, edit: str) -> None:
    state = replace(STATE, training=TrainingConfig("adam", 0.02, 2))
    save_session(path, state, *continued(state))
    document = json.loads(path.read_bytes())
    change, words = CONTINUATION_EDITS[edit]
    change(document["learned"]["continuation"])
    path.write_text(json.dumps(document), encoding="utf-8")
    assert words in refused(path)


def test_the_file_is_readable_and_has_a_point_per_line(path: Path) -> None:
    save_session(path, STATE)
    text = path.read_text(encoding="utf-8")
    assert '  "points": [\n    [0.5, 1.0, 0, 0.0, 0],\n    [-1.25, 2.5, 1, -2.5, 1],\n' in text
    assert '    "learning_rate": 0.3,\n' in text
    assert "learned" not in text
    one_more = STATE.points.append(Points.of([[9.0], [9.0]], [0]))
    save_session(path, replace(STATE, points=one_more))
    changed = set(path.read_text(encoding="utf-8").split("\n")) ^ set(text.split("\n"))
    assert changed == {
        "    [3.0, -7.125, 2, 4.0, 0]",
        "    [3.0, -7.125, 2, 4.0, 0],",
        "    [9.0, 9.0, 0, 0.0, 0]",
    }


def test_weights_of_another_network_are_left_out(path: Path) -> None:
    save_session(path, STATE, learned(initial_state()), 40)
    assert open_session(path) == Session(STATE, None, 0)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (replace(STATE, points=Points.of([[1e7], [0.0]], [0])), "row 1 of points is"),
        (replace(STATE, points=Points.of([[0.0], [0.0]], [0], [1e7])), "row 1 of points is"),
        (replace(STATE, network=replace(STATE.network, seed=2**32)), "network.seed is 4294967296"),
    ],
)
def test_a_state_that_would_not_open_again_replaces_nothing(
    path: Path, state: State, words: str
) -> None:
    save_session(path, STATE)
    with pytest.raises(UserError) as caught:
        save_session(path, state)
    assert words in said(caught.value, path)
    assert open_session(path).state == STATE


def test_weights_that_are_not_finite_replace_nothing(path: Path) -> None:
    save_session(path, STATE)
    parameters = learned()
    parameters.vector[0] = np.nan
    with pytest.raises(UserError) as caught:
        save_session(path, STATE, parameters, 3)
    assert "not" in said(caught.value, path)
    assert open_session(path) == Session(STATE, None, 0)
