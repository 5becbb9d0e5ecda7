"""The canvas widget: shows points over the boundary and turns mouse and keys into strokes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent

from app.document.state import Changed
from app.render.grid import Region
from app.views.canvas.boundary_item import BoundaryItem
from app.views.canvas.points_item import PointsItem
from app.views.canvas.tools import AddTool, EraseTool, Tool
from app.views.canvas.value_scale import ValueScale
from app.views.plots.axes import lay_out

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.document.document import Document
    from app.theme import Theme
    from app.training.snapshot import Picture

DEFAULT_EXTENT = 5.0  # every dataset of nncore fits into ±5
FIT_MARGIN = 0.08
ZOOM_STEP = 1.0015  # per eighth of a degree that the wheel turns
SMALLEST_EXTENT, LARGEST_EXTENT = 1e-3, 1e5


class Canvas(pg.GraphicsView):
    """Draw and look at points; the left button draws, the right one removes.

    Signals
    -------
    region_changed(Region)
        Another part of the plane, or the same at another size, became visible.
    """

    region_changed = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._label = 0
        self._erasing = False
        self._tool: Tool | None = None
        self._pan_from: QPointF | None = None
        self._space = False
        self._box = pg.ViewBox(lockAspect=True, enableMouse=False, enableMenu=False)
        self._axes = pg.AxisItem("left"), pg.AxisItem("bottom")
        lay_out(self, self._box, *self._axes)
        for axis, name in zip(self._axes, ("x₂", "x₁"), strict=True):
            axis.setLabel(name)
        self._boundary = BoundaryItem()
        self._box.addItem(self._boundary, ignoreBounds=True)
        self._points = PointsItem(self._box)
        self._points.show_points(document.state.points)
        self._scale = ValueScale(self._box, document)
        document.changed.connect(self._follow)
        self._box.sigRangeChanged.connect(self._tell_region)
        self._box.sigResized.connect(self._tell_region)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription("Points over the decision boundary; click to add a point.")
        self._show_cursor()
        self.fit()

    @property
    def region(self) -> Region:
        """The visible part of the plane."""
        (left, right), (bottom, top) = self._box.viewRange()
        return Region(left, right, bottom, top)

    @property
    def pixels(self) -> tuple[int, int]:
        """Size of the drawing area in device pixels."""
        size = self._box.size() * self.devicePixelRatioF()
        return max(1, round(size.width())), max(1, round(size.height()))

    def select_class(self, label: int) -> None:
        """Draw this class from now on."""
        self._label = label

    def set_erasing(self, erasing: bool) -> None:
        """Let the left button remove points instead of adding them."""
        self._erasing = erasing
        self._show_cursor()

    def show_boundary(self, picture: Picture | None) -> None:
        """Show the decision boundary that the worker painted."""
        self._boundary.show_picture(picture)

    def apply_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.setBackground(QColor(theme.card))
        for axis in self._axes:
            axis.setPen(theme.border)
            axis.setTextPen(theme.muted_text)

    def fit(self) -> None:
        """Show all points, or the usual part of the plane when there are none."""
        points = self._document.state.points
        extent = QRectF(QPointF(-1, 1) * DEFAULT_EXTENT, QPointF(1, -1) * DEFAULT_EXTENT)
        if len(points) > 1:
            low, high = points.X.min(axis=1), points.X.max(axis=1)
            bounds = QRectF(QPointF(*low.tolist()), QPointF(*high.tolist()))
            if max(bounds.width(), bounds.height()) > SMALLEST_EXTENT:
                extent = bounds
        self._box.setRange(extent.normalized(), padding=FIT_MARGIN)

    def zoom(self, position: QPointF, factor: float) -> None:
        """Show ``factor`` times as much of the plane; what is at the position stays there."""
        extent = max(self.region.width, self.region.height) * factor
        if SMALLEST_EXTENT <= extent <= LARGEST_EXTENT:
            self._box.scaleBy((factor, factor), center=self.place(position))

    def place(self, position: QPointF) -> tuple[float, float]:
        """Map a position in the widget to the plane."""
        point = self._box.mapSceneToView(self.mapToScene(position.toPoint()))
        return point.x(), point.y()

    def position(self, x1: float, x2: float) -> QPointF:
        """Map a place in the plane to a position in the widget."""
        return QPointF(self.mapFromScene(self._box.mapViewToScene(QPointF(x1, x2))))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw, to remove or to pan."""
        event.accept()
        button = event.button()
        if button is Qt.MouseButton.MiddleButton or self._space:
            self._pan_from = event.position()
            self._show_cursor()
        elif self._tool is None and self._drawing_area().contains(event.position()):
            erase = button is Qt.MouseButton.RightButton or self._erasing
            self._tool = EraseTool(self._document) if erase else self._add_tool()
            self._tool.begin(*self.place(event.position()), self._box.viewPixelSize()[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what the press began."""
        event.accept()
        if self._pan_from is not None:
            self._pan(event.position())
        elif self._tool is not None:
            self._tool.move(*self.place(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        event.accept()
        self._tool = self._pan_from = None
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Treat the second press of two quick clicks as a press: fast hands draw points."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        event.accept()
        self.zoom(event.position(), ZOOM_STEP ** -event.angleDelta().y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hold the space bar to pan."""
        if event.key() == Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let the space bar go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor()
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget a space bar whose release another window will get."""
        self._space = False
        self._show_cursor()
        super().focusOutEvent(event)

    def _add_tool(self) -> AddTool:
        return AddTool(self._document, self._label)

    def _drawing_area(self) -> QRectF:
        return QRectF(self.mapFromScene(self._box.sceneBoundingRect()).boundingRect())

    def _pan(self, position: QPointF) -> None:
        from_x1, from_x2 = self.place(self._pan_from or position)
        to_x1, to_x2 = self.place(position)
        self._pan_from = position
        self._box.translateBy(x=from_x1 - to_x1, y=from_x2 - to_x2)

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.CrossCursor
        if self._pan_from is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif self._erasing:
            shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    def _follow(self, changes: Changed, _who: object) -> None:
        if changes & Changed.POINTS:
            self._points.show_points(self._document.state.points)
        if changes & Changed.PRESET:
            self.fit()

    def _tell_region(self, *_: object) -> None:
        self.region_changed.emit(self.region)
