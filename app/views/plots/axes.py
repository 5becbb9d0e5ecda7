"""A view box with axes beside it: what a plot needs, without the menus that nobody opens."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsItem

ROOM = (0.0, 4.0, 8.0, 0.0)  # left, top, right, bottom, in pixels


def lay_out(view: pg.GraphicsView, box: pg.ViewBox, left: pg.AxisItem, bottom: pg.AxisItem) -> None:
    """Fill a graphics view with a view box, an axis on its left and one below it."""
    layout = pg.GraphicsLayout()
    layout.setContentsMargins(*ROOM)
    layout.setSpacing(0)
    layout.addItem(left, 0, 0)
    layout.addItem(box, 0, 1)
    layout.addItem(bottom, 1, 1)
    for axis in (left, bottom):
        axis.linkToView(box)
        axis.enableAutoSIPrefix(False)
        # The axes touch what is painted anew in every frame, and stay the same themselves.
        axis.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
    view.setCentralItem(layout)
