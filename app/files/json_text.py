"""JSON as the standard has it: no NaN, no name twice, no number that overflows."""

from __future__ import annotations

import json
from math import isfinite
from typing import NoReturn


def parse_json(content: bytes) -> dict[str, object]:
    """Parse one JSON object.

    Raises
    ------
    ValueError
        Says where the text stops making sense.
    """
    try:
        value = json.loads(
            content.decode("utf-8-sig"),
            parse_constant=_refuse,
            parse_float=_finite,
            object_pairs_hook=_no_name_twice,
        )
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: {error.msg.lower()}") from error
    except RecursionError as error:
        raise ValueError("its lists are nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("it does not hold one JSON object")
    return value


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number that JSON knows")


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"{text} is too large a number")
    return value


def _no_name_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a name stands twice in it")
    return values
