"""What shows where the next stroke begins, and with what: the outline of the brush, and the cursor.

Both are of the tool in hand: of the eraser while Alt or the right button is held. The outline of
a tool that draws has the color of what it draws, which Shift changes; a tool without a brush has
a ring as large as a point. It follows the mouse or the crosshair, whichever moved last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCursor

from app.theme import current_theme
from app.views.canvas.overlay import BrushItem
from app.views.canvas.selection import MARGIN
from app.views.class_looks import color_drawn

if TYPE_CHECKING:
    import pyqtgraph as pg

    from app.document.document import Document
    from app.views.canvas.canvas import Canvas
    from app.views.canvas.geometry import Place

POINT_RADIUS = 6  # pixels


class Pointer:
    """The outline and the cursor of a canvas."""

    def __init__(self, canvas: Canvas, document: Document, view_box: pg.ViewBox) -> None:
        self._canvas = canvas
        self._document = document
        self._box = view_box
        self._brush = BrushItem(view_box)
        self._crosshair: Place | None = None
        canvas.region_changed.connect(lambda _region: self._stay())

    @property
    def hints(self) -> tuple[str, ...]:
        """What the mouse does now, what matters most first."""
        tool, values = self._canvas.workbench.tool, self._document.state.task == "regression"
        hints = [tool.tip]
        if tool.colors:
            hints.append(f"Shift takes the {'opposite value' if values else 'next class'}")
        if tool.selects:
            hints.append("Shift adds, Ctrl takes away")
        if not tool.erases:
            hints.append("right button erases")
        return *hints, "wheel zooms", "Space pans"

    def follow(self, position: QPointF, *, shown: bool) -> None:
        """Go along with the mouse; ``shown`` unless it does something else than drawing."""
        self._crosshair = None
        self._brush.setPos(self._box.mapFromScene(self._canvas.mapToScene(position.toPoint())))
        self._brush.setVisible(shown and self._canvas.drawing_area().contains(position))

    def go_to(self, place: Place) -> None:
        """Go along with the crosshair."""
        self._crosshair = place
        self._stay()
        self._brush.setVisible(True)

    def hide(self) -> None:
        """Show no outline: neither the mouse nor the keyboard is here."""
        self._brush.setVisible(False)

    def show_tool(self) -> None:
        """Show the tool in hand, and what it draws."""
        bench, state = self._canvas.workbench, self._document.state
        tool = bench.tool_in_hand
        color = None
        if tool.colors:
            color = color_drawn(state, bench.drawn_label, bench.drawn_value, current_theme())
        radius = bench.brush or (POINT_RADIUS if tool.draws else 0)
        self._brush.show_brush(radius, color, dashed=tool.erases)

    def show_cursor(self, *, panning: bool, may_pan: bool) -> None:
        """Show what a press would do here."""
        shape = self._canvas.workbench.tool_in_hand.cursor
        if self._over_selection():
            shape = Qt.CursorShape.SizeAllCursor
        if panning:
            shape = Qt.CursorShape.ClosedHandCursor
        elif may_pan:
            shape = Qt.CursorShape.OpenHandCursor
        viewport = self._canvas.viewport()
        if shape != viewport.cursor().shape():
            viewport.setCursor(shape)

    def _stay(self) -> None:
        if self._crosshair is not None:
            self._brush.setPos(self._brush.position(self._crosshair))

    def _over_selection(self) -> bool:
        """Whether a drag from here would move what is selected."""
        canvas = self._canvas
        if not canvas.workbench.tool_in_hand.selects:
            return False
        pointer = QPointF(canvas.viewport().mapFromGlobal(QCursor.pos()))
        return canvas.selection.frames(canvas.place(pointer), MARGIN * canvas.pixel)
