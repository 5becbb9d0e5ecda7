"""Writing that leaves the old file or the new one, never a half: even when the power fails.

The content goes to a temporary file in the same folder (a rename is atomic only within one disk),
is forced to the disk, may be read back and checked, and then takes the place of the old file in
one step.  A process that is killed before that step leaves a `.planar-….tmp` beside the old file,
which is whole.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.files.refusals import ordinary_file, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    Verify = Callable[[bytes], None]


def write_atomically(path: Path | str, content: bytes, verify: Verify | None = None) -> None:
    """Write a file as a whole or not at all.

    A symbolic link stays and the file that it leads to is replaced; a replaced file keeps its
    permissions and owner, a new one gets the usual ones.

    Parameters
    ----------
    path : Path or str
        The file to make or to replace; its folder must be there.
    content : bytes
        All of the file.
    verify : callable, optional
        Gets what was read back from the disk, before the old file is replaced; an error that it
        raises is passed on, and the old file stays.

    Raises
    ------
    UserError
        If the file cannot be written; the sentence names the path and says why.
    """
    given = Path(path)
    status = ordinary_file("write", given)
    target = Path(os.path.realpath(given))
    temporary = _beside(target)
    try:
        _check_unprotected(target, status)
        _replace(target, temporary, content, status, verify)
    except OSError as error:
        raise refusal("write", given, error) from error


def check_writable(path: Path | str) -> None:
    """Raise what `write_atomically` would raise, before any time is spent on the content.

    A file beside it is made and removed: only that tells of a disk that takes none.

    Raises
    ------
    UserError
        As `write_atomically`.
    """
    given = Path(path)
    status = ordinary_file("write", given)
    target = Path(os.path.realpath(given))
    temporary = _beside(target)
    try:
        _check_unprotected(target, status)
        # The name itself may be what the disk does not take, as one that is too long.
        target.exists()
        temporary.open("xb").close()
        temporary.unlink()
    except OSError as error:
        raise refusal("write", given, error) from error


def _beside(target: Path) -> Path:
    return target.with_name(f".planar-{secrets.token_hex(8)}.tmp")


def _check_unprotected(target: Path, status: os.stat_result | None) -> None:
    """A rename asks only the folder; who protected the file wants it kept."""
    if status and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "protected")


def _replace(
    target: Path,
    temporary: Path,
    content: bytes,
    status: os.stat_result | None,
    verify: Verify | None,
) -> None:
    try:
        with temporary.open("xb") as stream:
            if status:
                # Before the content, so that nobody reads it who could not read the old file.
                _resemble(temporary, target, status)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if verify:
            verify(temporary.read_bytes())
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _resemble(temporary: Path, target: Path, status: os.stat_result) -> None:
    """Give the new file the owner (where that is allowed) and the permissions of the old one."""
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(temporary, status.st_uid, status.st_gid)
    shutil.copymode(target, temporary)


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk; where a folder cannot be opened for that, do without."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
