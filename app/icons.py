"""Icons drawn for this program, tinted for the theme and crisp at every screen scale.

The drawings say "currentColor" where the tint belongs. Each is painted once for the sizes that
buttons use and for the scales of the screens that are there, then kept: 0.3 ms an icon. The pale
picture of a disabled button is painted too, since Qt's own is as bright as the enabled one on a
dark ground.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_FOLDER = Path(__file__).parent.parent / "resources" / "icons"
_SIZES = (16, 20)  # logical pixels
_DISABLED_OPACITY = 0.4


def icon_names() -> tuple[str, ...]:
    """Return the names that `icon` knows."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.svg")))


def icon(name: str, color: str | QColor) -> QIcon:
    """Return the icon ``resources/icons/<name>.svg`` in one color.

    Raises
    ------
    ValueError
        If there is no icon of that name.
    """
    scales = sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()})
    return _icon(name, QColor(color).name(), tuple(scales))


@cache
def _icon(name: str, color: str, scales: tuple[float, ...]) -> QIcon:
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace(b"currentColor", color.encode())))
    result = QIcon()
    for size in _SIZES:
        for scale in scales:
            result.addPixmap(_pixmap(renderer, size, scale))
            faint = _pixmap(renderer, size, scale, _DISABLED_OPACITY)
            result.addPixmap(faint, QIcon.Mode.Disabled)
    return result


def _drawing(name: str) -> bytes:
    try:
        return (_FOLDER / f"{name}.svg").read_bytes()
    except FileNotFoundError:
        message = f"icon is {name!r}; accepted: {', '.join(icon_names())}"
        raise ValueError(message) from None


def _pixmap(renderer: QSvgRenderer, size: int, scale: float, opacity: float = 1.0) -> QPixmap:
    pixels = round(size * scale)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
