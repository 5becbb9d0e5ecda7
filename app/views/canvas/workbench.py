"""What the hands hold: the tool, the class or value of new points, the brush."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.document.columns import MAX_CLASSES
from app.document.commands import add_class
from app.document.state import Changed
from app.views.canvas.toolbox import TOOLS
from app.views.canvas.tools.tool import Pen
from nncore import Range

if TYPE_CHECKING:
    from app.document.document import Document
    from app.render.grid import Region
    from app.views.canvas.toolbox import ToolInfo

RADII = Range(3, 200)
"""Of a brush, in logical pixels: it stays the same on the screen when the view is zoomed."""

DENSITIES = Range(5, 200)
"""Points for a square of 100 pixels."""

VALUES = Range(-1e6, 1e6)
"""That can be typed, as in a table."""

LEAST_VALUE_RANGE = 1.0
RADIUS_STEP = 1.25


class Workbench(QObject):
    """The settings of the tools; they belong to the hands and not to the document.

    Signals
    -------
    changed()
        Another tool, class, value or brush.
    held()
        Keys or a button that are held put the eraser into the hand, or the next class; or no more.
    """

    changed = Signal()
    held = Signal()

    def __init__(
        self, document: Document, parent: QObject | None = None, seed: int | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._rng = np.random.default_rng(seed)
        self._radii = {name: tool.radius for name, tool in TOOLS.items()}
        self._name = "point"
        self._label = 0
        self._ahead = False  # the class was chosen before it was there
        self._value = 1.0
        self._reach = LEAST_VALUE_RANGE
        self._density = 40
        self._gaussian = True
        self._erasing = False
        self._other = False
        document.changed.connect(self._follow)

    @property
    def name(self) -> str:
        """Name of the current tool, a key of `TOOLS`."""
        return self._name

    @property
    def tool(self) -> ToolInfo:
        """The current tool."""
        return TOOLS[self._name]

    @property
    def label(self) -> int:
        """Class of new points: one of those that are there, or the next one."""
        return self._label

    @property
    def value(self) -> float:
        """Target of new points in a regression."""
        return self._value

    @property
    def radius(self) -> int:
        """Of the current tool's brush, in logical pixels; 0: it has none."""
        return self._radii[self._name]

    @property
    def in_hand(self) -> str:
        """Name of the tool that a press uses: the current one, or the eraser while it is held."""
        return "erase" if self._erasing else self._name

    @property
    def tool_in_hand(self) -> ToolInfo:
        """The tool that a press uses."""
        return TOOLS[self.in_hand]

    @property
    def brush(self) -> int:
        """Radius of the tool in hand, in logical pixels; 0: it has none."""
        return self._radii[self.in_hand]

    @property
    def drawn_label(self) -> int:
        """Class that a press draws: the current one, or the next while it is held."""
        count = max(self._document.state.class_count, self._label + 1)
        return (self._label + self._draws_other) % count

    @property
    def drawn_value(self) -> float:
        """Value that a press draws: the current one, or its opposite while it is held."""
        return -self._value if self._draws_other else self._value

    @property
    def density(self) -> int:
        """Points for a square of 100 pixels."""
        return self._density

    @property
    def gaussian(self) -> bool:
        """Whether the spray is denser in the middle."""
        return self._gaussian

    def use(self, name: str) -> None:
        """Take another tool."""
        self._name = name
        self.changed.emit()

    def hold(self, *, erasing: bool, other: bool) -> None:
        """Take the eraser in hand, or the next class (the opposite value), or neither."""
        if (erasing, other) != (self._erasing, self._other):
            self._erasing, self._other = erasing, other
            self.held.emit()

    def choose_class(self, label: int) -> str | None:
        """Draw this class from now on; the next one that is not there yet begins with a point.

        A class more is another network, which starts anew: choosing alone restarts no run.

        Returns
        -------
        str or None
            One sentence where that cannot be.
        """
        count = self._document.state.class_count
        if label > count:
            return (
                f"There is no class {label + 1}: there are {count}, "
                f"and the key {count + 1} begins the next one."
            )
        if label >= MAX_CLASSES:
            return f"There are {MAX_CLASSES} classes, which is as many as there can be."
        self._label, self._ahead = label, label == count
        self.changed.emit()
        return None

    def add_class(self) -> None:
        """Add a class without points, and draw it from now on."""
        self._document.push(add_class(self._document.state), who=self, then=self._choose_last)

    @property
    def value_range(self) -> float:
        """How far from 0 a value can be: as far as those that are there, or as one was typed."""
        return max(self._reach, self._document.state.value_limit)

    def type_value(self, value: float) -> None:
        """Draw points of a value that may be farther from 0 than all that are there."""
        self._reach = max(LEAST_VALUE_RANGE, abs(value))
        self.set_value(value)

    def set_value(self, value: float) -> None:
        """Draw points of another value, within the range."""
        self._value = min(max(value, -self.value_range), self.value_range)
        self.changed.emit()

    def set_radius(self, radius: float) -> None:
        """Give the tool in hand another brush, if it has one."""
        if self.brush:
            self._radii[self.in_hand] = round(min(max(radius, RADII.minimum), RADII.maximum))
            self.changed.emit()

    def scale_radius(self, steps: int) -> None:
        """Make the brush larger or, for negative steps, smaller; at least by a pixel each."""
        wanted = self.brush * RADIUS_STEP**steps
        self.set_radius(max(wanted, self.brush + 1) if steps > 0 else min(wanted, self.brush - 1))

    def set_density(self, density: int) -> None:
        """Draw more or fewer points."""
        self._density = round(min(max(density, DENSITIES.minimum), DENSITIES.maximum))
        self.changed.emit()

    def set_gaussian(self, gaussian: bool) -> None:
        """Let the spray be denser in the middle, or even."""
        self._gaussian = gaussian
        self.changed.emit()

    def pen(self, region: Region, pixel: float, *, subtract: bool = False) -> Pen:
        """Return what a stroke of the tool in hand draws with.

        While the next class is held, a selection is added to.
        """
        return Pen(
            label=self.drawn_label,
            value=self.drawn_value,
            radius=self.brush * pixel,
            density=self._density / (100 * pixel) ** 2,
            pixel=pixel,
            gaussian=self._gaussian,
            region=region,
            rng=self._rng,
            add=self._other,
            subtract=subtract,
        )

    def _choose_last(self) -> None:
        self.choose_class(self._document.state.class_count - 1)

    @property
    def _draws_other(self) -> bool:
        return self._other and self.tool_in_hand.colors

    def _follow(self, changes: Changed, _who: object) -> None:
        """Draw the last class where the current one is gone, unless it may begin once more."""
        last = self._document.state.class_count - 1
        waits = self._ahead and self._label == last + 1 and not changes & Changed.PRESET
        if self._label > last and not waits:
            self._label, self._ahead = last, False
            self.changed.emit()
