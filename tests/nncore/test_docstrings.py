"""Every public docstring says what it owes: one line first, shapes, errors, where it comes from."""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any, get_args, get_type_hints

import pytest
from numpy.typing import ArrayLike

import nncore
from nncore import FloatArray, IntArray, diagnostics
from tests.nncore.test_wrong_types import CALLS, refusal

Thing = Callable[..., object]

CLASSES = {
    name: thing for name in nncore.__all__ if inspect.isclass(thing := getattr(nncore, name))
}


def members(name: str, owner: type) -> Iterator[tuple[str, Thing]]:
    """Yield the class, its public methods and properties, and its call."""
    yield name, owner
    for member, value in vars(owner).items():
        function = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        if inspect.isfunction(function) and (member == "__call__" or not member.startswith("_")):
            yield f"{name}.{member}", function


PUBLIC: dict[str, Thing] = {
    name: thing
    for package in (nncore, diagnostics)
    for name in package.__all__
    if inspect.isfunction(thing := getattr(package, name))
} | {name: thing for owner in CLASSES.items() for name, thing in members(*owner)}

MODULES = [
    "nncore",
    *(module.name for module in pkgutil.walk_packages(nncore.__path__, prefix="nncore.")),
]

SIZE = r"[\w.]+(\[[^]]+\])?"
SHAPE = re.compile(rf"\({SIZE},( {SIZE})*(, {SIZE})*\)|any shape")
"""As (m,), (n_x, m), (n[l], n[l-1]) or (R, n_y, m)."""

RAISES = re.compile(r"\n *Raises\n *-{6}\n *ValueError\n|Raises ValueError as ``")
CHECKS = re.compile(r"ValueError|_?check(ed)?(_\w+)?")

REFERENCE = re.compile(r"ValueError\s+[Aa]s ``(\w+)``")
REFERRING = {name: REFERENCE.findall(thing.__doc__ or "") for name, thing in PUBLIC.items()}


def doc(name: str) -> str:
    return PUBLIC[name].__doc__ or ""


def has_array(hint: Any) -> bool:
    """Say whether a type is that of an array, or of something that holds or makes one."""
    return hint in (ArrayLike, FloatArray, IntArray) or any(map(has_array, get_args(hint)))


def names_in_code(thing: Thing) -> Iterator[str]:
    """Yield what the code of a function, or of the making of an object, refers to."""
    makers = ("__init__", "__post_init__")
    made = [vars(thing).get(maker) for maker in makers] if inspect.isclass(thing) else [thing]
    for function in filter(inspect.isfunction, made):
        yield from function.__code__.co_names


def refusing() -> set[str]:
    """Return the names that refuse an ``object()`` as one of their arguments."""
    found = set()
    for name, (function, right) in CALLS.items():
        known = name.partition(",")[0]
        called = f"{known}.__call__" if isinstance(function, tuple(CLASSES.values())) else known
        calls = (partial(function, **{**right, argument: object()}) for argument in right)
        if any(refusal(call) for call in calls):
            found.add(called)
    return found


REFUSING = refusing()
CHECKING = {
    name for name, thing in PUBLIC.items() if any(map(CHECKS.fullmatch, names_in_code(thing)))
}


@pytest.mark.parametrize("name", PUBLIC)
def test_one_line_comes_first(name: str) -> None:
    first, *rest = doc(name).split("\n")
    assert re.fullmatch(r"\S.*[.]", first)
    assert len(first) <= 100
    assert not rest or not rest[0]


@pytest.mark.parametrize("name", PUBLIC)
def test_the_shapes_of_arrays_are_named(name: str) -> None:
    if any(map(has_array, get_type_hints(PUBLIC[name]).values())):
        assert SHAPE.search(doc(name))


@pytest.mark.parametrize("name", sorted(REFUSING | CHECKING))
def test_what_is_refused_has_a_section(name: str) -> None:
    assert RAISES.search(doc(name))


@pytest.mark.parametrize("name", [name for name, leads_to in REFERRING.items() if leads_to])
def test_a_reference_leads_to_a_section_of_its_own(name: str) -> None:
    for named in REFERRING[name]:
        assert named != name
        assert RAISES.search(doc(named))


def test_both_ways_of_finding_what_refuses_find_something() -> None:
    assert {"Activation.__call__", "FeatureMap", "Trainer.run", "one_hot"} <= REFUSING
    assert {"TrainerState.check", "History.truncate", "Parameters.from_layers"} <= CHECKING
    assert not {"CostParts.total", "History.clear", "Trainer.state"} & (REFUSING | CHECKING)


def test_the_order_of_reading_names_every_module_once() -> None:
    named = re.findall(r"``(\w+)``", nncore.__doc__ or "")
    assert sorted(named) == [module.name for module in pkgutil.iter_modules(nncore.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_where_it_comes_from(name: str) -> None:
    assert re.search(r"\bNotes: |\b[Tt]he notes\b", import_module(name).__doc__ or "")
