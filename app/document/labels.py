"""Which class of the document a label of a table means.

A pasted label goes to the class of that name, in whatever case; else a whole number is a class
number from 0, as copied points have it, and another text is a new class of that name.  A document
without points gives its unnamed classes away first, so that it is not left with empty ones.  An
opened table is a data set of its own: its texts name the classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from app.document.classes import at_least, class_name, exactly, has_own_name
from app.document.columns import MAX_CLASSES

if TYPE_CHECKING:
    from app.document.classes import Classes
    from app.document.points import Points
    from app.document.state import State

Labels = Mapping[int, int | str]
"""How a table calls the classes that its points have; empty where it uses our class numbers."""

FEW = 3  # labels that a refusal names


class Placement(NamedTuple):
    """Points as the document takes them, its classes then, and which label became which class."""

    points: Points
    classes: Classes
    words: str


def placed(points: Points, labels: Labels, state: State) -> Placement:
    """Give points that are pasted their classes among those of the document.

    Raises
    ------
    ValueError
        If a number is not from 0 to 7, or there would be more than eight classes.
    """
    if not labels:
        return Placement(points, at_least(state.classes, points.class_count), "")
    named = _named(labels, state.classes)
    numbers = {k: label for k, label in labels.items() if isinstance(label, int)}
    if numbers and len(named) < len(labels):
        targets, classes = _numbered(numbers), state.classes
        classes = at_least(classes, max(targets.values()) + 1)
    else:
        targets, classes = _with_new(labels, named, state)
    table = np.arange(MAX_CLASSES)
    table[list(targets)] = list(targets.values())
    relabeled = points.edited("labels", np.arange(len(points)), table[points.labels])
    return Placement(relabeled, classes, _words(labels, targets, classes))


def opened(points: Points, labels: Labels, classes: Classes) -> Placement:
    """Give the classes of a document the names that an opened table has for them."""
    kept = exactly(classes, points.class_count)
    names = {k: label for k, label in labels.items() if isinstance(label, str)}
    new = _renamed(kept, names) if names else kept
    told = any(label != k for k, label in labels.items())
    return Placement(points, new, _words(labels, {k: k for k in labels}, new) if told else "")


def own_names(points: Points, classes: Classes) -> dict[int, str]:
    """Return the names of the classes of points, if somebody gave one and none is a number."""
    names = {int(k): classes[k].name for k in np.flatnonzero(points.counts)}
    given = any(has_own_name(classes, k) for k in names)
    return {} if not given or any(map(_is_number, names.values())) else names


def _is_number(text: str) -> bool:
    with suppress(ValueError):
        float(text.replace(",", "."))
        return True
    return False


def _key(text: str) -> str:
    return (class_name(text) or "").casefold()


def _named(labels: Labels, classes: Classes) -> dict[int, int]:
    """Return the classes that are called as labels are: by the very name, or else nearly."""
    nearly = {_key(info.name): k for k, info in reversed([*enumerate(classes)])}
    exact = {info.name: k for k, info in enumerate(classes)}
    found = {k: exact.get(str(one), nearly.get(_key(str(one)))) for k, one in labels.items()}
    return {k: target for k, target in found.items() if target is not None}


def _numbered(labels: Mapping[int, int]) -> dict[int, int]:
    for label in labels.values():
        if label not in range(MAX_CLASSES):
            raise ValueError(
                f"the label {label:.12g} is no class; accepted: class numbers from 0 to "
                f"{MAX_CLASSES - 1}, as copied points have, or names"
            )
    return dict(labels)


def _with_new(
    labels: Labels, named: dict[int, int], state: State
) -> tuple[dict[int, int], Classes]:
    """Return the class of each label, and the classes with new ones for those without."""
    new: dict[str, str] = {}
    for k, label in labels.items():
        if k not in named:
            new.setdefault(_key(str(label)), str(label))
    count = state.class_count
    places = [*_unnamed(state, set(named.values())), *range(count, MAX_CLASSES)]
    if len(new) > len(places):
        some = ", ".join([*new.values()][:FEW]) + (", …" if len(new) > FEW else "")
        raise ValueError(
            f"{len(new)} labels would be new classes ({some}), and there is room for "
            f"{len(places)}; accepted: up to {MAX_CLASSES} classes"
        )
    place_of = dict(zip(new, places, strict=False))
    names = {k: info.name for k, info in enumerate(state.classes)}
    names |= {place_of[key]: text for key, text in new.items()}
    targets = {k: named.get(k, place_of.get(_key(str(one)), 0)) for k, one in labels.items()}
    return targets, _renamed(at_least(state.classes, max(names) + 1), names)


def _unnamed(state: State, taken: set[int]) -> list[int]:
    """Return the classes of a document without points that have no name of their own."""
    if len(state.points):
        return []
    classes = state.classes
    return [k for k in range(len(classes)) if not has_own_name(classes, k) and k not in taken]


def _renamed(classes: Classes, names: Mapping[int, str]) -> Classes:
    """Name classes; those for which there is no name of their own are numbered."""
    given: dict[int, str] = {}
    for k, text in names.items():
        name = class_name(text)
        if name and name not in given.values():
            given[k] = name
    for k in range(len(classes)):
        numbered = map("Class {}".format, range(k + 1, 99))
        given.setdefault(k, next(name for name in numbered if name not in given.values()))
    return tuple(replace(info, name=given[k]) for k, info in enumerate(classes))


def _words(labels: Labels, targets: Mapping[int, int], classes: Classes) -> str:
    """Say "cat as class 3, label 1 as class 2 (dog)"."""
    return ", ".join(_word(label, targets[k], classes) for k, label in labels.items())


def _word(label: int | str, target: int, classes: Classes) -> str:
    said = f"label {label:.12g}" if isinstance(label, int) else class_name(label) or "no name"
    name = classes[target].name
    known = not has_own_name(classes, target) or _key(name) == _key(str(label))
    return f"{said} as class {target + 1}" + ("" if known else f" ({name})")
