"""The network view: one scene with one item for all weights and one for all maps.

It is Qt's own view and overrides nothing that paints: what Qt paints by itself holds no lock, so
the training thread goes on meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QToolTip

from app.views.network.arrangement import Arrangement, arrange
from app.views.network.explanation import explain, explain_weight
from app.views.network.lines import line_near
from app.views.network.maps_item import MapsItem
from app.views.network.weights_item import WeightsItem

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QGraphicsSceneHelpEvent, QWidget

    from app.render.palette import Palette
    from app.theme import Theme
    from app.training.snapshot import Snapshot


class NetworkScene(QGraphicsScene):
    """Explains what is under the pointer.

    Attributes
    ----------
    arrangement : Arrangement or None
        Where the units stand; None before the first snapshot.
    snapshot : Snapshot or None
        What is shown.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.arrangement: Arrangement | None = None
        self.snapshot: Snapshot | None = None

    def helpEvent(self, event: QGraphicsSceneHelpEvent) -> None:
        """Show the numbers of the unit or of the weight under the pointer."""
        QToolTip.showText(event.screenPos(), self._explanation(event.scenePos()))

    def _explanation(self, position: QPointF) -> str:
        if self.arrangement is None or self.snapshot is None:
            return ""
        unit = self.arrangement.at(position.x(), position.y())
        if unit:
            return explain(unit, self.snapshot)
        line = line_near(self.arrangement, self.snapshot.parameters, position)
        return explain_weight(line, self.snapshot) if line else ""


class NetworkView(QGraphicsView):
    """Shows every unit of every layer with what it answers over the plane.

    Signals
    -------
    map_side_changed(int)
        The maps are now this many device pixels wide.
    """

    map_side_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = NetworkScene(self)
        self.setScene(self._scene)
        self._weights, self._maps = WeightsItem(), MapsItem()
        self._scene.addItem(self._weights)
        self._scene.addItem(self._maps)
        self.setFrameShape(QFrame.Shape.NoFrame)
        for show in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            show(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Network")
        self.setAccessibleDescription(
            "A small map of every unit; point at one, or at a weight, for its numbers."
        )

    @property
    def arrangement(self) -> Arrangement | None:
        """Where the units stand; None before the first snapshot."""
        return self._scene.arrangement

    def apply_theme(self, theme: Theme) -> None:
        """Take on the colors of a theme."""
        self.setBackgroundBrush(QColor(theme.card))
        self._weights.apply_theme(theme)

    def show_palette(self, palette: Palette) -> None:
        """Take on the colors of the classes."""
        self._weights.show_palette(palette)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the maps and weights of a newer look at the run."""
        former, self._scene.snapshot = self._scene.snapshot, snapshot
        if not former or former.network != snapshot.network:
            self._arrange(snapshot)
        self._weights.show_parameters(snapshot.parameters, moving=snapshot.training)
        self._maps.show_atlas(snapshot.maps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room out."""
        super().resizeEvent(event)
        self.setSceneRect(QRectF(self.viewport().rect()))
        if self._scene.snapshot:
            self._arrange(self._scene.snapshot)
            self._weights.show_parameters(self._scene.snapshot.parameters, moving=False)

    def _arrange(self, snapshot: Snapshot) -> None:
        room = self.viewport().rect()
        arrangement = arrange(snapshot.network.layer_dims, room.width(), room.height())
        self._scene.arrangement = arrangement
        for item in (self._weights, self._maps):
            item.arrange(arrangement, QRectF(room))
        largest = max(unit.side for unit in arrangement)
        self.map_side_changed.emit(round(largest * self.devicePixelRatioF()))
