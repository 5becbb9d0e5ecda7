"""Text without room ends in dots, or is cut into lines."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.widgets.elided_text import ElidedLabel, ElidedText


def test_a_label_gives_way_to_shorter_texts_and_then_to_dots(
    qtbot: QtBot, themed: QApplication
) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.set_full_text("a very long text indeed", "shorter text")
    label.show()
    label.resize(400, 20)
    assert label.text() == "a very long text indeed"
    assert label.toolTip() == ""
    label.resize(100, 20)
    assert label.text() == "shorter text"
    assert label.toolTip() == "a very long text indeed"
    label.resize(30, 20)
    assert label.text().endswith("…")
    assert label.full_text == "a very long text indeed"


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
