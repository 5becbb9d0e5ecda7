"""Edits of the document: each turns a state into a new one and knows its own inverse.

A command computes the whole new state before anything is replaced, so a command that fails leaves
the document and the undo stack as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

from app.document.points import Points
from app.document.state import Changed, NetworkSettings, Preset, State
from nncore import TrainingConfig

if TYPE_CHECKING:
    from numpy.typing import NDArray


Settings = TypeVar("Settings", NetworkSettings, TrainingConfig)


class Command(Protocol):
    """One edit."""

    @property
    def verb(self) -> str:
        """What it does, for the menu: "Undo add 3 points" is the verb and the count."""

    @property
    def count(self) -> int:
        """How many points it touches; 0 where that says nothing."""

    @property
    def changes(self) -> Changed:
        """What it touches."""

    def apply(self, state: State) -> tuple[State, Command]:
        """Return the new state and the command that leads back."""


@dataclass(frozen=True)
class AddPoints:
    """Add points after the ones that are there."""

    points: Points
    verb = "add"
    changes = Changed.POINTS

    @property
    def count(self) -> int:
        """How many points."""
        return len(self.points)

    def apply(self, state: State) -> tuple[State, Command]:
        """Append; the inverse removes exactly these."""
        start = len(state.points)
        return InsertPoints(np.arange(start, start + self.count), self.points).apply(state)


@dataclass(frozen=True, eq=False)
class InsertPoints:
    """Put points back at given positions, shape (k,), ascending."""

    indices: NDArray[np.int64]
    points: Points
    verb = "add"
    changes = Changed.POINTS

    @property
    def count(self) -> int:
        """How many points."""
        return len(self.points)

    def apply(self, state: State) -> tuple[State, Command]:
        """Insert; the inverse removes exactly these."""
        points = state.points.insert(self.indices, self.points)
        return replace(state, points=points), RemovePoints(self.indices)


@dataclass(frozen=True, eq=False)
class RemovePoints:
    """Remove the points at given positions, shape (k,), ascending."""

    indices: NDArray[np.int64]
    verb = "remove"
    changes = Changed.POINTS

    @property
    def count(self) -> int:
        """How many points."""
        return len(self.indices)

    def apply(self, state: State) -> tuple[State, Command]:
        """Remove; the inverse puts them back where they were."""
        removed = state.points.take(self.indices)
        points = state.points.remove(self.indices)
        return replace(state, points=points), InsertPoints(self.indices, removed)


@dataclass(frozen=True)
class ReplaceState:
    """Put a whole state in place of the present one, as opening a session does."""

    state: State
    verb: str = "open"
    changes: Changed = Changed.ALL
    count = 0

    def apply(self, state: State) -> tuple[State, Command]:
        """Replace, after checking that a run can begin; the inverse restores the former state."""
        self.state.check()
        return self.state, replace(self, state=state)


@dataclass(frozen=True)
class ReplacePoints:
    """Exchange all points, as a loaded table does."""

    points: Points
    verb: str = "replace points"
    changes = Changed.POINTS
    count = 0

    def apply(self, state: State) -> tuple[State, Command]:
        """Replace; the inverse restores the old points."""
        return replace(state, points=self.points), replace(self, points=state.points)


@dataclass(frozen=True)
class ClearPoints:
    """Remove all points; the network stays."""

    verb = "clear points"
    changes = Changed.POINTS
    count = 0

    def apply(self, state: State) -> tuple[State, Command]:
        """Clear; the inverse restores the points."""
        return ReplacePoints(Points.empty(), self.verb).apply(state)


@dataclass(frozen=True)
class LoadPreset:
    """Draw a generated dataset in place of the points."""

    preset: Preset
    changes = Changed.POINTS | Changed.PRESET
    count = 0

    @property
    def verb(self) -> str:
        """Name for the menu."""
        return f"load {self.preset.name}"

    def apply(self, state: State) -> tuple[State, Command]:
        """Generate; the inverse restores points and controls."""
        new = replace(state, points=self.preset.generate(), preset=self.preset)
        return ReplaceState(new, self.verb, self.changes).apply(state)


@dataclass(frozen=True)
class ChangeNetwork:
    """Choose another network, initialization or seed: a new run begins."""

    network: NetworkSettings
    verb: str = "change network"
    changes = Changed.NETWORK
    count = 0

    def apply(self, state: State) -> tuple[State, Command]:
        """Replace the settings, after checking that a run can begin from them."""
        new = replace(state, network=self.network)
        new.check()
        return new, replace(self, network=state.network)


@dataclass(frozen=True)
class ChangeTraining:
    """Change how the network is trained; the run goes on."""

    training: TrainingConfig
    verb: str = "change training"
    changes = Changed.TRAINING
    count = 0

    def apply(self, state: State) -> tuple[State, Command]:
        """Replace the settings."""
        return replace(state, training=self.training), replace(self, training=state.training)


def verb_of_change(old: Settings, new: Settings) -> str:
    """Name a change of settings after what differs: "change learning rate".

    >>> verb_of_change(NetworkSettings(seed=1), NetworkSettings(seed=2))
    'change seed'
    """
    names = [f.name for f in fields(new) if getattr(old, f.name) != getattr(new, f.name)]
    return "change " + (names[0].replace("_", " ") if len(names) == 1 else "settings")
