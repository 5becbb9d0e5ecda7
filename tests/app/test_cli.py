"""The command line as a script meets it: processes, exit statuses, files, one line of complaint."""

from dataclasses import replace
from pathlib import Path

import pytest

import nncore
from app.document.state import initial_state
from app.files.parameters import load_parameters
from app.files.sessions import save_session
from app.theme import DARK, LIGHT
from tests.app.command_line import colors, picture_size, succeed

CLASSROOM = (
    "--dataset flower --points 400 --hidden 4 --activation tanh --initializer small_random "
    "--learning-rate 1.2 --seed 2 --train 5000 --export p.npz --screenshot w.png --exit"
)


def test_the_line_of_the_readme_learns_the_flower_and_leaves_a_picture(tmp_path: Path) -> None:
    succeed(tmp_path, CLASSROOM)
    network, parameters = load_parameters(tmp_path / "p.npz")
    data = nncore.make_dataset("flower", 400, 0.2, 2)
    assert network.layer_dims == (2, 4, 1)
    assert nncore.accuracy(data.X, data.labels, parameters, network) >= 0.88
    assert picture_size(tmp_path / "w.png") == (1440, 900)
    shown = colors(tmp_path / "w.png")
    assert LIGHT.background in shown
    assert len(shown) > 100
    assert {path.name for path in tmp_path.iterdir()} == {"p.npz", "w.png"}


def test_the_theme_and_the_size_of_the_picture_are_the_wanted_ones(tmp_path: Path) -> None:
    succeed(tmp_path, "--theme dark --size 1280x720 --screenshot dark.png --exit")
    assert picture_size(tmp_path / "dark.png") == (1280, 720)
    shown = colors(tmp_path / "dark.png")
    assert DARK.background in shown
    assert LIGHT.background not in shown


def test_the_smallest_accepted_picture_is_not_larger_than_asked_for(tmp_path: Path) -> None:
    succeed(tmp_path, "--size 1040x640 --screenshot small.png --exit")
    assert picture_size(tmp_path / "small.png") == (1040, 640)


LINES = [
    (
        "--dataset moons --points 60 --noise 0.3 --seed 4 --hidden 5,3 --activation relu "
        "--initializer he --learning-rate 0.2 --optimizer gradient_descent --batch-size 16",
        ("moons", 60, 0.3, 4),
        nncore.NetworkConfig((2, 5, 3, 1), "relu"),
        "he",
        nncore.TrainingConfig("gradient_descent", 0.2, 16),
    ),
    (
        "--dataset gaussians --points 90 --hidden 0 --initializer large_random",
        ("gaussians", 90, nncore.DATASETS["gaussians"].noise, 2),
        nncore.NetworkConfig((2, nncore.make_dataset("gaussians").Y.shape[0])),
        "large_random",
        nncore.TrainingConfig(learning_rate=1.2),
    ),
    (
        "--dataset blobs --points 90 --hidden 3",
        ("blobs", 90, 0.2, 2),
        nncore.NetworkConfig((2, 3, 3), output="softmax"),
        "small_random",
        nncore.TrainingConfig(learning_rate=1.2),
    ),
    (
        "--dataset line --points 90 --learning-rate 0.05",
        ("line", 90, nncore.DATASETS["line"].noise, 2),
        nncore.NetworkConfig((2, 4, 1), output="linear"),
        "small_random",
        nncore.TrainingConfig(learning_rate=0.05),
    ),
    (
        "--points 1 --activation sigmoid --seed 0",
        ("flower", 1, 0.2, 0),
        nncore.NetworkConfig((2, 4, 1), "sigmoid"),
        "small_random",
        nncore.TrainingConfig(learning_rate=1.2),
    ),
]


@pytest.mark.parametrize(("line", "data", "network", "initializer", "training"), LINES)
def test_the_exported_weights_are_those_of_the_library_with_the_same_settings(
    tmp_path: Path,
    line: str,
    data: tuple[str, int, float, int],
    network: nncore.NetworkConfig,
    initializer: str,
    training: nncore.TrainingConfig,
) -> None:
    for name in ("one.npz", "two.npz"):
        succeed(tmp_path, f"{line} --train 300 --export {name} --export copy.json --exit")
    points = nncore.make_dataset(*data)
    weights = nncore.initialize_parameters(network, initializer, seed=data[3])
    trainer = nncore.Trainer(network, training, weights, points.X, points.Y, seed=data[3])
    trainer.run(300)
    for name in ("one.npz", "copy.json"):
        _, exported = load_parameters(tmp_path / name)
        assert exported.vector.tobytes() == trainer.parameters.vector.tobytes()
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


@pytest.mark.parametrize("line", ["--train 0 --points 0", ""])
def test_without_training_the_initial_weights_are_exported(tmp_path: Path, line: str) -> None:
    succeed(tmp_path, f"{line} --export p.json --exit")
    network, parameters = load_parameters(tmp_path / "p.json")
    initial = nncore.initialize_parameters(network, "small_random", seed=2)
    assert parameters.vector.tobytes() == initial.vector.tobytes()


def test_a_session_is_trained_on_from_its_weights(tmp_path: Path) -> None:
    state = initial_state()
    network, targets = state.network_config(), state.targets()
    weights = nncore.initialize_parameters(network, "xavier", seed=8)
    save_session(tmp_path / "s.planar", state, weights, 900)
    succeed(tmp_path, "s.planar --train 50 --export p.npz --exit")
    trainer = nncore.Trainer(network, state.training, weights, state.points.X, targets)
    trainer.run(50)
    _, exported = load_parameters(tmp_path / "p.npz")
    assert exported.vector.tobytes() == trainer.parameters.vector.tobytes()


def test_a_session_goes_on_as_if_it_had_never_been_closed(tmp_path: Path) -> None:
    training = nncore.TrainingConfig("adam", 0.02, 48, schedule="cosine", schedule_period=500)
    state = replace(initial_state(), training=training)
    network, targets = state.network_config(), state.targets()
    weights = nncore.initialize_parameters(network, "xavier", seed=8)
    trainer = nncore.Trainer(network, training, weights, state.points.X, targets, seed=5)
    trainer.run(333)
    kept = (trainer.parameters, trainer.iteration, trainer.state(with_history=False))
    save_session(tmp_path / "s.planar", state, *kept)
    succeed(tmp_path, "s.planar --train 50 --export p.npz --exit")
    trainer.run(50)
    _, exported = load_parameters(tmp_path / "p.npz")
    assert exported.vector.tobytes() == trainer.parameters.vector.tobytes()
