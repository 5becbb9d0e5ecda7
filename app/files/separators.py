"""What stands between two columns of a table, and what the commas in its numbers mean.

Where commas do not separate the columns, they are the decimal mark, or they set off the thousands
in front of a decimal point.  The table tells which, in any of its numbers: 0,5 and 1234,567 have a
decimal comma; 1,234.5 and 1,234,567 and the point in 2.5 leave only thousands.  Where nothing
tells, 1,234 is refused: wrong by a factor of a thousand would be worse.  So are tables with both
marks, as 1.234 beside 0,5 may be a thousand, too.

A minus may be the typographic one, and no-break or thin spaces may set off the thousands.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from app.files.strict_json import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Line = tuple[int, str]

MINUS = "\N{MINUS SIGN}"
SPACES = "\N{NO-BREAK SPACE}\N{FIGURE SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}"
WHITE_SPACE = re.compile(rf"[^\S{SPACES}]+")
SPACE_IN_NUMBER = re.compile(rf"(?<=[0-9])[{SPACES}](?=[0-9]{{3}}(?![0-9]))")
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?")
EITHER = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
TWO_COMMAS = re.compile(",[0-9]+,")
FIELD_NAMES = ("x1", "x2", "the third column", "test")


@dataclass(frozen=True)
class Separator:
    """What stands between two columns, and how numbers are written there.

    Attributes
    ----------
    sign : str or None
        None is any white space at which a line may break.
    comma : str or None
        What a comma in a number stands for: "." where it is the decimal mark, "" where it sets
        off thousands; None as long as no number has told.
    """

    sign: str | None
    comma: str | None = None

    def split(self, line: str) -> list[str]:
        """Return the fields of a line, without the quotation marks that spreadsheets add."""
        if '"' not in line:
            return [field.strip() for field in self._parts(line)]
        try:
            row = next(csv.reader([line], delimiter=self.sign or " ", skipinitialspace=True))
        except csv.Error:
            # A monster of a field; taken apart plainly, it is refused with its line.
            row = line.split(self.sign)
        return [field.strip() for field in row]

    def _parts(self, line: str) -> list[str]:
        if self.sign is None and not line.isascii():
            return WHITE_SPACE.split(line.strip())
        return line.strip(" ").split(self.sign)

    def number(self, text: str) -> float | None:
        """Return the number that a field holds, if it holds one."""
        text = _in_ascii(text)
        if self.sign != ",":
            text = text.replace(",", self._comma_in(text))
        try:
            # Python's own spellings (1_000, digits of other scripts) are no numbers here.
            return float(text) if text.isascii() and "_" not in text else None
        except ValueError:
            return None

    def _comma_in(self, text: str) -> str:
        either = self.comma != "" and EITHER.fullmatch(text)
        return "" if THOUSANDS.fullmatch(text) and not either else "."

    def numbers_in(self, line: str) -> int:
        """How many of the first two fields are numbers."""
        return sum(self.number(field) is not None for field in self.split(line)[:2])

    def starts_point(self, line: str) -> bool:
        """Whether the first two fields are numbers."""
        return self.numbers_in(line) == 2


TAB = Separator("\t")
SEPARATORS = (TAB, *map(Separator, (";", ",", None)))


class Number(NamedTuple):
    """A number as it is written, and where."""

    place: str
    text: str

    @property
    def comma(self) -> str | None:
        """What a comma has to be in a table with this number; None if it does not tell."""
        text = _in_ascii(self.text)
        if "." in text or text.count(",") > 1:
            return ""
        return "." if "," in text and not EITHER.fullmatch(text) else None

    def __str__(self) -> str:
        """Say where what stands."""
        return f"{self.place} is {shown(self.text)}"


def settled(rows: Sequence[Line], separator: Separator) -> Separator:
    """Return the separator that knows what commas in numbers are.

    Raises
    ------
    ValueError
        Names the number that can be read in two ways, or the one that is at odds with another.
    """
    if separator.sign == "," or not any("," in line for _, line in rows):
        return separator
    telling: dict[str | None, Number] = {}
    table = "\n".join(line for _, line in rows)
    one_kind = "." not in table and not TWO_COMMAS.search(table)
    for number in _marked_numbers(rows, separator):
        telling.setdefault(number.comma, number)
        if number.comma and one_kind:
            break
    if "" in telling and "." in telling:
        raise ValueError(f"{telling['']}, but {telling['.']}; accepted: one decimal mark for all")
    if None in telling and len(telling) == 1:
        text = _in_ascii(telling[None].text)
        decimal, whole = text.replace(",", "."), text.replace(",", "")
        raise ValueError(
            f"{telling[None]}, which may mean {decimal} or {whole}, and no other number tells; "
            f"accepted: {decimal} or {whole}, and all others written alike"
        )
    return replace(separator, comma=next((c for c in telling if c is not None), None))


def _marked_numbers(rows: Sequence[Line], separator: Separator) -> Iterator[Number]:
    """Yield the numbers with a comma or a point; the names in a third column are none."""
    for number, line in rows:
        for name, text in zip(FIELD_NAMES, separator.split(line), strict=False):
            if ("," in text or "." in text) and separator.number(text) is not None:
                yield Number(f"in line {number} {name}", text)


def _in_ascii(text: str) -> str:
    """Return a number with the signs of a keyboard, and the spaces in it left out."""
    if text.isascii():
        return text
    return SPACE_IN_NUMBER.sub("", text).replace(MINUS, "-")
