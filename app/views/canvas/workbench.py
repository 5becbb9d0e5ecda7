"""What the hands hold: the tool, the class or value of new points, the brush."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.document.columns import MAX_CLASSES
from app.document.commands import add_class
from app.views.canvas.toolbox import TOOLS
from app.views.canvas.tools.tool import Pen
from nncore import Range

if TYPE_CHECKING:
    from app.document.document import Document
    from app.document.state import Changed
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
    """

    changed = Signal()

    def __init__(
        self, document: Document, parent: QObject | None = None, seed: int | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._rng = np.random.default_rng(seed)
        self._radii = {name: tool.radius for name, tool in TOOLS.items()}
        self._name = "point"
        self._label = 0
        self._value = 1.0
        self._reach = LEAST_VALUE_RANGE
        self._density = 40
        self._gaussian = True
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
        """Class of new points."""
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

    def choose_class(self, label: int) -> str | None:
        """Draw this class from now on; the next one that is not there yet is added.

        Returns
        -------
        str or None
            One sentence where that cannot be.
        """
        count = self._document.state.class_count
        if label > count:
            return (
                f"There is no class {label + 1}: there are {count}, "
                f"and the key {count + 1} adds the next one."
            )
        if label >= MAX_CLASSES:
            return f"There are {MAX_CLASSES} classes, which is as many as there can be."
        if label == count:
            self._document.push(add_class(self._document.state), who=self)
        self._label = label
        self.changed.emit()
        return None

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
        """Give the current tool another brush, if it has one."""
        if self.radius:
            self._radii[self._name] = round(min(max(radius, RADII.minimum), RADII.maximum))
            self.changed.emit()

    def scale_radius(self, steps: int) -> None:
        """Make the brush larger or, for negative steps, smaller; at least by a pixel each."""
        wanted = self.radius * RADIUS_STEP**steps
        self.set_radius(max(wanted, self.radius + 1) if steps > 0 else min(wanted, self.radius - 1))

    def set_density(self, density: int) -> None:
        """Draw more or fewer points."""
        self._density = round(min(max(density, DENSITIES.minimum), DENSITIES.maximum))
        self.changed.emit()

    def set_gaussian(self, gaussian: bool) -> None:
        """Let the spray be denser in the middle, or even."""
        self._gaussian = gaussian
        self.changed.emit()

    def pen(
        self,
        name: str,
        region: Region,
        pixel: float,
        *,
        other: bool = False,
        subtract: bool = False,
    ) -> Pen:
        """Return what a stroke of a tool draws with.

        ``other`` is the next class, or the opposite value; a selection is then added to.
        """
        count = self._document.state.class_count
        return Pen(
            label=(self._label + other) % count,
            value=-self._value if other else self._value,
            radius=self._radii[name] * pixel,
            density=self._density / (100 * pixel) ** 2,
            pixel=pixel,
            gaussian=self._gaussian,
            region=region,
            rng=self._rng,
            add=other,
            subtract=subtract,
        )

    def _follow(self, _changes: Changed, _who: object) -> None:
        last = self._document.state.class_count - 1
        if self._label > last:
            self._label = last
            self.changed.emit()
