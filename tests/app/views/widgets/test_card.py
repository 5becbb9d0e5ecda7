from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.views.widgets.card import Card
from app.views.widgets.figure import Figure


def test_a_card_shows_title_note_and_content(qtbot: QtBot, themed: QApplication) -> None:
    card = Card("Network")
    qtbot.addWidget(card)
    card.body.addWidget(QLabel("content"))
    card.set_note("17 parameters")
    card.resize(264, 100)
    card.show()
    texts = {label.text() for label in card.findChildren(QLabel) if label.isVisible()}
    assert texts == {"17 parameters", "Network", "content"}
    assert card.note == "17 parameters"


def test_a_card_without_title_has_no_title_row(qtbot: QtBot, themed: QApplication) -> None:
    card = Card()
    qtbot.addWidget(card)
    card.show()
    assert not any(label.isVisible() for label in card.findChildren(QLabel))


def test_a_figure_never_changes_its_width(qtbot: QtBot, themed: QApplication) -> None:
    figure = Figure("iteration", "000,000", "Parameter updates so far.")
    qtbot.addWidget(figure)
    figure.show()
    widths = set()
    for text in ("1", "11,111", "888,888"):
        figure.set_text(text)
        widths.add(figure.sizeHint().width())
    assert len(widths) == 1
    assert figure.text == "888,888"
    assert figure.accessibleName() == "iteration 888,888"
