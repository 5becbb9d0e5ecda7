"""Planar run as a script runs it, and what such runs leave behind."""

import os
import struct
import subprocess
import sys
from pathlib import Path

from tests.patience import PATIENCE

MAIN = Path(__file__).parents[2] / "main.py"
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


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


def succeed(folder: Path, line: str, *before: str) -> None:
    done = run(folder, line, *before)
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
