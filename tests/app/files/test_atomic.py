import errno
import os
import random
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import UserError
from app.files.atomic import write_atomically
from tests.app.files.strategies import said

ROOT = Path(__file__).parents[3]
OLD, NEW = b"old " * 50_000, b"new " * 70_000

KILLED_AT_A_LINE = """
import os, signal, sys
from app.files import atomic

left = int(sys.argv[2])

def trace(frame, event, argument):
    global left
    if frame.f_code.co_filename != atomic.__file__:
        return None
    left -= event == "line"
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return trace

sys.settrace(trace)
atomic.write_atomically(sys.argv[1], b"new " * 70_000)
"""

SAVES_FOR_EVER = """
import itertools, sys
from app.files.atomic import write_atomically

for count in itertools.count():
    write_atomically(sys.argv[1], bytes([97 + count % 26]) * 2_000_000)
    print(count, flush=True)
"""

SAVES_WITHOUT_ROOM = """
import resource, sys
from app.errors import UserError
from app.files.atomic import write_atomically

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_atomically(sys.argv[1], bytes(1_000_000))
except UserError as error:
    print(error)
"""


def child(script: str, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def leftovers(folder: Path) -> list[Path]:
    return list(folder.glob(".planar-*"))


def refused(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        write_atomically(path, NEW)
    return said(caught.value, path)


def test_writes_a_new_file_and_replaces_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "grüße.bin"
    write_atomically(path, OLD)
    assert path.read_bytes() == OLD
    write_atomically(str(path), NEW)
    assert path.read_bytes() == NEW
    assert leftovers(tmp_path) == []


def test_the_longest_name_fits(tmp_path: Path) -> None:
    write_atomically(tmp_path / ("n" * 255), NEW)
    assert "the name is too long" in refused(tmp_path / ("n" * 256))


def test_a_process_killed_at_any_line_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    path, found = tmp_path / "file", []
    for line in range(1, 200):
        path.write_bytes(OLD)
        with child(KILLED_AT_A_LINE, path, line) as process:
            process.communicate()
        found.append(path.read_bytes())
        if process.returncode == 0:
            break
    assert process.returncode == 0
    assert len(found) > 20
    assert found == sorted(found, reverse=True), "first always the old one, then always the new"
    assert set(found) == {OLD, NEW}


def test_a_process_killed_while_it_writes_leaves_a_whole_file(tmp_path: Path) -> None:
    path, dice = tmp_path / "file", random.Random(1)
    for _ in range(25):
        with child(SAVES_FOR_EVER, path) as process:
            assert process.stdout
            process.stdout.readline()
            for _ in range(dice.randrange(300_000)):
                pass
            process.kill()
        content = path.read_bytes()
        assert len(content) == 2_000_000
        assert len(set(content)) == 1


def test_the_content_and_then_its_name_are_forced_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, forced = tmp_path / "file", list[tuple[bool, bool]]()

    def note(descriptor: int) -> None:
        forced.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), path.exists()))

    monkeypatch.setattr(os, "fsync", note)
    write_atomically(path, NEW)
    assert forced == [(False, False), (True, True)]


@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077])
def test_a_new_file_has_the_permissions_of_an_ordinary_one(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write_atomically(tmp_path / "ours", NEW)
        (tmp_path / "ordinary").write_bytes(NEW)
    finally:
        os.umask(before)
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "ordinary").stat().st_mode


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
def test_a_replaced_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    path.chmod(mode)
    write_atomically(path, NEW)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_replaced_file_keeps_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    os.chown(path, 1234, 4321)
    write_atomically(path, NEW)
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is protected from root")
def test_a_protected_file_and_a_protected_folder_stay(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    path.chmod(0o444)
    assert "no permission" in refused(path)
    assert path.read_bytes() == OLD
    tmp_path.chmod(0o555)
    assert "no permission" in refused(tmp_path / "other")
    tmp_path.chmod(0o755)


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_and_its_target_is_written(tmp_path: Path, there: bool) -> None:
    (tmp_path / "elsewhere").mkdir()
    target, link = tmp_path / "elsewhere" / "target", tmp_path / "link"
    if there:
        target.write_bytes(OLD)
    link.symlink_to(Path("elsewhere") / "target")
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert leftovers(tmp_path) == leftovers(target.parent) == []


def test_what_cannot_be_a_target_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "lost").symlink_to(tmp_path / "gone" / "file")
    os.mkfifo(tmp_path / "pipe")
    assert "it is a folder" in refused(tmp_path)
    assert f"no folder {str(tmp_path / 'a')!r}" in refused(tmp_path / "a" / "b" / "file")
    assert f"{str(tmp_path / 'file')!r} is not a folder" in refused(tmp_path / "file" / "x")
    assert f"no folder {str(tmp_path / 'gone')!r}" in refused(tmp_path / "lost")
    assert "lead in a circle" in refused(tmp_path / "loop")
    assert "device or a pipe" in refused(tmp_path / "pipe")
    assert "not the name of a file" in refused(tmp_path / "null\0byte")
    assert "not the name of a file" in refused(tmp_path / "half\ud800sign")
    assert (tmp_path / "file").read_bytes() == OLD
    assert leftovers(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_devices_are_not_replaced(tmp_path: Path) -> None:
    link = tmp_path / "file"
    link.symlink_to("/dev/full")
    for path in (link, Path("/dev/full"), Path("/dev/null")):
        assert "device" in refused(path)
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "read-only"), (errno.EIO, "input/output")],
)
def test_a_disk_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)

    def fail(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    assert words in refused(path)
    assert path.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_a_file_that_becomes_too_large_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    with child(SAVES_WITHOUT_ROOM, path) as process:
        sentence, _ = process.communicate()
    assert "larger than files may be here" in sentence
    assert path.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_content_that_fails_its_check_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    seen = []

    def verify(content: bytes) -> None:
        seen.append(content)
        assert path.read_bytes() == OLD
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, NEW, verify)
    assert seen == [NEW]
    assert path.read_bytes() == OLD
    assert leftovers(tmp_path) == []
