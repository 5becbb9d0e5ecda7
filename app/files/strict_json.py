"""JSON that means one thing: no duplicate key, no NaN, no number that a float64 cannot hold.

It is written with one setting, one point or one row of a matrix per line, so that a comparison of
two files shows what changed.
"""

from __future__ import annotations

import json
from math import isfinite
from reprlib import Repr
from typing import TYPE_CHECKING

from app.files.reading import decoded

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_INTEGER = 40
"""Digits that a whole number may have: as many as the state of a random generator needs."""

_short = Repr()
_short.maxstring = _short.maxother = _short.maxlong = 40


def shown(value: object) -> str:
    """Return a value as it stands in a sentence: short, whatever it is."""
    return _short.repr(value)


def parse_json(content: bytes) -> object:
    """Return the value of a JSON document.

    Raises
    ------
    ValueError
        If it is not UTF-8, not JSON, or has what the module's first line excludes.
    """
    try:
        return json.loads(
            decoded(content),
            object_pairs_hook=_unique,
            parse_float=_finite,
            parse_int=_whole,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno} is damaged or cut off (not valid JSON)") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def format_json(document: Mapping[str, object]) -> bytes:
    """Return a document as UTF-8 text, its keys in the given order."""
    return (_format(document, "") + "\n").encode()


def _format(value: object, margin: str) -> str:
    inner = margin + "  "
    if isinstance(value, dict) and value:
        entries = [f"{json.dumps(key)}: {_format(entry, inner)}" for key, entry in value.items()]
        return "{\n" + inner + f",\n{inner}".join(entries) + f"\n{margin}}}"
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if isinstance(value, list) and value and isinstance(value[0], list):
        # Rows of numbers hold no text, so a "], [" ends a row; one call is 20 times faster.
        rows = text[1:-1].replace("], [", f"],\n{inner}[")
        return f"[\n{inner}{rows}\n{margin}]"
    return text


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {shown(twice)} stands there twice")
    return entries


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"the number {shown(text)} is too large")
    return value


def _whole(text: str) -> int:
    if len(text) > LONGEST_INTEGER:
        raise ValueError(f"the number {shown(text)} is too large")
    return int(text)


def _refuse_constant(text: str) -> object:
    raise ValueError(f"{text} stands where a finite number is accepted")
