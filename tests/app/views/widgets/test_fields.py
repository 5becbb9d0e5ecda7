import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.theme import DARK, apply_theme
from app.views.widgets.fields import Field
from app.views.widgets.numbers import BatchField, IntegerField, NumberField
from nncore import Range
from tests.app.views.hands import click, enter, press, write
from tests.app.views.tour import show


class Bench:
    """A field beside another one, so that the focus can leave."""

    def __init__(self, qtbot: QtBot, field: Field) -> None:
        self.field, self.other = field, QLineEdit()
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        layout.addWidget(field)
        layout.addWidget(self.other)
        qtbot.addWidget(self.window)
        show(qtbot, self.window)
        self.values: list[object] = []
        self.messages: list[object] = []
        field.value_changed.connect(self.values.append)
        field.message.connect(self.messages.append)
        field.setFocus()

    def type(self, text: str) -> None:
        write(self.field, text)

    def enter(self, text: str) -> None:
        enter(self.field, text)


@pytest.fixture
def layers(qtbot: QtBot, themed: QApplication) -> Bench:
    return Bench(qtbot, IntegerField("Hidden layers", Range(0, 6)))


@pytest.fixture
def noise(qtbot: QtBot, themed: QApplication) -> Bench:
    return Bench(qtbot, NumberField("Noise σ", Range(0.0, 2.0), 0.05))


@pytest.fixture
def batch(qtbot: QtBot, themed: QApplication) -> Bench:
    field = BatchField("Batch size", Range(1, 100_000))
    field.set_m(400)
    field.set_value(None)
    field.offer([("all", None), ("32", 32)])
    return Bench(qtbot, field)


def test_a_typed_number_is_taken_at_return(layers: Bench) -> None:
    layers.type("3")
    assert layers.values == []
    press(layers.field, Qt.Key.Key_Return)
    assert layers.values == [3]
    assert type(layers.field.value) is int


def test_a_typed_number_is_taken_once_when_the_focus_leaves(layers: Bench) -> None:
    layers.enter("3")
    press(layers.field, Qt.Key.Key_Tab)
    assert layers.values == [3]


def test_the_focus_takes_what_was_typed_along(layers: Bench) -> None:
    layers.type("5")
    press(layers.field, Qt.Key.Key_Tab)
    assert layers.values == [5]


def test_setting_by_code_says_nothing(layers: Bench) -> None:
    layers.field.set_value(4)
    press(layers.field, Qt.Key.Key_Tab)
    assert layers.field.text() == "4"
    assert layers.values == layers.messages == []


@pytest.mark.parametrize("typed", ["abc", "7", "-1", "2.5", "1e1", "nan", "1_0", "9" * 40])
def test_nonsense_is_explained_and_the_old_value_stays(layers: Bench, typed: str) -> None:
    layers.field.set_value(2)
    layers.enter(typed)
    sentence = f"Hidden layers: “{typed}” was typed; a whole number from 0 to 6 is accepted."
    assert layers.messages == [sentence]
    assert layers.field.toolTip() == layers.field.problem == sentence
    assert layers.field.property("invalid") is True
    assert layers.field.text() == typed
    assert layers.field.value == 2
    assert layers.values == []


def test_nothing_is_no_number(layers: Bench) -> None:
    layers.field.selectAll()
    press(layers.field, Qt.Key.Key_Delete)
    press(layers.field, Qt.Key.Key_Return)
    assert "nothing was typed" in str(layers.messages[0])


def test_the_mark_goes_as_soon_as_the_text_is_right(layers: Bench) -> None:
    layers.field.set_help("Number of layers.")
    layers.enter("9")
    layers.type("5")
    assert layers.messages[-1] is None
    assert layers.field.property("invalid") is False
    assert layers.field.toolTip() == "Number of layers."


def test_half_a_word_is_not_complained_about(noise: Bench) -> None:
    noise.type("-")
    assert noise.messages == []


def test_the_invalid_mark_is_seen(layers: Bench) -> None:
    before = layers.field.grab().toImage()
    layers.enter("x")
    ground = layers.field.grab().toImage().pixelColor(60, 5)
    assert ground != before.pixelColor(60, 5)


def test_escape_brings_the_value_back(layers: Bench) -> None:
    layers.field.set_value(2)
    layers.enter("77")
    press(layers.field, Qt.Key.Key_Escape)
    assert layers.field.text() == "2"
    assert layers.messages[-1] is None


def test_another_value_from_outside_ends_the_complaint(layers: Bench) -> None:
    layers.enter("77")
    layers.field.set_value(3)
    assert layers.field.text() == "3"
    assert layers.field.problem is None


