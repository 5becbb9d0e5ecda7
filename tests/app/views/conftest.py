from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.theme import LIGHT, apply_theme


def pytest_itemcollected(item: pytest.Item) -> None:
    # Qt's offscreen platform says so of every window that has a smallest size or a popup.
    item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support"))


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    apply_theme(qapp, LIGHT)
    yield qapp
    apply_theme(qapp, LIGHT)


@pytest.fixture
def heard() -> list[object]:
    """What a signal said: connect it to ``heard.append``."""
    return []
