"""The stroke that is being drawn: at most one at a time, by the mouse or by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.document.columns import COORDINATES
from app.document.state import Changed
from app.views.canvas.geometry import EVERYWHERE, column, within
from app.views.canvas.toolbox import TOOLS

if TYPE_CHECKING:
    from app.document.document import Document
    from app.views.canvas.geometry import Place
    from app.views.canvas.selection import Selection
    from app.views.canvas.tools.tool import Pen, Tool

BEYOND = (
    "Nothing is drawn here: both coordinates of a point go "
    f"from {COORDINATES.minimum:,.0f} to {COORDINATES.maximum:,.0f}."
)


class Strokes(QObject):
    """Begins, follows and ends strokes; tools that work while the hand is still get their ticks.

    A stroke ends by itself when anybody else changes the points: what its tool knows of them, as
    the positions of what it moves, holds no longer.

    Attributes
    ----------
    name : str
        The tool of the stroke, or of the last one.

    Signals
    -------
    changed()
        The outline of the stroke, or whether there is one.
    message(str)
        Why nothing is drawn.
    """

    changed = Signal()
    message = Signal(object)

    def __init__(
        self, document: Document, selection: Selection, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._selection = selection
        self._tool: Tool | None = None
        self._ended: Tool | None = None
        self.name = ""
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        document.changed.connect(self._follow)
        document.awaited.connect(self._make_way)

    @property
    def active(self) -> bool:
        """Whether a stroke is being drawn."""
        return self._tool is not None

    @property
    def outline(self) -> list[Place]:
        """What is drawn so far and shown only meanwhile."""
        return self._tool.outline if self._tool else []

    @property
    def closed(self) -> bool:
        """Whether the outline surrounds something."""
        return self._tool is not None and self._tool.closed

    def begin(self, name: str, pen: Pen, place: Place) -> None:
        """Press with a tool."""
        self.end()
        self._ended = None
        self.name = name
        self._tool = TOOLS[name].tool(self._document, self._selection, pen)
        self._tool.begin(place)
        if self._tool.interval:
            self._timer.start(self._tool.interval)
        self.changed.emit()
        if TOOLS[name].draws and not within(column(place), EVERYWHERE).all():
            self.message.emit(BEYOND)

    def move(self, place: Place) -> None:
        """Go on to a place."""
        if self._tool:
            self._tool.move(place)
            self.changed.emit()

    def resize(self, radius: float) -> None:
        """Go on with another radius, in units of the plane."""
        if self._tool:
            self._tool.resize(radius)

    def end(self) -> None:
        """Release."""
        tool = self._dropped()
        if tool:
            tool.end()
            self._ended = tool
            self.changed.emit()

    def cancel(self) -> None:
        """Take it back as if it had never begun."""
        tool = self._dropped()
        if tool:
            tool.cancel()
            self.changed.emit()

    def take_back(self) -> None:
        """Take the last stroke back as if it had never been, unless more has happened since."""
        tool, self._ended = self._ended, None
        if tool:
            tool.cancel()

    def _dropped(self) -> Tool | None:
        self._timer.stop()
        tool, self._tool = self._tool, None
        return tool

    def _follow(self, changes: Changed, who: object) -> None:
        if not changes & Changed.POINTS:
            return
        if who is not self._ended:
            self._ended = None
        self._abandon_unless(who)

    def _make_way(self, awaited: str | None, who: object) -> None:
        if awaited:
            self._abandon_unless(who)

    def _abandon_unless(self, who: object) -> None:
        if self._tool and who is not self._tool:
            tool = self._dropped()
            if tool:
                tool.abandon()
            self.changed.emit()

    def _tick(self) -> None:
        if self._tool:
            self._tool.tick()
