"""A quiet line over the canvas while an edit of very many points is on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from app.theme import current_theme
from app.views.canvas.overlay import OverlayItem

if TYPE_CHECKING:
    import pyqtgraph as pg

    from app.document.document import Document

SHOWN_AFTER = 120  # milliseconds: what is there sooner needs no words, and would only flicker
ABOVE = 12.0  # pixels between the line and the lower border


class WaitingItem(OverlayItem):
    """Says which edit is waited for, as the Undo menu will call it, and how to give it up."""

    def __init__(self, view_box: pg.ViewBox, document: Document) -> None:
        super().__init__(view_box)
        self._document = document
        self.text = ""
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_AFTER)
        self._timer.timeout.connect(self._show)
        document.awaited.connect(self._follow)

    def paint(self, painter: QPainter, *_: object) -> None:
        """Write at the bottom, on a ground of its own."""
        theme = current_theme()
        ground = QRectF(QFontMetrics(painter.font()).boundingRect(self.text))
        ground.adjust(-12, -5, 12, 5)
        area = self.boundingRect()
        ground.moveCenter(area.center())
        ground.moveBottom(area.bottom() - ABOVE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.border), 1.0))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(ground, 8, 8)
        painter.setPen(QColor(theme.text))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, self.text)

    def _follow(self, awaited: str | None, _who: object) -> None:
        if awaited:
            self.text = f"{awaited[0].upper()}{awaited[1:]} … Esc gives up"
            self._timer.start()
            self.update()
        else:
            self._timer.stop()
            self.setVisible(False)

    def _show(self) -> None:
        self.setVisible(True)
        self.update()
