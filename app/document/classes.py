"""The classes that points may belong to: 2 to 8, each with a name, a color and a marker."""

from __future__ import annotations

from dataclasses import dataclass

from app.document.columns import MAX_CLASSES

MIN_CLASSES = 2
LONGEST_NAME = 40


@dataclass(frozen=True)
class ClassInfo:
    """One class; its label is its position among the classes.

    Attributes
    ----------
    name : str
        1 to 40 signs that can be printed.
    color, marker : int
        Numbers from 0 to 7 of the theme's class colors and markers; they stay with the class when
        another one is removed.
    """

    name: str
    color: int
    marker: int

    def __post_init__(self) -> None:
        name = self.name
        if not (name.strip() == name and name.isprintable() and 0 < len(name) <= LONGEST_NAME):
            raise ValueError(
                f"the name of a class is {name[:LONGEST_NAME]!r}; accepted: 1 to {LONGEST_NAME} "
                "signs that can be printed, without a blank at either end"
            )
        for what, number in (("color", self.color), ("marker", self.marker)):
            if number not in range(MAX_CLASSES):
                raise ValueError(
                    f"the {what} of a class is {number}; accepted: 0 to {MAX_CLASSES - 1}"
                )


Classes = tuple[ClassInfo, ...]


def check_classes(classes: Classes) -> None:
    """ValueError unless there are 2 to 8 classes, each with a name of its own."""
    if not MIN_CLASSES <= len(classes) <= MAX_CLASSES:
        raise ValueError(
            f"there would be {len(classes)} classes; accepted: {MIN_CLASSES} to {MAX_CLASSES}"
        )
    names = [info.name for info in classes]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"two classes would be called {name!r}; accepted: different names")


def class_name(text: str) -> str | None:
    """Return the name that a text can give a class, cut to 40 signs; None if nothing is left."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return printable.strip()[:LONGEST_NAME].strip() or None


def has_own_name(classes: Classes, label: int) -> bool:
    """Whether somebody named a class: it is not called after its number."""
    return classes[label].name != f"Class {label + 1}"


def next_class(classes: Classes) -> ClassInfo:
    """Return a class with the first color, marker and numbered name that none of these has."""
    names = {info.name for info in classes}
    return ClassInfo(
        next(name for name in map("Class {}".format, range(1, 99)) if name not in names),
        _first_free({info.color for info in classes}),
        _first_free({info.marker for info in classes}),
    )


def at_least(classes: Classes, count: int) -> Classes:
    """Return these classes, with new ones behind them until there are ``count``."""
    while len(classes) < count:
        classes = (*classes, next_class(classes))
    return classes


def exactly(classes: Classes, count: int) -> Classes:
    """Return the first ``count`` classes, at least two, with new ones where there are fewer."""
    count = max(MIN_CLASSES, count)
    return at_least(classes[:count], count)


def _first_free(used: set[int]) -> int:
    return min(set(range(MAX_CLASSES)) - used, default=0)


TWO_CLASSES: Classes = at_least((), MIN_CLASSES)
