"""Words for what a disk refuses: an error of the operating system becomes one sentence."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from app.errors import UserError

REASONS = {
    errno.EISDIR: "it is a folder; the name of a file is accepted",
    errno.EACCES: "there is no permission",
    errno.EPERM: "there is no permission",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full for this user",
    errno.EFBIG: "it becomes larger than files may be here",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "its links lead in a circle",
}


def quoted(path: Path | str) -> str:
    """Return a path as it stands in a sentence; signs that cannot be printed are escaped."""
    return repr(str(path))


def refusal(verb: str, path: Path, error: OSError) -> UserError:
    """Return the sentence for an error of the operating system, as "Cannot write 'a.csv': …"."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        reason = _missing(path) or (
            "its folder takes no new files" if verb == "write" else "there is no such file"
        )
    else:
        reason = REASONS.get(error.errno or 0, (error.strerror or str(error)).lower())
    return refused(verb, path, reason)


def refused(verb: str, path: Path, reason: object) -> UserError:
    """Return the sentence for any other reason."""
    return UserError(f"Cannot {verb} {quoted(path)}: {reason}.")


def ordinary_file(verb: str, path: Path) -> os.stat_result | None:
    """Return the status of a file; None where there is nothing yet.

    Raises
    ------
    UserError
        If the path is a folder, a device or a pipe, or cannot be looked at.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refusal(verb, path, error) from error
    except ValueError as error:
        raise refused(verb, path, "that is not the name of a file") from error
    if path.is_dir():
        raise refused(verb, path, REASONS[errno.EISDIR])
    if not path.is_file():
        raise refused(verb, path, "it is a device or a pipe; an ordinary file is accepted")
    return status


def _missing(path: Path) -> str | None:
    """Say which folder on the way to the file (behind its links) is missing, or is none."""
    parents = Path(os.path.realpath(path)).parents
    for parent in reversed(parents):
        if not parent.exists():
            return f"there is no folder {quoted(parent)}"
        if not parent.is_dir():
            return f"{quoted(parent)} is not a folder"
    return None
