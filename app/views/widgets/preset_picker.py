"""The example datasets as small pictures of what they generate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QToolButton, QWidget

from app.render.palette import Palette
from app.theme import CLASS_COLORS
from app.views.widgets.roving_focus import stop_at_chosen
from nncore import DATASETS, make_dataset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nncore import Dataset, DatasetRecord

_PER_ROW = 6
_SIDE = 30
_PICTURE = 26
_DOTS = 56
_EXTENT = 5.2  # every dataset fits into ±5
_RADIUS = 1.2
# Values are told by their color alone: so many large dots that they nearly cover the plane, in a
# scale that ends early. A value of 0 is pale, but visible on the cards of both themes.
_VALUE_DOTS, _VALUE_RADIUS, _VALUE_LIMIT, _BETWEEN = 140, 2.2, 0.7, "#ccd2d8"


def thumbnail(name: str) -> QPixmap:
    """Paint a few points of a dataset, in the colors of their classes or of their values."""
    scale = max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
    pixmap = QPixmap(round(_PICTURE * scale), round(_PICTURE * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    classes = DATASETS[name].task == "classification"
    dataset = make_dataset(name, _DOTS if classes else _VALUE_DOTS, 0.12, 3)
    radius, half = _RADIUS if classes else _VALUE_RADIUS, _PICTURE / 2
    for x1, x2, color in zip(*dataset.X.tolist(), _colors(dataset, name), strict=True):
        painter.setBrush(color)
        place = QPointF(half + x1 / _EXTENT * half, half - x2 / _EXTENT * half)
        painter.drawEllipse(place, radius, radius)
    painter.end()
    return pixmap


def _colors(dataset: Dataset, name: str) -> list[QColor]:
    if DATASETS[name].task == "classification":
        return [QColor(CLASS_COLORS[label]) for label in dataset.labels]
    pixels = Palette(CLASS_COLORS, _BETWEEN).value_colors(dataset.values, _VALUE_LIMIT)
    return [QColor.fromRgb(pixel) for pixel in pixels.tolist()]


class PresetPicker(QWidget):
    """One button per dataset of a registry.

    Signals
    -------
    preset_selected(str)
        A person chose a dataset, perhaps the one that is chosen already.
    """

    preset_selected = Signal(object)

    def __init__(self, records: Mapping[str, DatasetRecord], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Example datasets")
        self._names = list(records)
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(2)
        for index, record in enumerate(records.values()):
            button = self._button(record)
            self._group.addButton(button, index)
            row, place = divmod(index, _PER_ROW)
            grid.addWidget(button, row, 2 * place)
        for gap in range(1, 2 * _PER_ROW - 1, 2):  # what room is left goes between the pictures
            grid.setColumnStretch(gap, 1)
        self._group.idClicked.connect(self._clicked)

    @property
    def selected(self) -> str | None:
        """The name of the chosen dataset."""
        index = self._group.checkedId()
        return self._names[index] if index >= 0 else None

    def select(self, name: str | None) -> None:
        """Show another dataset as chosen, or none of them, without a signal."""
        # In an exclusive group one button always stays checked.
        self._group.setExclusive(False)
        for index, known in enumerate(self._names):
            self._group.button(index).setChecked(known == name)
        self._group.setExclusive(True)
        stop_at_chosen(self._group.buttons())

    def _button(self, record: DatasetRecord) -> QToolButton:
        button = QToolButton()
        button.setObjectName(record.name)
        button.setCheckable(True)
        button.setProperty("role", "picture")
        button.setFixedSize(_SIDE, _SIDE)
        button.setIcon(QIcon(thumbnail(record.name)))
        button.setIconSize(QSize(_PICTURE, _PICTURE))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(record.label)
        button.setToolTip(f"<b>{record.label}</b> ({record.formula})<br>{record.description}")
        return button

    def _clicked(self, index: int) -> None:
        self.preset_selected.emit(self._names[index])
