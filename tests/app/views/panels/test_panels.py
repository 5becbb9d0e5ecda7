import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from app.document.commands import AddPoints, ChangeNetwork, ChangeSplit, ReplacePoints
from app.document.document import Document
from app.document.points import Points
from app.document.split import Split
from app.document.state import NetworkSettings
from app.views.panels.data_panel import DataPanel
from app.views.panels.network_panel import NetworkPanel, with_layers
from app.views.panels.training_panel import TrainingPanel
from nncore import ACTIVATIONS, TrainingConfig
from tests.app.views.hands import click, drag, enter, press

HEIGHT = 640
GAPS = 24


def test_layers_are_added_and_removed(document: Document, network: NetworkPanel) -> None:
    click(network.more)
    assert units(document) == (4, 4)
    enter(network.layers, "6")
    assert units(document) == (4,) * 6
    assert not network.more.isEnabled()
    enter(network.layers, "0")
    assert units(document) == ()
    assert not network.fewer.isEnabled()
    assert not network.activation.isEnabled()
    click(network.more)
    assert units(document) == (4,)


def test_units_activation_initializer_and_seed(document: Document, network: NetworkPanel) -> None:
    enter(network.units.fields[0], "6")
    press(network.activation, Qt.Key.Key_Down)
    press(network.initializer, Qt.Key.Key_Home)
    enter(network.seed, "11")
    settings = document.state.network
    activation = list(ACTIVATIONS)[list(ACTIVATIONS).index("tanh") + 1]
    assert settings == NetworkSettings((6,), activation, "zeros", 11)


def test_the_note_tells_architecture_and_parameters(
    document: Document, network: NetworkPanel
) -> None:
    assert network.note == "2 \u2013 4 \u2013 1 · 17 parameters"
    document.push(AddPoints(Points.of([[0.0], [0.0]], [2])))
    assert network.note == "2 \u2013 4 \u2013 3 · 27 parameters"


def test_the_panels_follow_the_document(document: Document, network: NetworkPanel) -> None:
    document.push(ChangeNetwork(NetworkSettings((3, 5), ("relu", "tanh"), "he", 9)))
    assert network.units.value == units(document)
    assert network.activation.value is None
    assert network.initializer.value == "he"
    assert network.seed.value == 9
    document.undo()
    assert network.units.value == units(document)
    assert network.activation.value == "tanh"


def test_layers_with_activations_of_their_own_keep_them() -> None:
    settings = NetworkSettings((3, 5), ("relu", "tanh"))
    assert with_layers(settings, 3).activation == ("relu", "tanh", "tanh")
    assert with_layers(settings, 1).activation == ("relu",)
    assert with_layers(with_layers(settings, 0), 1).activation == ("tanh",)


def test_each_hidden_layer_can_have_an_activation_of_its_own(
    document: Document, network: NetworkPanel
) -> None:
    assert not network.scope.isVisible()
    click(network.more)
    assert network.scope.isVisible()
    press(network.scope, Qt.Key.Key_End)
    press(network.activation, Qt.Key.Key_Home)
    first = next(iter(ACTIVATIONS))
    assert document.state.network_config().activations == ("tanh", first)
    press(network.scope, Qt.Key.Key_Home)
    assert network.activation.value is None
    press(network.activation, Qt.Key.Key_Home)
    assert document.state.network.activation == first
    click(network.fewer)
    assert not network.scope.isVisible()


def test_the_same_activation_in_every_layer_is_one(
    document: Document, network: NetworkPanel
) -> None:
    document.push(ChangeNetwork(NetworkSettings((3, 5), ("tanh", "relu"))))
    press(network.scope, Qt.Key.Key_End)
    assert network.activation.value == "relu"
    press(network.activation, Qt.Key.Key_Up)
    assert document.state.network.activation == "tanh"
    document.undo()
    assert network.activation.value == "relu"


def test_a_layer_that_is_gone_is_no_longer_chosen(
    document: Document, network: NetworkPanel
) -> None:
    enter(network.layers, "3")
    press(network.scope, Qt.Key.Key_End)
    assert network.scope.value == "3"
    enter(network.layers, "2")
    assert network.scope.value == "all"
    press(network.activation, Qt.Key.Key_Home)
    assert document.state.network.activation == next(iter(ACTIVATIONS))


def test_the_training_settings(document: Document, training: TrainingPanel) -> None:
    enter(training.learning_rate.field, "0.3")
    enter(training.batch, "32")
    enter(training.penalty, "0.5")
    config = document.state.training
    assert (config.learning_rate, config.batch_size, config.l2) == (0.3, 32, 0.5)
    assert config.optimizer == training.optimizer.value


