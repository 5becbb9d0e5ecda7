"""All points as one item: painted once into a layer, which every frame only copies.

A scatter item of the plotting library costs 0.65 ms a frame at 400 points and 10 at 10,000; the
layer costs a copy however many there are. Points that are added are painted onto the layer that
is there, so the next one costs the same among 100 as among 100,000.

Where painting all anew takes longer than a frame has time, a thread does it. Until it is done the
old layer is shown, moved and scaled along with the plane.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsObject

from app.side_job import SideJob
from app.theme import current_theme
from app.views.canvas.points_layer import (
    MARGIN,
    Layer,
    Wanted,
    frame_of,
    image_of_layer,
    make_layer,
    target_of,
)
from app.views.class_looks import look_of, markers_of

if TYPE_CHECKING:
    import numpy as np
    import pyqtgraph as pg
    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter

    from app.document.state import State
    from app.render.point_look import Look
    from app.theme import Theme

MOST_AT_ONCE = 20_000
"""Points that are painted between two frames, in 1.4 ms; more are left to a thread."""


class _Dress(NamedTuple):
    """How the points of a state look in a theme."""

    theme: Theme
    look: Look
    markers: tuple[int, ...]


class PointsItem(QGraphicsObject):
    """Shows the document's points in the coordinates of a view box."""

    def __init__(self, view_box: pg.ViewBox, state: State) -> None:
        super().__init__(view_box)
        self._box = view_box
        self._state = state
        self._layer: Layer | None = None
        self._dress: _Dress | None = None
        self._job: SideJob[Layer] = SideJob(self)
        self._job.finished.connect(self._adopt)
        view_box.sigTransformChanged.connect(self._follow_box)
        view_box.sigResized.connect(self._follow_box)

    @property
    def up_to_date(self) -> bool:
        """Whether what was last painted needs no refinement."""
        return not self._job.busy

    def show_state(self, state: State) -> None:
        """Show other points, or the same with other colors."""
        first, self._state, self._dress = len(self._state.points), state, None
        missing = self._layer.missing(self._wanted(self._layer.wanted.ratio)) if self._layer else 0
        if missing:
            # The points before the first are there, or are waited for, by an earlier update.
            self.update(self._area(state.points.X[:, first:]))
        else:
            self.update()

    def _area(self, X: NDArray[np.float64]) -> QRectF:
        """Return where these points are painted; nothing, which stands for all, without points."""
        if not X.shape[1]:
            return QRectF()
        corners = [QPointF(*corner.tolist()) for corner in (X.min(axis=1), X.max(axis=1))]
        area: QRectF = self._box.childGroup.transform().mapRect(QRectF(*corners))
        return area.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)

    def finish(self, ratio: float) -> None:
        """Bring the layer up to date now, however long it takes: for a picture to be kept."""
        self._job.take()
        self._layer = make_layer(self._wanted(ratio))

    def boundingRect(self) -> QRectF:
        """Cover the view box."""
        return QRectF(self._box.rect())

    def paint(self, painter: QPainter, *_: object) -> None:
        """Copy the layer, bringing it up to date first where that is quickly done."""
        wanted = self._wanted(painter.device().devicePixelRatioF())
        stale = not (self._layer and self._layer.shows(wanted))
        if stale and wanted.frame.width and wanted.frame.height:
            self._provide(wanted)
        if self._layer:
            self._copy(painter, self._layer)

    def _wanted(self, ratio: float) -> Wanted:
        frame = frame_of(self._box.childGroup.transform(), self.boundingRect(), ratio)
        dress = self._dressed()
        return Wanted(self._state.points, dress.look, dress.markers, frame, ratio)

    def _dressed(self) -> _Dress:
        """Return how the points look; most frames find it unchanged."""
        theme = current_theme()
        if self._dress is None or self._dress.theme is not theme:
            self._dress = _Dress(theme, look_of(self._state, theme), markers_of(self._state))
        return self._dress

    def _provide(self, wanted: Wanted) -> None:
        """Bring the layer up to date, or let a thread do it."""
        if self._layer:
            missing = self._layer.missing(wanted)
            if missing is not None and missing <= MOST_AT_ONCE:
                self._layer.add(wanted.points)
            if self._layer.shows(wanted):
                return
        if len(wanted.points) <= MOST_AT_ONCE:
            self._layer = make_layer(wanted)
        elif not self._job.busy:
            self._job.start(partial(make_layer, wanted))

    def _adopt(self) -> None:
        """Show what the thread painted, though meanwhile something else may be wanted."""
        layer = self._job.take()
        if layer:
            self._layer = layer
            self.update()

    def _copy(self, painter: QPainter, layer: Layer) -> None:
        """Draw the layer over the part of the plane that it shows."""
        target = target_of(layer.raster.frame, self._box.childGroup.transform())
        painter.drawImage(target, image_of_layer(layer.raster.pixels))

    def _follow_box(self) -> None:
        self.prepareGeometryChange()
        self.update()
