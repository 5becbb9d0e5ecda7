from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.theme import LIGHT, apply_theme


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    apply_theme(qapp, LIGHT)
    yield qapp
    apply_theme(qapp, LIGHT)


@pytest.fixture
def heard() -> list[object]:
    """What a signal said: connect it to ``heard.append``."""
    return []
