"""What lies over the points: brush, crosshair, outline of a stroke, selection, invitation.

Each is an item of its own that knows how small it is, so that a moving pointer makes the canvas
copy a few hundred pixels of the points' layer and paint no point anew. Lines are drawn twice, wide
in one shade and thin in the other: they show on every ground.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsObject

from app.theme import current_theme

if TYPE_CHECKING:
    import pyqtgraph as pg

    from app.views.canvas.geometry import Place

ARM = 14.0  # pixels of the crosshair to each side
EDGE = 3.0  # pixels around a line that belong to it
INVITATION = "Click or drag here to draw points."


def double_pens(style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> tuple[QPen, QPen]:
    """Return the pens of a line that shows on every ground: below, above."""
    theme = current_theme()
    wide, thin = QPen(QColor(theme.card), 3.0), QPen(QColor(theme.text), 1.2, style)
    for pen in (wide, thin):
        pen.setCosmetic(True)
    return wide, thin


class OverlayItem(QGraphicsObject):
    """Something over the points, in logical pixels of a view box; hidden to begin with."""

    def __init__(self, view_box: pg.ViewBox) -> None:
        super().__init__(view_box)
        self._box = view_box
        self.setVisible(False)

    def position(self, place: Place) -> QPointF:
        """Map a place in the plane to the view box."""
        return QPointF(self._box.mapFromView(QPointF(*place)))

    def boundingRect(self) -> QRectF:
        """Cover the view box."""
        return QRectF(self._box.rect())

    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw the line with both pens."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in self.pens():
            painter.setPen(pen)
            self.draw(painter)

    def pens(self) -> tuple[QPen, QPen]:
        """Return the pens, the lower one first."""
        return double_pens()

    def draw(self, painter: QPainter) -> None:
        """Draw with the pen that is set."""


class BrushItem(OverlayItem):
    """The circle that a brush covers, in the color of what it draws; dashed where it erases."""

    def __init__(self, view_box: pg.ViewBox) -> None:
        super().__init__(view_box)
        self._radius = 0.0
        self._color: QColor | None = None
        self._dashed = False

    def show_brush(self, radius: float, color: QColor | None, *, dashed: bool) -> None:
        """Cover more or less, in the color of the text without another; 0 shows nothing."""
        if radius != self._radius:
            self.prepareGeometryChange()
        if (radius, color, dashed) != (self._radius, self._color, self._dashed):
            self._radius, self._color, self._dashed = radius, color, dashed
            self.update()

    def boundingRect(self) -> QRectF:
        """Cover the circle."""
        reach = self._radius + EDGE if self._radius else 0.0
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def pens(self) -> tuple[QPen, QPen]:
        """Draw a color on the color of the text: it shows on every ground, however pale it is."""
        if self._color is None:
            return double_pens(Qt.PenStyle.DashLine if self._dashed else Qt.PenStyle.SolidLine)
        wide, thin = QPen(QColor(current_theme().text), 3.4), QPen(self._color, 1.8)
        for pen in (wide, thin):
            pen.setCosmetic(True)
        return wide, thin

    def draw(self, painter: QPainter) -> None:
        """Draw the circle."""
        if self._radius:
            painter.drawEllipse(QPointF(), self._radius, self._radius)


class CrosshairItem(OverlayItem):
    """Where the keyboard draws."""

    def boundingRect(self) -> QRectF:
        """Cover both lines."""
        reach = ARM + EDGE
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def draw(self, painter: QPainter) -> None:
        """Draw two lines that leave the middle free."""
        for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(QPointF(3 * x, 3 * y), QPointF(ARM * x, ARM * y))


class OutlineItem(OverlayItem):
    """What a stroke has drawn so far: a straight line, a rectangle, a lasso."""

    def __init__(self, view_box: pg.ViewBox) -> None:
        super().__init__(view_box)
        self._corners = QPolygonF()
        self._closed = False

    def show_outline(self, places: list[Place], closed: bool) -> None:
        """Show a line through these places; of fewer than two there is none."""
        # All at once: a lasso has hundreds of corners, and one more with every move.
        corners = QPolygonF([QPointF(*place) for place in places])
        self._corners = self._box.childTransform().map(corners)
        self._closed = closed
        self.setVisible(len(places) > 1)
        self.update()

    def pens(self) -> tuple[QPen, QPen]:
        """Dash the line."""
        return double_pens(Qt.PenStyle.DashLine)

    def draw(self, painter: QPainter) -> None:
        """Draw the line."""
        if self._closed:
            painter.drawPolygon(self._corners)
        else:
            painter.drawPolyline(self._corners)


class FocusItem(OverlayItem):
    """A frame that says that keys go to the canvas."""

    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw the frame."""
        painter.setPen(QPen(QColor(current_theme().accent), 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.boundingRect().adjusted(1, 1, -1, -1))


class InvitationItem(OverlayItem):
    """Says what to do while there are no points, on a ground of its own: it reads on any color."""

    def paint(self, painter: QPainter, *_: object) -> None:
        """Write in the middle."""
        theme = current_theme()
        metrics = QFontMetrics(painter.font())
        size = metrics.boundingRect(INVITATION).adjusted(-16, -8, 16, 8)
        ground = QRectF(size)
        ground.moveCenter(self.boundingRect().center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.border), 1.0))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(ground, 8, 8)
        painter.setPen(QColor(theme.text))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, INVITATION)
