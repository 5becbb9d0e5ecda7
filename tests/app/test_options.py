"""Options, one by one: what is accepted, what is refused in which words, what each one changes."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

VALUED_OPTIONS = (
    "--dataset", "--points", "--noise", "--seed", "--hidden", "--activation", "--initializer",
    "--optimizer", "--learning-rate", "--batch-size", "--train", "--export", "--screenshot",
    "--theme", "--size",
)  # fmt: skip


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


MISTAKES = [
    ("--dataset", "iris", "flower, moons, circles, xor, gaussians, blobs, spiral"),
    ("--dataset", "Flower", "flower"),
    ("--activation", "swisch", "tanh"),
    ("--initializer", "", "xavier"),
    ("--optimizer", "gradient descent", "gradient_descent"),
    ("--theme", "blue", "system, light, dark"),
    *[("--points", value, "0 to 100,000") for value in ("-1", "100001", "4.5", "many", "1e3", "")],
    ("--points", "00000000000000000000999999999", "0 to 100,000"),
    ("--points", "9" * 5000, "0 to 100,000"),
    ("--points", "٤", "0 to 100,000"),
    *[
        ("--noise", value, "0 to 2")
        for value in ("-0.1", "-1e-3", "2.01", "nan", "inf", "-inf", "0,5", "")
    ],
    ("--noise", "1_0", "0 to 2"),
    *[("--learning-rate", value, "1e-05 to 10") for value in ("0", "10.1", "1e400", "nan", "fast")],
    ("--learning-rate", "٣", "1e-05 to 10"),
    *[("--seed", value, "0 to 4,294,967,295") for value in ("-2", "4294967296", "two", "0x10")],
    *[("--batch-size", value, "1 to 100,000") for value in ("0", "-1", "all", "100001", " 3")],
    *[("--train", value, "0 to 1,000,000,000") for value in ("-5", "1.5", "forever", "1000000001")],
    *[
        ("--hidden", value, "1 to 64")
        for value in ("", "4,", ",", "65", "4,0", "4;4", "-4", "-4,4", "٤")
    ],
    ("--hidden", "4,0,4", "or 0 for no hidden layer"),
    ("--hidden", "1,2,3,4,5,6,7", "up to 6 numbers"),
    ("--hidden", "0" * 99 + "1999", "1 to 64"),
    ("--size", "1440", "1040 to 7680 by 640 to 7680 pixels"),
    *[("--size", value, "WIDTHxHEIGHT") for value in ("x", "1440x", "0x0", "1440x900x2", "²x900")],
    *[("--size", value, "WIDTHxHEIGHT") for value in ("959x900", "1440x639", "7681x900")],
    ("--size", "000001440999x900", "WIDTHxHEIGHT"),
    *[("--export", value, ".npz or .json") for value in ("", "a", "a.txt", ".npz", "a.npz.gz")],
    ("--export", "no such folder/a.npz", "there is no folder"),
    ("--export", "a" * 300 + "/a.npz", "there is no folder"),
    ("--screenshot", "a.jpg", ".png"),
    ("--screenshot", "no such folder/a.png", "there is no folder"),
]


@pytest.mark.parametrize("sign", ["=", " "])
@pytest.mark.parametrize(("option", "value", "accepted"), MISTAKES)
def test_a_mistake_is_answered_with_the_option_the_value_and_what_is_accepted(
    option: str, value: str, accepted: str, sign: str
) -> None:
    with pytest.raises(UserError) as caught:
        parse([f"{option}={value}"] if sign == "=" else [option, value])
    sentence = str(caught.value)
    assert option in sentence
    assert value in sentence
    assert accepted in sentence


@pytest.mark.parametrize("behind", [[], ["--exit"], ["--", "--exit"]])
@pytest.mark.parametrize("option", VALUED_OPTIONS)
def test_an_option_without_its_value_says_what_is_accepted(option: str, behind: list[str]) -> None:
    with pytest.raises(UserError, match=rf"^{option}\b.*accepted"):
        parse([option, *behind])


def test_what_stands_behind_two_dashes_is_a_file() -> None:
    with pytest.raises(UserError, match="FILE '--noise'"):
        parse(["--exit", "--", "--noise"])


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--bogus"], "--bogus"),
        (["--datset", "moons"], "--datset"),
        (["--data", "moons"], "--data"),
        (["--exit=3"], "--exit"),
        (["missing.csv"], "missing.csv"),
        (["a" * 300 + ".csv"], "a" * 300),
        (["."], "'.'"),
        ([""], "''"),
    ],
)
def test_words_that_make_no_option_are_named(words: list[str], named: str) -> None:
    with pytest.raises(UserError, match="accepted") as caught:
        parse(words)
    assert named in str(caught.value)


def test_more_than_one_file_is_refused(session_file: Path) -> None:
    with pytest.raises(UserError, match="unrecognized arguments"):
        parse([str(session_file), str(session_file)])


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    (tmp_path / "folder.npz").mkdir()
    (tmp_path / "plain").touch()
    for value, reason in (("folder.npz", "is a folder"), ("plain/a.npz", "there is no folder")):
        with pytest.raises(UserError, match=reason):
            parse(["--export", str(tmp_path / value)])


@given(option=st.sampled_from(VALUED_OPTIONS), value=st.text())
def test_whatever_is_given_is_accepted_or_refused_in_words(option: str, value: str) -> None:
    with suppress(UserError):
        options = parse([option, value])
        assert options != LaunchOptions() or value.lower().lstrip("0") in ("system", "1440x900")


@given(st.text(alphabet="0123456789,x.-+e_ ٣²\t", max_size=40))
def test_accepted_numbers_lie_in_their_ranges(value: str) -> None:
    for option in ("--points", "--noise", "--hidden", "--size", "--learning-rate"):
        with suppress(UserError):
            options = parse([f"{option}={value}"])
            assert options != LaunchOptions() or value.lstrip("0") == "1440x900"
            assert options.points is None or options.points in range(100_001)
            assert options.noise is None or 0 <= options.noise <= 2
            assert options.learning_rate is None or 1e-5 <= options.learning_rate <= 10
            assert all(units in range(1, 65) for units in options.hidden or ())
            assert len(options.hidden or ()) <= 6
            assert options.size[0] in range(1040, 7681)
            assert options.size[1] in range(640, 7681)
