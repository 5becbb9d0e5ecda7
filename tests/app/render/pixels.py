"""Pixels, taken apart."""

import numpy as np
from numpy.typing import NDArray

from app.render.palette import Palette

PALETTE = Palette(("#f59322", "#0877bd", "#2a9d5c"), "#f4f6f8")
NEUTRAL = 0xFFF4F6F8


def channels(pixels: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Red, green and blue, shape (..., 3)."""
    return np.stack([(pixels >> np.uint32(shift)) & 0xFF for shift in (16, 8, 0)], -1).astype(int)


def pixel(color: str) -> int:
    """What "#rrggbb" is as 0xffRRGGBB."""
    return 0xFF000000 | int(color[1:], 16)
