"""Every kind of file, saved by a process that the system kills in the middle of writing it."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.files.parameters import load_parameters
from app.files.sessions import open_session
from app.files.tables import read_table
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[3]

# The limit kills at exactly that byte, where Python's own handling of the signal is undone.
SAVES_TWICE = """
import resource, signal, sys
from pathlib import Path
import nncore
from app.document.state import Preset, State
from app.files.parameters import export_parameters
from app.files.sessions import save_session
from app.files.tables import Table, write_table

path, limit = Path(sys.argv[1]), int(sys.argv[2])
for size in (3, 60):
    state = State(Preset(points=size * 50).generate())
    network = nncore.NetworkConfig((2, size, size, 1))
    if path.suffix == ".csv":
        write_table(path, Table(state.points))
    elif path.suffix == ".planar":
        save_session(path, state)
    else:
        export_parameters(path, network, nncore.initialize_parameters(network, seed=1))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
"""

READERS: dict[str, Callable[[Path], int]] = {
    "p.csv": lambda path: len(read_table(path).points) // 50,
    "p.planar": lambda path: len(open_session(path).state.points) // 50,
    "p.npz": lambda path: load_parameters(path)[0].layer_dims[1],
    "p.json": lambda path: load_parameters(path)[0].layer_dims[1],
}


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="there is no limit that kills")
@pytest.mark.parametrize("limit", [1, 20_000])
@pytest.mark.parametrize("name", READERS)
def test_a_process_killed_in_mid_save_leaves_the_old_file(
    tmp_path: Path, name: str, limit: int
) -> None:
    path = tmp_path / name
    command = [sys.executable, "-c", SAVES_TWICE, str(path), str(limit)]
    ended = subprocess.run(command, cwd=ROOT, timeout=PATIENCE, check=False)
    assert ended.returncode == -signal.SIGXFSZ
    assert READERS[name](path) == 3
    (other,) = (other for other in tmp_path.iterdir() if other != path)
    assert other.name.startswith(".planar-")
    assert other.stat().st_size == limit
