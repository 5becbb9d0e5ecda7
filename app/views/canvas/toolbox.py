"""The tools by name: what each is called, its key, icon and cursor, and which settings it heeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.views.canvas.tools.changing import EraseTool, JitterTool, MagnetTool, PaintTool, RepelTool
from app.views.canvas.tools.drawing import FillTool, LineTool, PointTool, SprayTool, StrokeTool
from app.views.canvas.tools.selecting import LassoTool, RectangleTool

if TYPE_CHECKING:
    from app.views.canvas.tools.tool import Tool

Cursor = Qt.CursorShape


@dataclass(frozen=True)
class ToolInfo:
    """What is known of a tool.

    Attributes
    ----------
    text, key, tip : str
        Name, key, and what it does in one sentence.
    tool : type of Tool
        Follows a stroke.
    radius : int
        Pixels of its brush to begin with; 0: it has none.
    dense : bool
        Whether it heeds the density.
    draws, paints, erases, selects : bool
        Whether it adds points of the current class, gives it to points, removes or chooses points.
    """

    text: str
    key: str
    tip: str
    tool: type[Tool]
    radius: int = 0
    dense: bool = False
    draws: bool = False
    paints: bool = False
    erases: bool = False
    selects: bool = False
    cursor: Cursor = Cursor.CrossCursor

    @property
    def colors(self) -> bool:
        """Whether it works with the current class or value, while Shift is held with the next."""
        return self.draws or self.paints


TOOLS = {
    "point": ToolInfo(
        "Point", "P", "Click to add a point, drag for evenly spaced ones", PointTool, draws=True
    ),
    "spray": ToolInfo(
        "Spray", "A", "Hold to spray points around the pointer", SprayTool, 30, True, draws=True
    ),
    "stroke": ToolInfo(
        "Stroke", "D", "Draw a band of points by hand", StrokeTool, 12, True, draws=True
    ),
    "line": ToolInfo(
        "Line", "N", "Drag a straight line of points", LineTool, dense=True, draws=True
    ),
    "fill": ToolInfo(
        "Fill", "G", "Surround a region to fill it with points", FillTool, dense=True, draws=True
    ),
    "erase": ToolInfo(
        "Erase", "E", "Remove the points under the brush", EraseTool, 10, erases=True
    ),
    "paint": ToolInfo(
        "Paint",
        "I",
        "Give the points under the brush the current class or value",
        PaintTool,
        20,
        paints=True,
    ),
    "rectangle": ToolInfo(
        "Select",
        "M",
        "Drag around points to select them, drag them to move",
        RectangleTool,
        selects=True,
        cursor=Cursor.ArrowCursor,
    ),
    "lasso": ToolInfo(
        "Lasso",
        "Q",
        "Surround points to select them, drag them to move",
        LassoTool,
        selects=True,
        cursor=Cursor.ArrowCursor,
    ),
    "magnet": ToolInfo("Magnet", "U", "Hold to pull points to the pointer", MagnetTool, 60),
    "repel": ToolInfo("Repel", "O", "Hold to push points away from the pointer", RepelTool, 60),
    "jitter": ToolInfo("Jitter", "J", "Hold to shake the points under the brush", JitterTool, 40),
}

TOOL_GROUPS = (
    ("point", "spray", "stroke", "line", "fill"),
    ("erase", "paint"),
    ("rectangle", "lasso"),
    ("magnet", "repel", "jitter"),
)
"""How the tools are arranged."""
