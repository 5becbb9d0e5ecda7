"""Every kind of file, saved in a loop by a process that is killed in the middle of it."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.files.parameters import load_parameters
from app.files.sessions import open_session
from app.files.tables import read_points

ROOT = Path(__file__).parents[3]
KILLS = 8

SAVES_FOR_EVER = """
import itertools, sys
from pathlib import Path
import nncore
from app.document.state import Preset, State
from app.files.parameters import export_parameters
from app.files.sessions import save_session
from app.files.tables import write_points

path = Path(sys.argv[1])
versions = []
for m, units in ((20_000, 8), (300, 64)):
    state = State(Preset(points=m).generate())
    network = nncore.NetworkConfig((2, units, units, 1))
    versions.append((state, network, nncore.initialize_parameters(network, "xavier", seed=m)))
for state, network, parameters in itertools.cycle(versions):
    if path.suffix == ".csv":
        write_points(path, state.points)
    elif path.suffix == ".planar":
        save_session(path, state)
    else:
        export_parameters(path, network, parameters)
    print("saved", flush=True)
"""

READERS: dict[str, Callable[[Path], int]] = {
    "p.csv": lambda path: len(read_points(path)),
    "p.planar": lambda path: len(open_session(path).state.points),
    "p.npz": lambda path: load_parameters(path)[0].layer_dims[1],
    "p.json": lambda path: load_parameters(path)[0].layer_dims[1],
}


@pytest.mark.parametrize("name", READERS)
def test_a_process_killed_in_mid_save_leaves_a_file_that_opens(tmp_path: Path, name: str) -> None:
    path, dice = tmp_path / name, random.Random(name)
    for _ in range(KILLS):
        command = [sys.executable, "-c", SAVES_FOR_EVER, str(path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            assert process.stdout.readline() == "saved\n"
            for _ in range(dice.randrange(2_000_000)):
                pass
            process.kill()
        assert READERS[name](path) in (20_000, 300, 8, 64)
    others = [other for other in tmp_path.iterdir() if other != path]
    assert all(other.name.startswith(".planar-") for other in others)
