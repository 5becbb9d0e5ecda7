"""Edits of settings: network, training, task, and the classes as long as no point is touched."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Self, TypeVar

from app.document.classes import ClassInfo, next_class
from app.document.state import NetworkSettings, Preset
from nncore import TrainingConfig

if TYPE_CHECKING:
    from app.document.classes import Classes
    from app.document.commands.command import Command
    from app.document.state import State, Task


Settings = TypeVar("Settings", NetworkSettings, TrainingConfig, ClassInfo, Preset)


class _Setting:
    """An edit that touches no point, and leads back by the former value alone."""

    count = 0
    nbytes = 0

    def joined(self, later: object) -> Self | None:
        """Go back past the later one at once."""
        return self if isinstance(later, type(self)) else None


@dataclass(frozen=True)
class ChangeNetwork(_Setting):
    """Choose another network, initialization or seed: a new run begins."""

    network: NetworkSettings
    verb: str = "change network"

    def apply(self, state: State) -> tuple[State, Command]:
        """Replace the settings, after checking that a run can begin from them."""
        inverse = replace(self, network=state.network)
        if self.network == state.network:
            return state, inverse
        new = replace(state, network=self.network)
        new.check()
        return new, inverse


@dataclass(frozen=True)
class ChangeTraining(_Setting):
    """Change how the network is trained; the run goes on."""

    training: TrainingConfig
    verb: str = "change training"

    def apply(self, state: State) -> tuple[State, Command]:
        """Replace the settings."""
        inverse = replace(self, training=state.training)
        if self.training == state.training:
            return state, inverse
        return replace(state, training=self.training), inverse


@dataclass(frozen=True)
class ChangePreset(_Setting):
    """Choose how the next example is drawn; the points stay what they are."""

    preset: Preset
    verb: str = "change preset"

    def apply(self, state: State) -> tuple[State, Command]:
        """Replace the settings of the example."""
        inverse = replace(self, preset=state.preset)
        if self.preset == state.preset:
            return state, inverse
        return replace(state, preset=self.preset), inverse


@dataclass(frozen=True)
class ChangeTask(_Setting):
    """Learn the labels of the points, or their values: a new run begins."""

    task: Task
    verb: str = "change task"

    def apply(self, state: State) -> tuple[State, Command]:
        """Replace the task; the points keep labels and values."""
        inverse = replace(self, task=state.task)
        return (state if self.task == state.task else replace(state, task=self.task)), inverse


@dataclass(frozen=True)
class ChangeClasses(_Setting):
    """Give the classes other names, colors and markers, or more of them; see `add_class`."""

    classes: Classes
    verb: str = "change classes"

    def apply(self, state: State) -> tuple[State, Command]:
        """Replace them; ValueError for fewer than the points need, and for two of one name."""
        inverse = replace(self, classes=state.classes)
        if self.classes == state.classes:
            return state, inverse
        if len(self.classes) < state.points.class_count:
            raise ValueError(
                f"there would be {len(self.classes)} classes; "
                f"the points need {state.points.class_count}"
            )
        return replace(state, classes=self.classes), inverse


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
