"""Everything that can be done from a menu, a button or a key, each in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from app.icons import icon
from app.views.canvas.selection_edits import EDITS
from app.views.canvas.toolbox import TOOL_GROUPS, TOOLS

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
    other_key: str = ""  # for hands that learned it elsewhere


SPECS = {
    "open": Spec("Open…", "Ctrl+O", "Open a session (.planar) or a table of points (.csv)."),
    "save": Spec("Save session…", "Ctrl+S", "Save points, settings and weights as one file."),
    "save_points": Spec("Save points…", "", "Save the points as a CSV table."),
    "export": Spec("Export…", "Ctrl+E", "Write the trained parameters W and b.", "export"),
    "picture": Spec("Save picture…", "Ctrl+P", "Write a picture of the window as PNG."),
    "quit": Spec("Quit", "Ctrl+Q", "Close Planar."),
    "undo": Spec("Undo", "Ctrl+Z", "Take back the last edit.", "undo"),
    "redo": Spec(
        "Redo", "Ctrl+Shift+Z", "Bring back the edit that was undone.", "redo", other_key="Ctrl+Y"
    ),
    "clear": Spec("Clear points", "Ctrl+Backspace", "Remove all points; weights stay.", "delete"),
    "train": Spec("Train", "T", "Repeat gradient descent until paused.", "play"),
    "step": Spec("Step", "S", "Do one iteration of gradient descent.", "step"),
    "reset": Spec("Reset", "R", "Go back to the initial weights of this seed.", "reset"),
    "new_weights": Spec("New weights", "W", "Draw other initial weights: next seed.", "dice"),
    "fit": Spec("Fit points", "F", "Show all points; Home does so on the canvas.", "fit"),
    "draw": Spec("Draw by keys", "F6", "Give the canvas the keyboard and show the crosshair."),
    "cut": Spec("Cut", "Ctrl+X", "Copy the selected points and remove them."),
    "copy": Spec("Copy", "Ctrl+C", "Copy the selected points as a table."),
    "paste": Spec("Paste", "Ctrl+V", "Add the points of a copied table."),
    "select_all": Spec("Select all", "Ctrl+A", "Select every point."),
    "add_noise": Spec("Add noise", "Y", "Move the selected points, or all, by the noise σ."),
    "larger": Spec("Larger brush", "]", "Make the brush of the tool larger.", other_key="Alt+]"),
    "smaller": Spec("Smaller brush", "[", "Make the brush of the tool smaller.", other_key="Alt+["),
    "gaussian": Spec(
        "Dense middle",
        "B",
        "Spray more points in the middle (Gaussian), or all over the circle (uniform).",
        "gaussian",
        checkable=True,
    ),
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
    "smooth": Spec("60 frames a second", "", "Draw the boundary twice as often.", checkable=True),
}
SPECS |= {
    name: Spec(tool.text, tool.key, f"{tool.text}: {tool.tip}.", name, checkable=True)
    for name, tool in TOOLS.items()
}
SPECS |= {name: Spec(edit.text, edit.key, f"{edit.tip}.", name) for name, edit in EDITS.items()}
MENUS = {
    "&File": (("open", "save", "save_points", "export", "picture", "quit"),),
    "&Edit": (
        ("undo", "redo"),
        ("cut", "copy", "paste", "select_all"),
        tuple(EDITS),
        ("add_noise", "clear"),
    ),
    "&Tools": (*TOOL_GROUPS, ("larger", "smaller", "gaussian")),
    "Trainin&g": (("train", "step", "reset", "new_weights"),),
    "&View": (("fit", "draw", "log", "smooth"),),
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
        """Draw the icons in the colors of a theme."""
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
    action.setShortcuts([QKeySequence(key) for key in (spec.key, spec.other_key) if key])
    action.setToolTip(_tip(spec))
    action.setCheckable(spec.checkable)
    action.setIconVisibleInMenu(False)
    return action
