"""Options, one by one: what each one changes, and which exclude each other."""

from dataclasses import replace
from pathlib import Path

import pytest

import nncore
from app.cli import parse
from app.document.points import Points
from app.document.state import NetworkSettings, Preset, State
from app.errors import UserError
from app.files.sessions import save_session
from app.files.tables import Table, write_table
from app.options import LaunchOptions

NETWORK = nncore.NetworkConfig((2, 3, 1))
LEARNED = nncore.initialize_parameters(NETWORK, "xavier", seed=5)
THREE_UNITS = NetworkSettings((3,), "tanh", "xavier", 5)
THREE_POINTS = Points.of([[0.0, 1.0, 2.0], [0.5, -1.0, 0.25]], [0, 1, 1])


@pytest.fixture
def session_file(tmp_path: Path) -> Path:
    path = tmp_path / "three.planar"
    state = State(THREE_POINTS, Preset("moons", 50, 0.1, 9), THREE_UNITS)
    save_session(path, state, LEARNED, 70)
    return path


def opened(*words: str) -> State:
    return parse(words).opening().state


def test_no_options_open_the_flower_with_four_tanh_units() -> None:
    state = opened()
    assert state.preset == Preset("flower", 400, 0.2, 2)
    assert state.points == state.preset.generate()
    assert state.network == NetworkSettings((4,), "tanh", "small_random", 2)
    assert state.training == nncore.TrainingConfig("gradient_descent", 1.2)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["--activation", "relu"], {"activation": "relu"}),
        (["--initializer", "he"], {"initializer": "he"}),
        (["--hidden", "8,3,64"], {"hidden_units": (8, 3, 64)}),
        (["--hidden", "0"], {"hidden_units": ()}),
        (["--hidden", "1,1,1,1,1,1"], {"hidden_units": (1,) * 6}),
        (["--seed", "4294967295"], {"seed": 2**32 - 1}),
    ],
)
def test_an_option_of_the_network_changes_that_setting_and_no_other(
    words: list[str], wanted: dict[str, object]
) -> None:
    usual = {
        "hidden_units": (4,),
        "activation": "tanh",
        "initializer": "small_random",
        "seed": 2,
    }
    assert vars(opened(*words).network) == usual | wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["--learning-rate", "0.03"], nncore.TrainingConfig(learning_rate=0.03)),
        (["--learning-rate", "1e-5"], nncore.TrainingConfig(learning_rate=1e-5)),
        (["--batch-size", "32"], nncore.TrainingConfig(learning_rate=1.2, batch_size=32)),
        (["--optimizer", "gradient_descent"], nncore.TrainingConfig(learning_rate=1.2)),
        (["--optimizer", "adam"], nncore.TrainingConfig("adam", 0.01)),
        (["--optimizer", "adam", "--learning-rate", "0.5"], nncore.TrainingConfig("adam", 0.5)),
    ],
)
def test_an_option_of_the_training_changes_that_setting_and_no_other(
    words: list[str], wanted: nncore.TrainingConfig
) -> None:
    state = opened(*words)
    assert state.training == wanted
    assert replace(state, training=opened().training) == opened()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["--noise", "0"], Preset("flower", 400, 0.0, 2)),
        (["--points", "7"], Preset("flower", 7, 0.2, 2)),
        (["--points", "0"], Preset("flower", 0, 0.2, 2)),
        (["--seed", "11"], Preset("flower", 400, 0.2, 11)),
        (["--dataset", "moons"], Preset("moons", 400, nncore.DATASETS["moons"].noise, 2)),
        (["--dataset", "xor", "--noise", "0.5"], Preset("xor", 400, 0.5, 2)),
    ],
)
def test_an_option_of_the_data_draws_those_points(words: list[str], wanted: Preset) -> None:
    state = opened(*words)
    assert state.preset == wanted
    assert state.points == wanted.generate()
    assert wanted.generate() != Preset().generate()


def test_every_name_of_the_library_is_accepted() -> None:
    for option, names in (
        ("--dataset", nncore.DATASETS),
        ("--activation", nncore.ACTIVATIONS),
        ("--initializer", nncore.INITIALIZERS),
        ("--optimizer", nncore.OPTIMIZERS),
    ):
        for name in names:
            assert opened(option, name, "--points", "20").network_config().n_x == 2


def test_what_is_to_be_done_is_taken_as_said(tmp_path: Path) -> None:
    one, other, picture = (tmp_path / name for name in ("a.npz", "b.JSON", "c.png"))
    words = ["--export", str(one), "--export", str(other), "--screenshot", str(picture)]
    options = parse([*words, "--train", "12", "--exit", "--theme", "dark", "--size", "1280X720"])
    assert options == LaunchOptions(
        exports=[one, other],
        screenshot=picture,
        train=12,
        exit=True,
        theme="dark",
        size=(1280, 720),
    )


def test_lines_do_not_share_their_exports(tmp_path: Path) -> None:
    parse(["--export", str(tmp_path / "a.npz")])
    assert parse([]).exports == []


def test_a_session_opens_with_its_settings_and_its_weights(session_file: Path) -> None:
    opening = parse([str(session_file)]).opening()
    assert opening.state.points == THREE_POINTS
    assert opening.state.preset == Preset("moons", 50, 0.1, 9)
    assert opening.state.network == THREE_UNITS
    assert opening.iteration == 70
    assert opening.parameters is not None
    assert opening.parameters.vector.tobytes() == LEARNED.vector.tobytes()


def test_another_learning_rate_keeps_the_weights_of_a_session(session_file: Path) -> None:
    opening = parse([str(session_file), "--learning-rate", "0.5", "--hidden", "3"]).opening()
    assert opening.state.training.learning_rate == 0.5
    assert opening.parameters is not None
    assert opening.iteration == 70


@pytest.mark.parametrize("change", [["--hidden", "4"], ["--activation", "relu"], ["--seed", "6"]])
def test_another_network_starts_the_session_anew(session_file: Path, change: list[str]) -> None:
    opening = parse([str(session_file), *change]).opening()
    assert opening.state.points == THREE_POINTS
    assert opening.parameters is None
    assert opening.iteration == 0


@pytest.mark.parametrize("name", ["points.csv", "points.txt", "POINTS.CSV", "a b ü.csv"])
def test_any_other_file_is_a_table_of_points(tmp_path: Path, name: str) -> None:
    write_table(tmp_path / name, Table(THREE_POINTS))
    opening = parse([str(tmp_path / name), "--hidden", "5"]).opening()
    assert opening.state.points == THREE_POINTS
    assert opening.state.network.hidden_units == (5,)


def test_hidden_layers_that_do_not_fit_the_activations_of_a_session(tmp_path: Path) -> None:
    path = tmp_path / "mixed.planar"
    save_session(path, State(network=NetworkSettings((3, 2), ("tanh", "relu"))))
    with pytest.raises(UserError, match=r"--hidden 4 does not fit .*mixed\.planar.*--activation"):
        parse([str(path), "--hidden", "4"]).opening()
    assert opened(str(path), "--hidden", "4", "--activation", "tanh").network.hidden_units == (4,)


@pytest.mark.parametrize("option", ["--dataset", "--points", "--noise"])
def test_a_file_and_points_to_draw_exclude_each_other(session_file: Path, option: str) -> None:
    value = "moons" if option == "--dataset" else "1"
    with pytest.raises(UserError, match=rf"{option} .*three\.planar exclude each other"):
        parse([str(session_file), option, value])


def test_more_than_one_file_is_refused(session_file: Path) -> None:
    with pytest.raises(UserError, match="unrecognized arguments"):
        parse([str(session_file), str(session_file)])