def test_another_optimizer_brings_its_learning_rate_in_one_undo_step(
    document: Document, training: TrainingPanel
) -> None:
    before = document.state.training
    press(training.optimizer, Qt.Key.Key_End)
    assert document.state.training == TrainingConfig("adam", 0.01)
    assert training.learning_rate.value == 0.01
    assert document.undo_name == "change optimizer"
    document.undo()
    assert document.state.training == before
    assert training.learning_rate.value == 1.2
    assert document.undo_name is None


def test_a_learning_rate_that_was_chosen_stays_with_another_optimizer(
    document: Document, training: TrainingPanel
) -> None:
    enter(training.learning_rate.field, "0.3")
    press(training.optimizer, Qt.Key.Key_End)
    assert document.state.training == TrainingConfig("adam", 0.3)


def test_a_drag_of_the_learning_rate_is_one_undo_step(
    document: Document, training: TrainingPanel
) -> None:
    slider = training.learning_rate.slider
    before = document.state.training
    drag(slider, *(QPoint(x, 14) for x in range(30, 150, 20)))
    assert document.state.training != before
    document.undo()
    assert document.state.training == before
    assert document.undo_name is None
    assert training.learning_rate.value == before.learning_rate


def test_the_full_batch_follows_the_points(document: Document, training: TrainingPanel) -> None:
    assert training.batch.text() == "all 400"
    document.push(ReplacePoints(Points.of(np.zeros((2, 5)), np.zeros(5, int))))
    assert training.batch.text() == "all 5"
    document.push(ChangeSplit(Split(0.4)))
    assert training.batch.text() == "all 3"


def test_what_is_wrong_goes_out_as_a_message(
    document: Document,
    data: DataPanel,
    network: NetworkPanel,
    training: TrainingPanel,
    heard: list[object],
) -> None:
    before = document.state
    for panel, field in (
        (data, data.points),
        (network, network.units.fields[0]),
        (training, training.learning_rate.field),
    ):
        panel.message.connect(heard.append)
        enter(field, "?")
    assert len(heard) == 3
    assert all("“?” was typed" in str(sentence) for sentence in heard)
    assert document.state is before


def test_who_asked_is_told(
    document: Document,
    data: DataPanel,
    network: NetworkPanel,
    training: TrainingPanel,
    heard: list[object],
) -> None:
    document.changed.connect(lambda what, who: heard.append(who))
    click(data.clear)
    click(network.more)
    enter(training.batch, "8")
    assert heard == [data, network, training]


def units(document: Document) -> tuple[int, ...]:
    return document.state.network.hidden_units


def controls(panel: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QComboBox, QLineEdit, QSlider)
    inner = (QLineEdit, QComboBox)
    return [
        widget
        for widget in panel.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.isVisibleTo(panel)
        and not isinstance(widget.parent(), inner)
    ]


def test_every_control_explains_itself(
    data: DataPanel, network: NetworkPanel, training: TrainingPanel
) -> None:
    for panel in (data, network, training):
        for control in controls(panel):
            assert control.toolTip(), control
            assert control.accessibleName(), control
            pictured = data.presets.isAncestorOf(control)  # one stop, arrow keys lead on
            assert pictured or control.focusPolicy() & Qt.FocusPolicy.TabFocus, control


def test_every_control_can_be_hit_and_nothing_is_clipped(
    document: Document, data: DataPanel, network: NetworkPanel, training: TrainingPanel
) -> None:
    document.push(ChangeNetwork(NetworkSettings((64,) * 6)))
    for panel in (data, network, training):
        panel.adjustSize()
        assert panel.minimumSizeHint().width() <= panel.width()
        for control in controls(panel):
            assert control.height() >= 28, control.accessibleName()
            assert control.width() >= 28, control.accessibleName()
            right = control.mapTo(panel, QPoint(control.width(), 0)).x()
            assert right <= panel.width(), control.accessibleName()


def test_the_three_panels_fit_into_a_small_window(
    data: DataPanel, network: NetworkPanel, training: TrainingPanel
) -> None:
    panels = (data, network, training)
    assert sum(panel.sizeHint().height() for panel in panels) + GAPS <= HEIGHT
    for panel in panels:
        assert panel.minimumSizeHint().height() == panel.sizeHint().height()


def test_a_key_brings_the_focus(qtbot: QtBot, network: NetworkPanel) -> None:
    network.activateWindow()
    press(network, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(network.seed.hasFocus)
    assert network.seed.selectedText() == "2"
