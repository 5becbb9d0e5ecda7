"""A choice from one of the registries of nncore."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QWidget

from app.icons import icon
from app.theme import current_theme

if TYPE_CHECKING:
    from collections.abc import Mapping

_ARROW_ROOM = 22
_TEXT_INSET = 8


class Record(Protocol):
    """What the entries of all registries have in common."""

    @property
    def label(self) -> str:
        """Name for people."""

    @property
    def formula(self) -> str:
        """Formula in plain characters."""

    @property
    def description(self) -> str:
        """One sentence."""


class ChoiceBox(QComboBox):
    """Shows the labels of a registry; its values are the names.

    Signals
    -------
    value_changed(str)
        A person chose another name.
    """

    value_changed = Signal(object)

    def __init__(
        self, name: str, records: Mapping[str, Record], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._help = name
        self._value: str | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(16)
        self.offer(records)
        self.activated.connect(self._activated)

    @property
    def value(self) -> str | None:
        """The chosen name; None where the box shows that there is no single one."""
        return self._value

    def offer(self, records: Mapping[str, Record]) -> None:
        """Offer these, and show the first, without a signal."""
        self._records = records
        self.clear()
        for index, (key, record) in enumerate(records.items()):
            self.addItem(record.label, key)
            self.setItemData(index, _sentence(record), Qt.ItemDataRole.ToolTipRole)
        self.set_value(next(iter(records)))

    def set_value(self, name: str | None) -> None:
        """Show another name, without a signal."""
        self._value = name
        self.setCurrentIndex(-1 if name is None else self.findData(name))
        self._show_help()

    def set_help(self, text: str) -> None:
        """Say in one sentence what is chosen here; the chosen record is explained below it."""
        self._help = text
        self._show_help()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only where the person is at work."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cut a long label with "…", and draw the arrow in the color of the theme."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.width() - _ARROW_ROOM - _TEXT_INSET
        text = self.currentText() or self.placeholderText()
        elided = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter = QPainter(self)
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
        theme = current_theme()
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.disabled_text))
        area = self.rect().adjusted(_TEXT_INSET, 0, -_ARROW_ROOM, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, elided)
        color = theme.muted_text if self.isEnabled() else theme.disabled_text
        pixmap = icon("chevron_down", color).pixmap(QSize(16, 16), self.devicePixelRatio())
        painter.drawPixmap(self.width() - _ARROW_ROOM + 2, (self.height() - 16) // 2, pixmap)
        painter.end()

    def showPopup(self) -> None:
        """Make the list as wide as its labels."""
        metrics = self.view().fontMetrics()
        widest = max(metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count()))
        self.view().setMinimumWidth(max(self.width(), widest + 32))
        super().showPopup()

    def _activated(self, index: int) -> None:
        name = str(self.itemData(index))
        if name != self._value:
            self.set_value(name)
            self.value_changed.emit(name)

    def _show_help(self) -> None:
        record = self._records.get(self._value) if self._value else None
        self.setToolTip(f"{self._help}<br>{_sentence(record)}" if record else self._help)


def _sentence(record: Record) -> str:
    label, formula, description = (
        escape(text, quote=False) for text in (record.label, record.formula, record.description)
    )
    return f"<b>{label}</b>: {formula}<br>{description}"
