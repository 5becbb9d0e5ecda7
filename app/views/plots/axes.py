"""A view box with axes beside it: what a plot needs, without the menus that nobody opens."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsItem

ROOM = (0.0, 4.0, 8.0, 0.0)  # left, top, right, bottom, in pixels
FINEST_TICKS = 1
"""Ticks between those with a number: a level finer, hardly to be seen, both axes of the canvas have
84 of them instead of 28, and take 1.7 ms instead of 1.0 for each frame in which the plane moves.
"""


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
        axis.setStyle(maxTickLevel=FINEST_TICKS)
        # The axes touch what is painted anew in every frame, and stay the same themselves.
        axis.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
    view.setCentralItem(layout)
