"""Edits of settings: network, training, task, and the classes as long as no point is touched."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from app.document.classes import ClassInfo, next_class
from app.document.state import NetworkSettings, Preset
from nncore import TrainingConfig

if TYPE_CHECKING:
    from app.document.classes import Classes
    from app.document.state import State, Task


Settings = TypeVar("Settings", NetworkSettings, TrainingConfig, ClassInfo, Preset)


@dataclass(frozen=True)
class _Setting:
    """Replaces one part of the state; touches no point, and leads back by the former part alone."""

    part: ClassVar[str]
    count: ClassVar[int] = 0
    nbytes: ClassVar[int] = 0

    def apply(self, state: State) -> tuple[State, Self]:
        """Replace the part, after checking that the others go with it."""
        former, wanted = getattr(state, self.part), getattr(self, self.part)
        inverse = replace(self, **{self.part: former})
        if wanted == former:
            return state, inverse
        new = replace(state, **{self.part: wanted})
        self._check(new)
        return new, inverse

    def effort(self, state: State) -> int:
        """No point."""
        return 0

    def joined(self, later: object) -> Self | None:
        """Go back past the later one at once."""
        return self if isinstance(later, type(self)) else None

    def _check(self, new: State) -> None:
        """Raise ValueError for a state that nobody can work with."""


@dataclass(frozen=True)
class ChangeNetwork(_Setting):
    """Choose another network, initialization or seed: a new run begins."""

    part = "network"
    network: NetworkSettings
    verb: str = "change network"

    def _check(self, new: State) -> None:
        new.check()


@dataclass(frozen=True)
class ChangeTraining(_Setting):
    """Change how the network is trained; the run goes on."""

    part = "training"
    training: TrainingConfig
    verb: str = "change training"


@dataclass(frozen=True)
class ChangePreset(_Setting):
    """Choose how the next example is drawn; the points stay what they are."""

    part = "preset"
    preset: Preset
    verb: str = "change preset"


@dataclass(frozen=True)
class ChangeTask(_Setting):
    """Learn the labels of the points, or their values: a new run begins, the points keep both."""

    part = "task"
    task: Task
    verb: str = "change task"


@dataclass(frozen=True)
class ChangeClasses(_Setting):
    """Give the classes other names, colors and markers, or more of them; see `add_class`.

    ValueError for fewer than the points need, and for two of one name.
    """

    part = "classes"
    classes: Classes
    verb: str = "change classes"

    def _check(self, new: State) -> None:
        if len(self.classes) < new.points.class_count:
            raise ValueError(
                f"there would be {len(self.classes)} classes; "
                f"the points need {new.points.class_count}"
            )


def add_class(state: State, info: ClassInfo | None = None) -> ChangeClasses:
    """Add a class behind the others; without ``info`` the next name, color and marker."""
    return ChangeClasses((*state.classes, info or next_class(state.classes)), "add class")


def change_class(
    state: State,
    label: int,
    name: str | None = None,
    color: int | None = None,
    marker: int | None = None,
) -> ChangeClasses:
    """Give a class another name, color or marker; None: as before."""
    old = state.class_of(label)
    new = ClassInfo(
        old.name if name is None else name,
        old.color if color is None else color,
        old.marker if marker is None else marker,
    )
    classes = (*state.classes[:label], new, *state.classes[label + 1 :])
    return ChangeClasses(classes, verb_of_change(old, new) + f" of class {label + 1}")


def verb_of_change(old: Settings, new: Settings) -> str:
    """Name a change of settings after what differs: "change learning rate".

    >>> verb_of_change(NetworkSettings(seed=1), NetworkSettings(seed=2))
    'change seed'
    """
    names = [f.name for f in fields(new) if getattr(old, f.name) != getattr(new, f.name)]
    return "change " + (names[0].replace("_", " ") if len(names) == 1 else "settings")
