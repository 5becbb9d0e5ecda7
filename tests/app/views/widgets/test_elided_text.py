"""Text of several lines."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.widgets.elided_text import ElidedText


def test_a_percent_sign_stays_with_its_number(qtbot: QtBot, themed: QApplication) -> None:
    label = ElidedText(most=9)
    qtbot.addWidget(label)
    label.set_full_text("The cost fell by 0.2 % over the last 11,520 iterations.")
    label.show()
    shown = set()
    for width in range(80, 300):
        label.resize(width, 200)
        shown.add(label.text())
        assert label.text().replace("\n", "") == label.full_text
        assert not any(line.startswith("%") for line in label.text().splitlines())
    assert len(shown) > 5
