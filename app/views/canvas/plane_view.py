"""The plane: the points over the decision boundary, with axes, to be panned and zoomed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor

from app.document.state import Changed
from app.render.grid import Region
from app.views.canvas.boundary_item import BoundaryItem
from app.views.canvas.points_item import PointsItem
from app.views.canvas.value_scale import ValueScale
from app.views.plots.axes import lay_out

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.document.document import Document
    from app.theme import Theme
    from app.training.snapshot import Picture
    from app.views.canvas.geometry import Place

DEFAULT_EXTENT = 5.0  # every dataset of nncore fits into ±5
FIT_MARGIN = 0.08
THINNEST = 1e-3  # of the longer side
SMALLEST_EXTENT, LARGEST_EXTENT = 1e-3, 1e7  # all coordinates fit in on any screen


class PlaneView(pg.GraphicsView):
    """Shows what the document holds and the worker paints.

    Signals
    -------
    region_changed(Region)
        Another part of the plane, or the same at another size, became visible.
    """

    region_changed = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._box = pg.ViewBox(lockAspect=True, enableMouse=False, enableMenu=False)
        self._axes = pg.AxisItem("left"), pg.AxisItem("bottom")
        lay_out(self, self._box, *self._axes)
        for axis, name in zip(self._axes, ("x₂", "x₁"), strict=True):
            axis.setLabel(name)
        self._boundary = BoundaryItem()
        self._box.addItem(self._boundary, ignoreBounds=True)
        self._points = PointsItem(self._box, document.state)
        self._scale = ValueScale(self._box, document)
        document.changed.connect(self._follow)
        self._box.sigRangeChanged.connect(self._tell_region)
        self._box.sigResized.connect(self._tell_region)
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

    @property
    def pixel(self) -> float:
        """How much of the plane a logical pixel is wide."""
        return float(self._box.viewPixelSize()[0])

    def show_boundary(self, picture: Picture | None) -> None:
        """Show the decision boundary that the worker painted."""
        self._boundary.show_picture(picture)

    @property
    def painted(self) -> bool:
        """Whether no points are being painted beside the window."""
        return self._points.up_to_date

    def finish_painting(self) -> None:
        """Bring what is painted beside the window up to date, for a picture of it."""
        self._points.finish(self.devicePixelRatioF())

    def apply_theme(self, theme: Theme) -> None:
        """Take on the colors of a theme."""
        self.setBackground(QColor(theme.card))
        for axis in self._axes:
            axis.setPen(theme.border)
            axis.setTextPen(theme.muted_text)

    def fit(self) -> None:
        """Show all points, or as much of the plane as usual where they lie at one place."""
        points = self._document.state.points
        extent = QRectF(QPointF(-1, 1) * DEFAULT_EXTENT, QPointF(1, -1) * DEFAULT_EXTENT)
        if len(points):
            low, high = points.X.min(axis=1), points.X.max(axis=1)
            bounds = QRectF(QPointF(*low.tolist()), QPointF(*high.tolist()))
            side = max(bounds.width(), bounds.height())
            if side > SMALLEST_EXTENT:
                # Of a range without width the view box would keep what is seen.
                thin = THINNEST * side
                extent = bounds.adjusted(-thin, -thin, thin, thin)
            elif not extent.contains(bounds.center()):
                extent.moveCenter(bounds.center())
        self._box.setRange(extent.normalized(), padding=FIT_MARGIN)

    def zoom(self, position: QPointF, factor: float) -> None:
        """Show ``factor`` times as much of the plane; what is at the position stays there."""
        extent = max(self.region.width, self.region.height) * factor
        if SMALLEST_EXTENT <= extent <= LARGEST_EXTENT:
            self._box.scaleBy((factor, factor), center=self.place(position))

    def pan(self, start: QPointF, end: QPointF) -> None:
        """Move the plane along with a hand that went from one position to another."""
        from_x1, from_x2 = self.place(start)
        to_x1, to_x2 = self.place(end)
        self._box.translateBy(x=from_x1 - to_x1, y=from_x2 - to_x2)

    def place(self, position: QPointF) -> Place:
        """Map a position in the widget to the plane."""
        point = self._box.mapSceneToView(self.mapToScene(position.toPoint()))
        return point.x(), point.y()

    def position(self, x1: float, x2: float) -> QPointF:
        """Map a place in the plane to a position in the widget."""
        return QPointF(self.mapFromScene(self._box.mapViewToScene(QPointF(x1, x2))))

    def drawing_area(self) -> QRectF:
        """Return the part of the widget where points can be."""
        return QRectF(self.mapFromScene(self._box.sceneBoundingRect()).boundingRect())

    def _follow(self, changes: Changed, _who: object) -> None:
        if changes & (Changed.POINTS | Changed.CLASSES | Changed.TASK):
            self._points.show_state(self._document.state)
        if Changed.PRESET | Changed.POINTS in changes:
            self.fit()

    def _tell_region(self, *_: object) -> None:
        self.region_changed.emit(self.region)