def test_the_same_value_from_outside_keeps_what_is_being_typed(layers: Bench) -> None:
    layers.field.set_value(2)
    layers.type("5")
    layers.field.set_value(2)
    assert layers.field.text() == "5"


def test_up_and_down_count_and_stop_at_the_ends(layers: Bench) -> None:
    layers.field.set_value(5)
    for _ in range(3):
        press(layers.field, Qt.Key.Key_Up)
    press(layers.field, Qt.Key.Key_Down)
    assert layers.values == [6, 5]


def turn_wheel(field: Field, delta: int) -> None:
    place = QPointF(5, 5)
    event = QWheelEvent(
        place,
        field.mapToGlobal(place),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)


def test_the_wheel_counts_only_with_the_focus(layers: Bench) -> None:
    turn_wheel(layers.field, 120)
    assert layers.values == [1]
    layers.other.setFocus()
    turn_wheel(layers.field, 120)
    assert layers.values == [1]


@pytest.mark.parametrize("typed", ["1,000", "1 000", "1000", "+1000"])
def test_thousands_may_be_set_apart(qtbot: QtBot, themed: QApplication, typed: str) -> None:
    bench = Bench(qtbot, IntegerField("Points m", Range(0, 100_000)))
    bench.enter(typed)
    assert bench.values == [1000]


@pytest.mark.parametrize(("typed", "value"), [("0.35", 0.35), ("0,35", 0.35), ("1e-1", 0.1)])
def test_numbers_are_read_with_point_or_comma(noise: Bench, typed: str, value: float) -> None:
    noise.enter(typed)
    assert noise.values == [value]


@pytest.mark.parametrize("typed", ["nan", "inf", "1.2.3", "1_0", "2.01", "-0.1"])
def test_other_numbers_are_not(noise: Bench, typed: str) -> None:
    noise.enter(typed)
    assert noise.values == []
    assert "a number from 0 to 2 is accepted" in str(noise.messages[0])


def test_a_number_steps_along_multiples_of_its_increment(noise: Bench) -> None:
    noise.field.set_value(0.12)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        press(noise.field, key)
    assert noise.values == [0.15, 0.2, 0.15]


def test_return_without_typing_keeps_all_digits(noise: Bench) -> None:
    noise.field.set_value(1 / 3)
    press(noise.field, Qt.Key.Key_Return)
    assert noise.field.value == 1 / 3
    assert noise.values == []


def test_the_full_batch_shows_how_many_examples_there_are(batch: Bench) -> None:
    assert batch.field.text() == "all 400"
    assert isinstance(batch.field, BatchField)
    batch.field.set_m(401)
    assert batch.field.text() == "all 401"


@pytest.mark.parametrize(("typed", "value"), [("16", 16), ("1", 1), ("100000", 100_000)])
def test_a_batch_size_of_ones_own(batch: Bench, typed: str, value: int) -> None:
    batch.enter(typed)
    assert batch.values == [value]


@pytest.mark.parametrize("typed", ["all", "ALL", "all 7"])
def test_all_is_the_full_batch(batch: Bench, typed: str) -> None:
    batch.field.set_value(8)
    batch.enter(typed)
    assert batch.values == [None]
    assert batch.field.text() == "all 400"


def test_a_batch_of_nothing_is_refused(batch: Bench) -> None:
    batch.enter("0")
    assert "“all” or a whole number from 1 to 100000 is accepted." in str(batch.messages[0])


def test_a_batch_halves_and_doubles(batch: Bench) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        press(batch.field, key)
    assert batch.values == [256, 128, 256, None]


def test_the_list_is_opened_by_its_button_and_by_a_key(batch: Bench) -> None:
    button = batch.field.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    click(button)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    press(menu, Qt.Key.Key_Escape)
    press(batch.field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        press(menu, key)
    assert batch.values == [32]


def test_a_new_list_replaces_the_old_one(batch: Bench) -> None:
    batch.field.offer([("64", 64)])
    assert len(batch.field.findChildren(QToolButton)) == 1


def test_the_arrow_follows_the_theme(batch: Bench, themed: QApplication) -> None:
    before = batch.field.actions()[0].icon().cacheKey()
    apply_theme(themed, DARK)
    assert batch.field.actions()[0].icon().cacheKey() != before


def test_a_field_is_high_enough_to_hit(layers: Bench) -> None:
    assert layers.field.height() >= 28
    layers.enter("x")
    assert layers.field.height() == layers.field.sizeHint().height() >= 28
