"""Reading of files that nobody vouches for."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.files.refusals import ordinary_file, refusal, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEGABYTE = 1_000_000
LONGEST_REASON = 240
"""Letters of a sentence about content; a file can hold a name of any length."""


def read_whole(path: Path, limit: int) -> bytes:
    """Return the content of an ordinary file of at most ``limit`` bytes.

    Raises
    ------
    UserError
        If the file is not there, cannot be read, is no ordinary file or is too large.
    """
    ordinary_file("read", path)
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        raise refusal("read", path, error) from error
    if len(content) > limit:
        megabytes = limit // MEGABYTE
        raise refused("read", path, f"it is too large; up to {megabytes} MB are accepted")
    return content


@contextmanager
def naming(verb: str, path: Path) -> Iterator[None]:
    """Turn the ValueError of a reader, which knows only content, into a sentence with the path."""
    try:
        yield
    except ValueError as error:
        raise refused(verb, path, _short(str(error).rstrip("."))) from error


def _short(reason: str) -> str:
    """Leave out the middle: what is wrong stands at the beginning, what is accepted at the end."""
    half = LONGEST_REASON // 2
    return reason if len(reason) <= LONGEST_REASON else f"{reason[:half]}…{reason[-half:]}"


def decoded(content: bytes) -> str:
    """Return UTF-8 text, with or without a byte order mark; ValueError names the line."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8 text") from error
