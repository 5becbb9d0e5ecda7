import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.theme import CLASS_COLORS, DARK, apply_theme
from app.views.widgets.buttons import IconButton
from app.views.widgets.choice_box import ChoiceBox
from app.views.widgets.preset_picker import PresetPicker, thumbnail
from app.views.widgets.units_editor import UnitsEditor
from nncore import DATASETS, HIDDEN_LAYERS_RANGE, HIDDEN_UNITS_RANGE, INITIALIZERS
from tests.app.views.hands import click, enter, press


@pytest.fixture
def presets(qtbot: QtBot, themed: QApplication, heard: list[object]) -> PresetPicker:
    picker = PresetPicker(DATASETS)
    qtbot.addWidget(picker)
    picker.show()
    picker.preset_selected.connect(heard.append)
    return picker


def test_a_click_on_a_picture_chooses_the_dataset(
    presets: PresetPicker, heard: list[object]
) -> None:
    for button in presets.findChildren(QToolButton):
        click(button)
    assert heard == list(DATASETS)
    assert presets.selected == heard[-1]


def test_the_chosen_dataset_can_be_drawn_again(presets: PresetPicker, heard: list[object]) -> None:
    presets.select("moons")
    assert presets.selected == "moons"
    button = presets.findChildren(QToolButton)[list(DATASETS).index("moons")]
    click(button)
    assert heard == ["moons"]


def test_points_of_no_dataset_choose_no_picture(presets: PresetPicker) -> None:
    presets.select("moons")
    presets.select(None)
    assert presets.selected is None
    presets.select("moons")
    assert presets.selected == "moons"


def test_pictures_explain_themselves(presets: PresetPicker) -> None:
    button = presets.findChildren(QToolButton)[0]
    record = DATASETS["flower"]
    assert record.description in button.toolTip()
    assert button.accessibleName() == record.label


def _seen(name: str) -> set[str]:
    image = thumbnail(name).toImage()
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return {image.pixelColor(x, y).name() for x, y in places}


@pytest.mark.parametrize("name", [n for n, r in DATASETS.items() if r.task == "classification"])
def test_a_picture_shows_all_classes(themed: QApplication, name: str) -> None:
    assert set(CLASS_COLORS[: DATASETS[name].n_classes]) <= _seen(name)


def test_the_picture_of_a_regression_shows_many_values(themed: QApplication) -> None:
    assert len(_seen("line")) > 2 * len(_seen("moons"))


def test_a_line_and_a_hill_are_told_apart_by_their_pictures(themed: QApplication) -> None:
    def leaning(name: str, x: float, y: float) -> int:
        """How much more blue than orange there is around a place, from 0 to 1 each."""
        image = thumbnail(name).toImage()
        left, top = (int(share * image.width()) for share in (x, y))
        colors = [image.pixelColor(left + i, top + j) for i in range(-2, 3) for j in range(-2, 3)]
        return sum(color.blue() - color.red() for color in colors) // len(colors)

    assert leaning("line", 0.15, 0.85) < -100
    assert leaning("line", 0.85, 0.15) > 100
    assert leaning("hill", 0.5, 0.5) > 100
    assert all(abs(leaning("hill", x, y)) < 40 for x in (0.15, 0.85) for y in (0.15, 0.85))


@pytest.fixture
def box(qtbot: QtBot, themed: QApplication, heard: list[object]) -> ChoiceBox:
    box = ChoiceBox("Initialization of W", INITIALIZERS)
    qtbot.addWidget(box)
    box.show()
    box.value_changed.connect(heard.append)
    return box


def test_a_choice_by_key_tells_the_name(box: ChoiceBox, heard: list[object]) -> None:
    box.set_value("zeros")
    press(box, Qt.Key.Key_Down)
    assert heard == [list(INITIALIZERS)[1]]
    assert box.value == heard[0]


def test_a_choice_by_mouse_tells_the_name(box: ChoiceBox, heard: list[object]) -> None:
    press(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    index = box.model().index(list(INITIALIZERS).index("he"), 0)
    place = box.view().visualRect(index).center()
    click(box.view().viewport(), place)
    box.hidePopup()
    assert heard == ["he"]


def test_a_choice_by_code_says_nothing(box: ChoiceBox, heard: list[object]) -> None:
    box.set_value("he")
    assert box.currentText() == INITIALIZERS["he"].label
    assert INITIALIZERS["he"].formula in box.toolTip()
    assert heard == []


def test_no_single_choice_is_shown_as_such(box: ChoiceBox) -> None:
    box.setPlaceholderText("one per layer")
    box.set_value(None)
    assert box.value is None
    assert box.currentIndex() == -1
    box.grab()


def test_the_tooltips_of_the_list_have_formula_and_sentence(box: ChoiceBox) -> None:
    for index, record in enumerate(INITIALIZERS.values()):
        assert record.description in box.itemData(index, Qt.ItemDataRole.ToolTipRole)


@pytest.fixture
def units(qtbot: QtBot, themed: QApplication, heard: list[object]) -> UnitsEditor:
    editor = UnitsEditor(HIDDEN_LAYERS_RANGE, HIDDEN_UNITS_RANGE)
    qtbot.addWidget(editor)
    editor.show()
    editor.set_value((4, 3))
    editor.value_changed.connect(heard.append)
    return editor


def test_there_is_one_field_per_layer(units: UnitsEditor) -> None:
    for layers in range(7):
        units.set_value((8,) * layers)
        assert sum(field.isVisible() for field in units.fields) == layers


def test_the_units_of_one_layer_change(units: UnitsEditor, heard: list[object]) -> None:
    press(units.fields[1], Qt.Key.Key_Up)
    assert heard == [(4, 4)]
    assert units.value == (4, 4)


def test_too_many_units_are_told(units: UnitsEditor, heard: list[object]) -> None:
    messages: list[object] = []
    units.message.connect(messages.append)
    enter(units.fields[0], "65")
    assert messages == [
        "Units of hidden layer 1: “65” was typed; a whole number from 1 to 64 is accepted."
    ]
    assert heard == []


def test_a_layer_that_goes_takes_its_complaint_along(units: UnitsEditor) -> None:
    messages: list[object] = []
    enter(units.fields[1], "x")
    units.message.connect(messages.append)
    units.set_value((4,))
    assert messages == [None]
    assert units.fields[1].problem is None


def test_an_icon_button_follows_the_theme(qtbot: QtBot, themed: QApplication) -> None:
    button = IconButton("undo", "Undo")
    qtbot.addWidget(button)
    button.show()
    before = button.icon().cacheKey()
    apply_theme(themed, DARK)
    assert button.icon().cacheKey() != before
    assert min(button.width(), button.height()) >= 28
