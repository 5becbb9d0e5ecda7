"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable


def write_atomically(
    path: Path, content: bytes, check: Callable[[Path], None] | None = None
) -> None:
    """Put ``content`` into a file; a reader sees the old file or the new one, never a part.

    The bytes go into a temporary file in the same folder, down to the disk, and then take the
    name of the old file in one step of the file system.

    Parameters
    ----------
    path : Path
        Where to; a symbolic link keeps pointing where it points.
    content : bytes
        The whole file.
    check : callable, optional
        Looks at the temporary file before it takes the name; what it raises leaves the old file.

    Raises
    ------
    UserError
        If the file cannot be written; says which and why.
    """
    target = Path(os.path.realpath(path))
    try:
        handle, name = tempfile.mkstemp(prefix=".planar-", suffix=target.suffix, dir=target.parent)
        temporary = Path(name)
        try:
            _fill(handle, content)
            temporary.chmod(_mode(target))
            if check:
                check(temporary)
            temporary.replace(target)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(f"{path} cannot be written: {reason.lower()}.") from error


def _fill(handle: int, content: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those of an ordinary new one."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def read_bytes(path: Path, most: int) -> bytes:
    """Read a whole file of at most ``most`` bytes; UserError if that cannot be done."""
    try:
        size = path.stat().st_size
        if size > most:
            raise UserError(f"{path} is {size:,} bytes long; at most {most:,} are accepted.")
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(f"{path} cannot be read: {reason.lower()}.") from error
