"""Edits that make a whole new state; the inverse puts the former one back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import nncore
from app.document.classes import exactly
from app.document.points import Points

if TYPE_CHECKING:
    from app.document.classes import Classes
    from app.document.commands.command import Command
    from app.document.split import Split
    from app.document.state import Preset, State, Task


@dataclass(frozen=True)
class ReplaceState:
    """Put a whole state in place of the present one, as opening a session does."""

    state: State
    verb: str = "open"
    count = 0

    @property
    def nbytes(self) -> int:
        """Memory of the points."""
        return self.state.points.nbytes

    def effort(self, state: State) -> int:
        """No point: those of the other state are there."""
        return 0

    def apply(self, state: State) -> tuple[State, Command]:
        """Replace, after checking that a run can begin; the inverse restores the former state."""
        self.state.check()
        return (state if state == self.state else self.state), replace(self, state=state)

    def joined(self, later: Command) -> Command | None:
        """Go back past the later one at once."""
        return self if isinstance(later, ReplaceState) else None


class _LedBackByState:
    """An edit whose inverse is a `ReplaceState`: it never waits to be undone itself."""

    count = 0
    nbytes = 0

    def effort(self, state: State) -> int:
        """No point, unless an edit says otherwise."""
        return 0

    def joined(self, later: Command) -> None:
        """Stay apart."""


@dataclass(frozen=True)
class ReplacePoints(_LedBackByState):
    """Exchange all points, as a loaded table does; it says itself which are for the test.

    The share of the split becomes theirs, so that points drawn later are shared out alike.

    Attributes
    ----------
    classes : tuple of ClassInfo or None
        The classes; None: as many of the present ones as the points need.
    task : {"classification", "regression"} or None
        What is to be learned of them; None: as before.
    """

    points: Points
    verb: str = "replace points"
    task: Task | None = None
    classes: Classes | None = None

    def apply(self, state: State) -> tuple[State, Command]:
        """Replace; the inverse restores points, classes, split and task."""
        new = replace(
            state,
            points=self.points,
            classes=self.classes or exactly(state.classes, self.points.class_count),
            split=state.split.of(self.points),
            task=self.task or state.task,
        )
        return ReplaceState(new, self.verb).apply(state)


@dataclass(frozen=True)
class ClearPoints(_LedBackByState):
    """Remove all points; the network and the classes stay."""

    verb = "clear points"

    def apply(self, state: State) -> tuple[State, Command]:
        """Clear; the inverse restores the points."""
        return ReplaceState(replace(state, points=Points.empty()), self.verb).apply(state)


@dataclass(frozen=True)
class LoadPreset(_LedBackByState):
    """Draw a generated dataset in place of the points, shared out as the split says.

    Attributes
    ----------
    task : {"classification", "regression"} or None
        What is to be learned of it; None: what the dataset is made for.
    change : str or None
        Name for the menu where the same dataset is drawn in another way; None: "load moons".
    """

    preset: Preset
    task: Task | None = None
    change: str | None = None

    @property
    def verb(self) -> str:
        """Name for the menu."""
        return self.change or f"load {nncore.DATASETS[self.preset.name].label.lower()}"

    def apply(self, state: State) -> tuple[State, Command]:
        """Generate; the inverse restores points, classes, task and controls."""
        preset = self.preset
        new = replace(
            state,
            points=state.split.applied(preset.generate()),
            preset=preset,
            classes=exactly(state.classes, preset.n_classes),
            task=self.task or preset.task,
        )
        return ReplaceState(new, self.verb).apply(state)


@dataclass(frozen=True)
class ChangeSplit(_LedBackByState):
    """Share all points out anew between training and test set; another seed resamples."""

    split: Split
    verb: str = "change split"

    def effort(self, state: State) -> int:
        """All points, which are shuffled and copied."""
        return 3 * len(state.points)

    def apply(self, state: State) -> tuple[State, Command]:
        """Share out; the inverse restores every point's set."""
        new = replace(state, split=self.split, points=self.split.applied(state.points))
        return ReplaceState(new, self.verb).apply(state)


@dataclass(frozen=True)
class RemoveClass(_LedBackByState):
    """Remove a class and its points; higher labels move down."""

    label: int

    @property
    def verb(self) -> str:
        """Name for the menu."""
        return f"remove class {self.label + 1}"

    def effort(self, state: State) -> int:
        """All points: those that stay are copied."""
        return len(state.points)

    def apply(self, state: State) -> tuple[State, Command]:
        """Remove, or ValueError if one class would be left; the inverse restores all."""
        state.class_of(self.label)
        left = state.points.where(state.points.labels != self.label)
        labels = left.labels - (left.labels > self.label)
        points = Points.of(left.X, labels, left.values, left.test)
        classes = state.classes[: self.label] + state.classes[self.label + 1 :]
        return ReplaceState(replace(state, points=points, classes=classes), self.verb).apply(state)
