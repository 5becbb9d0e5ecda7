"""What a diagnosis says: one finding, how serious it is, and where it applies.

Layers and units are numbered from 1, as in the notes ("Neural Network Representation", shallow
networks): unit 2 of layer 1 is row 2 of W[1].
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import groupby
from types import MappingProxyType

MOST_RANGES = 4
"""So many ranges of unit numbers are spelled out; more of them are only counted."""


class Severity(IntEnum):
    """How much a finding stands in the way of learning."""

    NOTE = 1
    WARNING = 2
    FAILURE = 3


@dataclass(frozen=True)
class Finding:
    """One thing that is seen in a network, with its evidence.

    Attributes
    ----------
    name : str
        Which finding, for programs; equal names mean the same failure.
    severity : Severity
    title, sentence : str
        The same for people: a headline, and what is seen, why, and what helps.
    section : str
        The section of the notes that explains it.
    evidence : mapping
        The figures that the finding rests on.
    layer : int or None
        The layer it applies to, from 1; None for the whole network.
    units : tuple of int
        The units of that layer, from 1.
    """

    name: str
    severity: Severity
    title: str
    sentence: str
    section: str
    evidence: Mapping[str, float | str] = field(default_factory=dict)
    layer: int | None = None
    units: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "evidence", MappingProxyType(dict(self.evidence)))


def severity_of_share(units: int, layer_units: int) -> Severity:
    """All units of a layer stop what lies before it, half of them hinder, fewer are a note."""
    if units == layer_units:
        return Severity.FAILURE
    return Severity.WARNING if 2 * units >= layer_units else Severity.NOTE


def name_units(units: Sequence[int]) -> str:
    """Return the ascending unit numbers as a subject: "Units 1–4 and 7", "23 units"."""
    if len(units) == 1:
        return f"Unit {units[0]}"
    runs = [
        [unit for _, unit in run]
        for _, run in groupby(enumerate(units), key=lambda pair: pair[1] - pair[0])
    ]
    if len(runs) > MOST_RANGES:
        return f"{len(units)} units"
    return "Units " + join_words([_name_run(run[0], run[-1]) for run in runs])


def join_words(words: Sequence[str]) -> str:
    """Return "a", "a and b", or "a, b and c"."""
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last


def _name_run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
