"""A slider that can be grabbed anywhere, and knows which drag is under way."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent

_strokes = count()


class DragSlider(QSlider):
    """A slider whose handle goes to where it is pressed; ``stroke`` names the drag under way."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.stroke: str | None = None
        self.setAccessibleName(name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle under the pointer, then drag it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.stroke = f"{self.accessibleName()} {next(_strokes)}"
            if not self._handle_at(event):
                self.setValue(self._value_at(event.position().x()))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag."""
        super().mouseReleaseEvent(event)
        self.stroke = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only where the person is at work."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def show_value(self, value: int) -> None:
        """Move the handle without a signal."""
        blocked = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(blocked)

    def _handle_at(self, event: QMouseEvent) -> bool:
        handle = self._rect_of(QStyle.SubControl.SC_SliderHandle)
        return handle.contains(event.position().toPoint())

    def _value_at(self, x: float) -> int:
        groove = self._rect_of(QStyle.SubControl.SC_SliderGroove)
        length = self._rect_of(QStyle.SubControl.SC_SliderHandle).width()
        return QStyle.sliderValueFromPosition(
            self.minimum(),
            self.maximum(),
            round(x - groove.x() - length / 2),
            groove.width() - length,
        )

    def _rect_of(self, control: QStyle.SubControl) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        kind = QStyle.ComplexControl.CC_Slider
        return self.style().subControlRect(kind, option, control, self)
