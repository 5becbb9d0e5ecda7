"""What the command line answers to mistakes, faults and missing displays: one line, a status."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

import nncore
from app.cli import WITHOUT_DISPLAY, main
from app.files.parameters import load_parameters
from app.system_libraries import missing_libraries
from tests.app.command_line import DISPLAYS, MAIN, complaint, picture_size, run, succeed

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

DEAD_DISPLAY = """
import os
import sys
from app.cli import main

os.environ["DISPLAY"] = ":64321"
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in DISPLAYS:
        monkeypatch.setenv(name, "")


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
    sentence = f"there is no display to open a window on; {WITHOUT_DISPLAY}"
    assert capsys.readouterr() == ("", f"planar: {sentence}\n")


@pytest.mark.skipif(bool(missing_libraries("xcb")), reason="needs the libraries for X")
def test_a_display_that_does_not_answer_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(MAIN.parent))
    done = run(tmp_path, "", "-c", DEAD_DISPLAY)
    assert ":64321 (DISPLAY) does not answer; `make demo`" in complaint(done, 2)
    succeed(tmp_path, "--train 5 --export p.npz --exit", "-c", DEAD_DISPLAY)
    load_parameters(tmp_path / "p.npz")


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
