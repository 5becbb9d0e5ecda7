"""The words about a run: its state, what is wrong with it, and what stands still on the screen."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.document.state import NetworkSettings, Preset, State
from app.theme import DARK, LIGHT
from app.training.engine import Engine
from app.training.snapshot import Snapshot
from app.views.panels.happening_panel import HappeningPanel, describe
from nncore import TrainingConfig
from tests.app.training.settings import DIVERGING, EMPTY, train_to

WIDTH = 288
FLOWER = State(Preset().generate())


@pytest.fixture
def frame(qtbot: QtBot, themed: QApplication) -> QWidget:
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.resize(WIDTH, 260)
    return frame


@pytest.fixture
def panel(frame: QWidget) -> HappeningPanel:
    panel = HappeningPanel()
    panel.apply_theme(LIGHT)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(panel)
    frame.show()
    return panel


def look(state: State, iteration: int = 0) -> Snapshot:
    """Train a run of its own and look at it."""
    engine = Engine()
    engine.start_run(1, state, train=False)
    if iteration:
        train_to(engine, iteration)
    return engine.snapshot(0)


def with_network(units: tuple[int, ...], activation: str, initializer: str, rate: float) -> State:
    network = NetworkSettings(units, activation, initializer)
    return replace(FLOWER, network=network, training=TrainingConfig(learning_rate=rate))


ZEROS = with_network((4,), "tanh", "zeros", 1.2)
LARGE = with_network((8, 8, 8), "tanh", "large_random", 0.1)


def test_a_run_that_learns_is_told_as_that_and_nothing_else(panel: HappeningPanel) -> None:
    panel.show_snapshot(look(FLOWER, 1000))
    assert panel.run_text.startswith("Finished At iteration 1,000. The cost fell by ")
    assert panel.run_text.endswith("over the last 100 iterations.")
    assert panel.finding_texts == []


def test_before_the_first_iteration_it_says_what_to_do(panel: HappeningPanel) -> None:
    panel.show_snapshot(look(FLOWER))
    assert panel.run_text.startswith("Ready Train starts gradient descent")


def test_zero_weights_are_explained_before_and_after_the_training(panel: HappeningPanel) -> None:
    for iteration in (0, 1000):
        panel.show_snapshot(look(ZEROS, iteration))
        (text,) = panel.finding_texts
        assert text.startswith("Identical units Units 1–4 of layer 1 have the same weights")


def test_what_was_wrong_disappears_with_its_run(panel: HappeningPanel) -> None:
    panel.show_snapshot(look(LARGE, 300))
    assert panel.finding_texts[0].startswith("Saturated units")
    panel.show_snapshot(look(FLOWER, 300))
    assert panel.finding_texts == []


def test_a_divergence_is_the_state_of_the_run_and_not_told_twice(panel: HappeningPanel) -> None:
    snapshot = look(DIVERGING, 100)
    panel.show_snapshot(snapshot)
    assert snapshot.findings[0].name == "diverged"
    assert panel.run_text.startswith("Stopped At iteration ")
    assert not any("Diverged" in text for text in panel.finding_texts)


def test_a_cost_that_stands_still_is_the_state_of_the_run(panel: HappeningPanel) -> None:
    engine = Engine()
    engine.start_run(1, with_network((), "tanh", "zeros", 1.0), train=False)
    train_to(engine, 5000)
    engine.train()
    tone, title, sentence = describe(engine.snapshot(0))
    assert (tone, title) == ("muted_text", "Cost stands still")
    assert "this is the minimum" in sentence
    panel.show_snapshot(engine.snapshot(0))
    (text,) = panel.finding_texts
    assert text.startswith("No hidden layer This is logistic regression")


def test_steps_that_are_too_small_are_the_state_of_the_run(panel: HappeningPanel) -> None:
    engine = Engine()
    engine.start_run(1, with_network((4,), "tanh", "xavier", 1e-5), train=False)
    train_to(engine, 500)
    engine.train()
    tone, title, sentence = describe(engine.snapshot(0))
    assert (tone, title) == ("warning", "Steps are too small")
    assert sentence.endswith("Raise the learning rate.")
    panel.show_snapshot(engine.snapshot(0))
    assert panel.finding_texts == []


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_who_stands_still_is_not_said_to_be_learning(activation: str) -> None:
    engine = Engine()
    engine.start_run(1, with_network((4,), activation, "zeros", 1.2), train=False)
    train_to(engine, 3000)
    engine.train()
    _, title, sentence = describe(engine.snapshot(0))
    assert (title, sentence[:24]) == ("Training", "The cost hardly changed ")


def test_without_points_there_is_nothing_to_find(panel: HappeningPanel) -> None:
    snapshot = look(EMPTY)
    assert (snapshot.trend, snapshot.findings) == (None, ())
    panel.show_snapshot(snapshot)
    assert panel.finding_texts == []


def test_findings_do_not_move_with_the_length_of_the_state(panel: HappeningPanel) -> None:
    snapshot = look(ZEROS, 1000)
    panel.show_snapshot(snapshot)
    panel.window().grab()
    before = panel._findings[0].y()
    panel._run.say("accent", "Learning", "Short.", LIGHT)
    panel.window().grab()
    assert before > 0
    assert panel._findings[0].y() == before


def test_a_text_without_room_ends_in_dots_and_is_whole_in_the_tooltip(
    panel: HappeningPanel, qtbot: QtBot
) -> None:
    panel.show_snapshot(look(LARGE, 300))
    panel.show_notice("A long notice. " * 12)
    panel.window().resize(WIDTH, 150)
    panel.window().grab()
    sentence = panel._findings[0]._sentence
    qtbot.waitUntil(lambda: sentence.text().endswith("…"))
    assert sentence.toolTip() == sentence.full_text
    assert "flat for" in sentence.full_text
    panel.show_notice("")
    panel.window().resize(WIDTH, 400)
    qtbot.waitUntil(lambda: not sentence.text().endswith("…"))
    assert sentence.text().replace("\n", "") == sentence.full_text
    assert sentence.toolTip() == ""


def test_all_that_is_said_of_the_run_is_read_where_there_is_room(
    panel: HappeningPanel, qtbot: QtBot
) -> None:
    reason = "The weights grew beyond what a number can hold. Reset and lower the rate. " * 3
    panel.show_snapshot(replace(look(DIVERGING, 100), reason=reason))
    sentence = panel._run._sentence
    qtbot.waitUntil(lambda: sentence.text().replace("\n", "") == reason)
    assert len(sentence.text().splitlines()) > 4


def test_the_colors_are_those_of_how_serious_it_is(panel: HappeningPanel) -> None:
    panel.show_snapshot(look(ZEROS, 100))
    assert LIGHT.danger in panel._findings[0]._title.styleSheet()
    panel.apply_theme(DARK)
    assert DARK.danger in panel._findings[0]._title.styleSheet()
    panel.show_snapshot(look(LARGE, 300))
    assert DARK.warning in panel._findings[0]._title.styleSheet()


def test_a_jump_of_the_cost_by_an_edit_is_not_blamed_on_the_steps() -> None:
    engine = Engine()
    engine.start_run(1, FLOWER, train=False)
    train_to(engine, 1000)
    points = FLOWER.points
    flipped = replace(FLOWER, points=replace(points, labels=1 - np.asarray(points.labels)))
    engine.set_points(flipped)
    train_to(engine, 1060)
    assert engine.snapshot(0).findings == ()


def test_after_an_edit_it_does_not_speak_of_first_iterations() -> None:
    engine = Engine()
    engine.start_run(1, FLOWER, train=False)
    engine.train()
    assert describe(engine.snapshot(0))[2] == "The first iterations are under way."
    train_to(engine, 5000)
    assert "The cost fell" in describe(engine.snapshot(0))[2]
    engine.train()
    engine.set_points(replace(FLOWER, points=FLOWER.points.without_last(1)))
    _, title, sentence = describe(engine.snapshot(0))
    assert (title, sentence[:32]) == ("Training", "It goes on; it is too early to s")
    train_to(engine, 6000)
    assert "The cost fell" in describe(engine.snapshot(0))[2]
