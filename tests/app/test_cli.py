"""The command line as a script meets it: processes, exit statuses, files, one line of complaint."""

import os
import struct
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import nncore
from app.cli import NO_DISPLAY, main
from app.document.state import initial_state
from app.files.parameters import load_parameters
from app.files.sessions import save_session
from app.theme import DARK, LIGHT

MAIN = Path(__file__).parents[2] / "main.py"
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
PATIENCE = 60

ISSUE = (
    "--dataset flower --points 400 --hidden 4 --activation tanh --initializer small_random "
    "--learning-rate 1.2 --seed 2 --train 5000 --export p.npz --screenshot w.png --exit"
)

BREAK_THE_EXPORT = """
import sys
import app.errand
from app.cli import main

def broken(*_):
    raise RuntimeError("planted")

app.errand.export_parameters = broken
sys.exit(main(sys.argv[1:]))
"""

CHECK_NO_PATH = """
import sys
import app.options
from app.cli import main

app.options.check_writable = lambda path: None
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in DISPLAYS:
        monkeypatch.setenv(name, "")


def run(folder: Path, line: str, *before: str) -> subprocess.CompletedProcess[str]:
    """Run Planar in a folder, as on a machine without a display."""
    environment = {name: text for name, text in os.environ.items() if name not in DISPLAYS}
    command = [sys.executable, *(before or (str(MAIN),)), *line.split()]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def succeed(folder: Path, line: str) -> None:
    done = run(folder, line)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def complaint(done: subprocess.CompletedProcess[str], status: int) -> str:
    """The one line on standard error of a run that ended with this status."""
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("planar: ")
    assert done.stderr.endswith("\n")
    assert done.stderr.count("\n") == 1
    return done.stderr


def picture_size(path: Path) -> tuple[int, int]:
    """Width and height in the header of a PNG."""
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:])
    return width, height


def colors(path: Path) -> set[str]:
    """The colors that a picture has in its corners and on a grid, as "#rrggbb"."""
    from PySide6.QtGui import QImage

    image = QImage(str(path))
    across, down = range(0, image.width(), 5), range(0, image.height(), 5)
    return {image.pixelColor(x, y).name() for x in across for y in down}


def test_the_line_of_the_issue_learns_the_flower_and_leaves_a_picture(tmp_path: Path) -> None:
    succeed(tmp_path, ISSUE)
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


def test_training_without_points_says_what_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, "--points 0 --train 10 --exit")
    assert "--train 10: there are no points to train on" in complaint(done, 2)


def test_the_help_can_be_printed_by_any_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = run(tmp_path, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "exit status" in done.stdout


def test_one_export_that_fails_late_does_not_keep_the_others_from_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(MAIN.parent))
    (tmp_path / "bad.npz").symlink_to(tmp_path / "gone" / "p.npz")
    line = "--export bad.npz --train 5 --export good.json --screenshot good.png --exit"
    sentence = complaint(run(tmp_path, line, "-c", CHECK_NO_PATH), 2)
    assert "--export: Cannot write 'bad.npz'" in sentence
    load_parameters(tmp_path / "good.json")
    assert picture_size(tmp_path / "good.png") == (1440, 900)


def test_a_mistake_is_a_mistake_with_nobody_to_tell_it(tmp_path: Path) -> None:
    command = f"exec '{sys.executable}' '{MAIN}' --dataset x --exit 2>&-"
    assert subprocess.run(["sh", "-c", command], cwd=tmp_path, check=False).returncode == 2


def test_diverging_training_fails_and_still_exports_finite_weights(tmp_path: Path) -> None:
    line = (
        "--learning-rate 10 --hidden 8,8 --activation identity --initializer large_random "
        "--train 3000 --export p.npz --screenshot w.png --exit"
    )
    sentence = complaint(run(tmp_path, line), 1)
    assert "iteration" in sentence
    assert "learning rate" in sentence
    _, parameters = load_parameters(tmp_path / "p.npz")
    assert np.isfinite(parameters.vector).all()
    assert picture_size(tmp_path / "w.png") == (1440, 900)


def test_an_export_that_would_fail_in_the_end_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "p.npz").symlink_to(tmp_path / "gone" / "p.npz")
    sentence = complaint(run(tmp_path, "--train 1000000000 --export p.npz --exit"), 2)
    assert "--export: Cannot write 'p.npz'" in sentence
    assert "there is no folder" in sentence


def test_a_fault_of_the_program_does_not_leave_a_script_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.py").write_text(BREAK_THE_EXPORT, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(MAIN.parent))
    done = run(tmp_path, "--train 5 --export p.npz --exit", str(tmp_path / "broken.py"))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("planar: Planar met a fault (RuntimeError: ")


def test_without_a_display_a_bare_start_names_the_demo(tmp_path: Path) -> None:
    assert "make demo" in complaint(run(tmp_path, ""), 2)


@pytest.mark.parametrize("words", [[], ["--train", "5"], ["--screenshot", "w.png"]])
@pytest.mark.usefixtures("no_display")
def test_without_a_display_only_a_line_with_exit_runs(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert capsys.readouterr() == ("", f"planar: {NO_DISPLAY}\n")


def test_a_mistake_is_answered_before_a_missing_display(
    capsys: pytest.CaptureFixture[str], no_display: None
) -> None:
    assert main(["--points", "-1"]) == 2
    assert "--points" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--points=1e9"], "--points"),
        (["--bogus"], "--bogus"),
        (["--train"], "--train"),
        (["two\nlines.csv"], "two"),
        (["--export", "a\nb.txt"], "--export"),
        (["\udcff.csv"], "FILE"),
    ],
)
def test_a_mistake_is_one_line_on_standard_error_and_status_2(
    words: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("planar: ")
    assert err.count("\n") == 1
    assert named in err


CONTENTS: Mapping[str, tuple[bytes, str]] = {
    "line.csv": (b"x1,x2,label\n1,2,0\n1,nan,0\n", "line 3"),
    "words.csv": (b"nothing but words\nand more words\n", "line"),
    "empty.csv": (b"", "no points"),
    "binary.csv": (bytes(range(256)), "UTF-8"),
    "half.planar": (b'{"format": "planar session", "form', "half.planar"),
    "other.planar": (b"{}", "planar session"),
    "newer.planar": (b'{"format": "planar session", "format_version": 99}', "99"),
    "empty.planar": (b"", "empty.planar"),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_a_file_that_cannot_be_understood_is_a_mistake(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content, reason = CONTENTS[name]
    (tmp_path / name).write_bytes(content)
    assert main([str(tmp_path / name), "--exit"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert name in err
    assert reason in err


def test_help_lists_every_option_and_succeeds(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    for option in ("FILE", "--dataset", "--batch-size", "--export", "--screenshot", "--exit"):
        assert option in text
    for name in (*nncore.DATASETS, *nncore.ACTIVATIONS, *nncore.INITIALIZERS):
        assert name in text
