"""What is measured, in the window: figures, curves and counts of both sets."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.document.commands import ClearPoints, ReplacePoints
from app.document.document import Document
from app.document.points import Points
from app.main_window import MainWindow
from app.views.columns import RightColumn
from app.views.widgets.card import Card
from app.views.widgets.figure import Figure
from tests.app.views.hands import click, press
from tests.app.views.tour import look, open_window, settled, train_to

LONG = "Nothing was pasted: this line is not one of the accepted ones. " * 4


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication) -> Iterator[MainWindow]:
    with open_window(qtbot, Document(), 1040) as window:
        yield window


def figures(window: MainWindow) -> dict[str, str]:
    shown = [one for one in window.header.findChildren(Figure) if one.isVisible()]
    return {one.accessibleName().removesuffix(one.text).strip(): one.text for one in shown}


def choose(window: MainWindow, name: str) -> None:
    button = window.left.data.presets.findChild(QToolButton, name)
    assert button is not None
    click(button)


def hold_back(window: MainWindow) -> None:
    for _ in range(2):
        press(window.left.data.split.slider, Qt.Key.Key_PageUp)


def test_without_a_test_set_its_figures_are_dashes(qtbot: QtBot, window: MainWindow) -> None:
    snapshot = train_to(qtbot, window, 200)
    assert figures(window)["train"] == f"{100 * (snapshot.accuracy or 0):.1f} %"
    assert figures(window)["test"] == "–"
    assert not window.right.legend.isVisible()
    assert not window.right.confusion.test.isVisible()


def test_both_sets_are_shown_side_by_side(qtbot: QtBot, window: MainWindow) -> None:
    hold_back(window)
    snapshot = train_to(qtbot, window, 2000)
    assert snapshot.test_accuracy is not None
    assert figures(window)["test"] == f"{100 * snapshot.test_accuracy:.1f} %"
    assert window.right.legend.isVisible()
    assert len(snapshot.test_curve[0]) > 1


def test_a_regression_shows_costs_and_no_confusion(qtbot: QtBot, window: MainWindow) -> None:
    choose(window, "hill")
    hold_back(window)
    snapshot = train_to(qtbot, window, 100)
    assert snapshot.cost is not None
    assert snapshot.test_cost is not None
    assert figures(window)["cost J, train"] == f"{snapshot.cost:.4f}"
    assert figures(window)["cost, test"] == f"{snapshot.test_cost:.4f}"
    assert "train" not in figures(window)
    assert not window.right.confusion.isVisible()
    choose(window, "moons")
    settled(qtbot, window)
    assert "train" in figures(window)
    assert window.right.confusion.isVisible()


def test_the_confusion_is_that_of_the_chosen_set(qtbot: QtBot, window: MainWindow) -> None:
    hold_back(window)
    snapshot = train_to(qtbot, window, 500)
    panel = window.right.confusion
    for button, counts in (
        (panel.test, snapshot.test_confusion),
        (panel.train, snapshot.confusion),
    ):
        click(button)
        np.testing.assert_array_equal(panel.table._counts, counts)


def test_without_points_there_is_nothing_to_count(qtbot: QtBot, window: MainWindow) -> None:
    settled(qtbot, window)
    assert window.right.confusion.isVisible()
    window.document.push(ClearPoints())
    settled(qtbot, window)
    assert not window.right.confusion.isVisible()


def test_the_narrowest_window_clips_no_figure_and_nothing_jumps(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert window.width() == window.minimumWidth() == 1040

    def places() -> list[QPoint]:
        parts = window.header.findChildren(QWidget)
        return [part.mapTo(window.header, part.rect().bottomRight()) for part in parts]

    before = places()
    train_to(qtbot, window, 3000)
    assert places() == before
    assert max(place.x() for place in before) < 1040
    for figure in window.header.findChildren(Figure):
        assert figure.width() >= figure.minimumSizeHint().width()


def show_classes(qtbot: QtBot, window: MainWindow, classes: int) -> None:
    labels = np.arange(3 * classes) % classes
    window.document.push(ReplacePoints(Points.of([labels, labels + 0.5], labels)))
    hold_back(window)
    train_to(qtbot, window, 10)


def counted(window: MainWindow) -> int:
    counts = window.right.confusion.table._counts
    return 0 if counts is None else len(counts)


@pytest.mark.parametrize("classes", [2, 8])
@pytest.mark.parametrize("size", [(1040, 640), (1280, 720), (1440, 900)])
def test_the_cost_curve_keeps_its_height_whatever_there_is_to_say(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int], classes: int
) -> None:
    window.resize(*size)
    show_classes(qtbot, window, classes)
    qtbot.waitUntil(lambda: counted(window) == classes)
    for sentence in ("", "It is short.", LONG):
        window.show_trouble(sentence)
        window.grab()
        qtbot.waitUntil(lambda: all_have_room(window.right))


def test_the_counts_have_their_room_as_soon_as_they_are_shown(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1040, 640)
    show_classes(qtbot, window, 8)
    snapshot, panel = look(window), window.right.confusion
    window.document.push(ClearPoints())
    qtbot.waitUntil(panel.isHidden)
    panel.show_snapshot(snapshot)
    assert panel.table.height() >= panel.table.minimumSizeHint().height()


def all_have_room(right: RightColumn) -> bool:
    table, cards = right.confusion.table, right.findChildren(Card)
    return (
        right.cost._box.height() >= 120
        and table.height() >= table.minimumSizeHint().height()
        and right.words.height() >= right.words.minimumSizeHint().height()
        and max(card.geometry().bottom() for card in cards) < right.height()
    )


def test_in_a_low_window_words_are_scrolled_to_the_notice_and_by_keys(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1040, 640)
    show_classes(qtbot, window, 8)
    qtbot.waitUntil(lambda: counted(window) == 8)
    words, bar = window.right.words, window.right.words.verticalScrollBar()
    window.show_trouble(LONG)
    qtbot.waitUntil(lambda: 0 < window.right.happening.notice.y() <= bar.value())
    assert words.focusPolicy() == Qt.FocusPolicy.TabFocus
    press(words, Qt.Key.Key_Up)
    assert bar.value() < window.right.happening.notice.y()
    there, longest = bar.value(), bar.maximum()
    window.resize(1040, 650)
    qtbot.waitUntil(lambda: bar.maximum() < longest)
    assert bar.value() == there  # where the person scrolled, also when the room changes
    window.resize(1040, 1000)
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    assert words.focusPolicy() == Qt.FocusPolicy.NoFocus
    table = window.right.confusion.table
    assert table.height() == table.sizeHint().height()


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_all_controls_fit_beside_the_canvas_without_a_scroll_bar(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    choose(window, "spiral3")
    hold_back(window)
    settled(qtbot, window)
    assert not window.left.verticalScrollBar().isVisible()
