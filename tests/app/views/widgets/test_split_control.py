"""The share of test points: the handle goes where it is pressed, one drag has one name."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.split import TEST_SHARE_RANGE
from app.views.widgets.split_control import SplitControl
from tests.app.views.hands import click, drag


@pytest.fixture
def split(qtbot: QtBot, themed: QApplication, heard: list[object]) -> SplitControl:
    split = SplitControl(TEST_SHARE_RANGE)
    qtbot.addWidget(split)
    split.resize(232, 28)
    split.show()
    split.share_changed.connect(heard.append)
    return split


def test_the_handle_goes_to_where_it_is_pressed(split: SplitControl, heard: list[object]) -> None:
    click(split.slider, QPoint(split.slider.width() // 2, 14))
    assert heard == [pytest.approx(0.45, abs=0.02)]


def test_the_ends_can_be_reached(split: SplitControl, heard: list[object]) -> None:
    width = split.slider.width()
    drag(split.slider, QPoint(width // 2, 14), QPoint(width + 50, 14))
    assert heard[-1] == 0.9
    drag(split.slider, QPoint(width - 8, 14), QPoint(-50, 14))
    assert heard[-1] == 0


def test_every_drag_has_a_name_of_its_own(split: SplitControl) -> None:
    names: list[str | None] = []
    split.share_changed.connect(lambda _share: names.append(split.stroke))
    for start in (30, 60):
        drag(split.slider, *(QPoint(start + step, 14) for step in (0, 20, 40)))
    assert len(set(names)) == 2
    assert None not in names
    assert split.stroke is None


def test_the_number_never_changes_its_width(split: SplitControl) -> None:
    widths = set()
    for share in (0.0, 0.001, 0.05, 0.88, 0.9, 0.999, 1.0):
        split.set_share(share)
        widths.add(split.number.width())
        needed = split.number.fontMetrics().horizontalAdvance(split.number.text())
        assert needed <= split.number.width()
    assert len(widths) == 1


def test_showing_a_share_says_nothing(split: SplitControl, heard: list[object]) -> None:
    split.set_share(0.3)
    assert split.number.text() == "30 %"
    assert heard == []


def test_what_is_not_quite_none_or_all_is_not_shown_as_that(
    split: SplitControl, heard: list[object]
) -> None:
    for share, text in ((0.0, "0 %"), (0.001, "<1 %"), (0.204, "20 %"), (0.999, ">99 %")):
        split.set_share(share)
        assert split.number.text() == text
        assert split.resample.isEnabled() == (share > 0)
        assert (split.slider.value() > 0) == (share > 0)
    split.set_share(1.0)
    assert split.number.text() == "100 %"
    assert not split.resample.isEnabled()
    assert heard == []
