"""Everything that can be done from a menu, a button or a key, each in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from app.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.theme import Theme


@dataclass(frozen=True)
class Spec:
    """An action: what it is called, its key, its icon, and one sentence that explains it."""

    text: str
    key: str
    tip: str
    icon: str = ""
    checkable: bool = False
    short: str = ""  # what a small button says


SPECS = {
    "open": Spec("Open…", "Ctrl+O", "Open a session (.planar) or a table of points (.csv)."),
    "save": Spec("Save session…", "Ctrl+S", "Save points, settings and weights as one file."),
    "save_points": Spec("Save points…", "", "Save the points as a CSV table."),
    "export": Spec("Export…", "Ctrl+E", "Write the trained parameters W and b.", "export"),
    "picture": Spec("Save picture…", "Ctrl+P", "Write a picture of the window as PNG."),
    "quit": Spec("Quit", "Ctrl+Q", "Close Planar."),
    "undo": Spec("Undo", "Ctrl+Z", "Take back the last edit.", "undo"),
    "redo": Spec("Redo", "Ctrl+Shift+Z", "Bring back the edit that was undone.", "redo"),
    "clear": Spec("Clear points", "Ctrl+Backspace", "Remove all points; weights stay.", "clear"),
    "train": Spec("Train", "T", "Repeat gradient descent until paused.", "play"),
    "step": Spec("Step", "S", "Do one iteration of gradient descent.", "step"),
    "reset": Spec("Reset", "R", "Go back to the initial weights of this seed.", "reset"),
    "new_weights": Spec("New weights", "W", "Draw other initial weights: next seed.", "dice"),
    "fit": Spec("Fit points", "F", "Show all points on the canvas.", "fit"),
    "erase": Spec("Erase", "E", "Let the left button remove points.", checkable=True),
    "log": Spec(
        "Logarithmic cost axis",
        "L",
        "Show the cost on a logarithmic axis.",
        checkable=True,
        short="log axis",
    ),
    "system": Spec("System", "", "Follow the theme of the system.", checkable=True),
    "light": Spec("Light", "", "Use the light theme.", checkable=True),
    "dark": Spec("Dark", "", "Use the dark theme.", checkable=True),
    "smooth": Spec("60 frames a second", "", "Draw twice as often.", checkable=True),
}
PAUSE = Spec("Pause", "T", "Stop training and keep everything.", "pause")


class Actions:
    """The actions of a window, by name: ``actions["train"]``."""

    def __init__(self, window: QWidget) -> None:
        self._actions = {name: _action(spec, window) for name, spec in SPECS.items()}
        window.addActions(list(self._actions.values()))

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def apply_theme(self, theme: Theme) -> None:
        """Draw the icons in the colours of a theme."""
        for name, action in self._actions.items():
            if SPECS[name].icon and name != "train":
                action.setIcon(icon(SPECS[name].icon, theme.text))

    def show_training(self, training: bool, theme: Theme) -> None:
        """Let the train action offer the opposite of what is going on."""
        action, spec = self["train"], PAUSE if training else SPECS["train"]
        action.setText(spec.text)
        action.setToolTip(_tip(spec))
        action.setIcon(icon(spec.icon, theme.accent_text))


def _tip(spec: Spec) -> str:
    key = QKeySequence(spec.key).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{spec.tip} ({key})" if key else spec.tip


def _action(spec: Spec, window: QWidget) -> QAction:
    action = QAction(spec.text, window)
    if spec.short:
        action.setIconText(spec.short)
    action.setShortcut(QKeySequence(spec.key))
    action.setToolTip(_tip(spec))
    action.setCheckable(spec.checkable)
    action.setIconVisibleInMenu(False)
    return action
