"""The network view: one scene with one item for all weights and one for all maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QToolTip

from app.views.network.arrangement import Arrangement, arrange
from app.views.network.explanation import explain
from app.views.network.maps_item import MapsItem
from app.views.network.weights_item import WeightsItem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.render.palette import Palette
    from app.theme import Theme
    from app.training.snapshot import Snapshot


class NetworkView(pg.GraphicsView):
    """Shows every unit of every layer with what it answers over the plane.

    Signals
    -------
    map_side_changed(int)
        The maps are now this many device pixels wide.
    """

    map_side_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._arrangement: Arrangement | None = None
        self._weights, self._maps = WeightsItem(), MapsItem()
        self.scene().addItem(self._weights)
        self.scene().addItem(self._maps)
        self.sigDeviceRangeChanged.connect(self._resize)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Network")
        self.setAccessibleDescription("A small map of every unit; point at one for its numbers.")

    @property
    def arrangement(self) -> Arrangement | None:
        """Where the units stand; None before the first snapshot."""
        return self._arrangement

    def apply_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.setBackground(QColor(theme.card))
        self._weights.apply_theme(theme)

    def show_palette(self, palette: Palette) -> None:
        """Take on the colours of the classes."""
        self._weights.show_palette(palette)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the maps and weights of a newer look at the run."""
        changed = not self._snapshot or self._snapshot.network != snapshot.network
        self._snapshot = snapshot
        if changed:
            self._arrange()
        self._weights.show_parameters(snapshot.parameters, moving=snapshot.training)
        self._maps.show_atlas(snapshot.maps)

    def _resize(self, *_: object) -> None:
        self._arrange()
        if self._snapshot:
            self._weights.show_parameters(self._snapshot.parameters, moving=False)

    def viewportEvent(self, event: QEvent) -> bool:
        """Explain the unit under the pointer."""
        if isinstance(event, QHelpEvent) and self._arrangement and self._snapshot:
            unit = self._arrangement.at(event.x(), event.y())
            text = explain(unit, self._snapshot) if unit else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return bool(super().viewportEvent(event))

    def _arrange(self) -> None:
        if self._snapshot is None:
            return
        room = self.viewport().rect()
        arrangement = arrange(self._snapshot.network.layer_dims, room.width(), room.height())
        self._arrangement = arrangement
        for item in (self._weights, self._maps):
            item.arrange(arrangement, QRectF(room))
        largest = max(unit.side for unit in arrangement)
        self.map_side_changed.emit(round(largest * self.devicePixelRatioF()))
