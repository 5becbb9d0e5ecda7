"""The entries of a JSON object, each taken out with a check that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from app.files.strict_json import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from nncore import FloatArray, Range

Name = TypeVar("Name", bound=str)


def check_format(entries: Mapping[str, object], name: str, version: int) -> None:
    """ValueError if a file is of another format, or newer than this program."""
    if entries.get("format") != name:
        raise ValueError(f"it is not a {name} file (its format is {shown(entries.get('format'))})")
    given = entries.get("format_version")
    if not isinstance(given, int) or isinstance(given, bool) or given < 1:
        raise ValueError(f"format_version is {shown(given)}; up to version {version} is accepted")
    if given > version:
        raise ValueError(
            f"a newer Planar wrote it (format version {given}); up to version {version} is accepted"
        )


class Fields:
    """One JSON object with exactly known keys.

    Parameters
    ----------
    value : object
        What the document holds at this place.
    place : str
        Its name for sentences, as "network".
    required, optional : collections of str
        The keys that must and may be there; any other key raises.

    Raises
    ------
    ValueError
        Here and in all methods: what stands there, and what is accepted.
    """

    def __init__(
        self, value: object, place: str, required: Collection[str], optional: Iterable[str] = ()
    ) -> None:
        if not isinstance(value, dict):
            raise ValueError(f"{place} is {shown(value)}; accepted: an object {{…}}")
        for key in required:
            if key not in value:
                raise ValueError(f"{place} has no {key!r}; needed: {', '.join(required)}")
        for key in value:
            if key not in required and key not in optional:
                accepted = ", ".join([*required, *optional])
                raise ValueError(f"{place} has an unknown {shown(key)}; accepted: {accepted}")
        self._entries: dict[str, Any] = value
        self._place = place

    @property
    def entries(self) -> Mapping[str, Any]:
        """All entries, unchecked."""
        return self._entries

    def take(self, key: str) -> Any:  # noqa: ANN401
        """Return an entry unchecked; None if it is not there."""
        return self._entries.get(key)

    def integer(self, key: str, accepted: Range) -> int:
        """Return a whole number of a range."""
        return integer(f"{self._place}.{key}", self.take(key), accepted)

    def number(self, key: str, accepted: Range) -> float:
        """Return a number of a range."""
        value = self.take(key)
        if type(value) not in (int, float) or not accepted.contains(value):
            raise self._wrong(key, f"a number from {accepted}")
        return float(value)

    def text(self, key: str) -> str:
        """Return a text."""
        value = self.take(key)
        if not isinstance(value, str):
            raise self._wrong(key, "a text")
        return value

    def name(self, key: str, names: Iterable[Name]) -> Name:
        """Return one of the names."""
        value = self.take(key)
        accepted = tuple(names)
        if not isinstance(value, str) or value not in accepted:
            raise self._wrong(key, ", ".join(accepted))
        return accepted[accepted.index(value)]

    def items(self, key: str, kind: type) -> list[Any]:
        """Return a list whose entries are all of one type."""
        value = self.take(key)
        if not isinstance(value, list) or set(map(type, value)) - {kind}:
            kinds = {str: "texts", int: "whole numbers", dict: "objects {…}"}
            raise self._wrong(key, f"a list of {kinds[kind]}")
        return value

    def _wrong(self, key: str, accepted: str) -> ValueError:
        return ValueError(f"{self._place}.{key} is {shown(self.take(key))}; accepted: {accepted}")


def integer(place: str, value: object, accepted: Range) -> int:
    """Return a whole number of a range; ValueError names its place."""
    if type(value) is not int or not accepted.contains(value):
        raise ValueError(f"{place} is {shown(value)}; accepted: a whole number from {accepted}")
    return value


def matrix(place: str, value: object) -> FloatArray:
    """Return rows of numbers, (rows, columns), as float64; ValueError names the row."""
    if not isinstance(value, list) or not value:
        raise ValueError(f"{place} is {shown(value)}; accepted: a list of rows of numbers")
    for position, row in enumerate(value, start=1):
        if not isinstance(row, list) or set(map(type, row)) - {int, float}:
            raise ValueError(f"row {position} of {place} is {shown(row)}; accepted: numbers")
        if len(row) != len(value[0]):
            raise ValueError(
                f"row {position} of {place} has {len(row)} numbers, row 1 has "
                f"{len(value[0])}; accepted: rows of one length"
            )
    return np.array(value, dtype=np.float64)
