"""Open, save and export from the window: dialogs, and words about how it went.

Files are read and written in the background; what the person chose or the trainer learned is
looked up before that, on the thread of the window, as it stands when the command is given.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.background import Background
from app.document.commands import ReplacePoints, ReplaceState
from app.document.labels import opened, own_names
from app.document.state import Changed
from app.files.atomic import write_atomically
from app.files.parameters import EXPORT_FORMATS, export_parameters
from app.files.sessions import SESSION_SUFFIX, Session, open_session, save_session
from app.files.tables import Table, read_table, write_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.main_window import MainWindow

SESSION_FILTER = f"Planar session (*{SESSION_SUFFIX})"
TABLE_FILTER = "Table of points (*.csv)"
SUFFIX = re.compile(r"\*(\.\w+)")


class FileActions:
    """What the File menu does. A mistake becomes a sentence and changes nothing."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.background = Background(window)
        self.background.complained.connect(window.show_trouble)
        self._opened_session: Session | None = None
        window.document.changed.connect(self._bring_weights)

    def open(self) -> None:
        """Ask for a session or a table and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Open", "", f"Planar (*{SESSION_SUFFIX} *.csv);;All files (*)"
        )
        if path:
            self.open_path(Path(path))

    def open_path(self, path: Path) -> None:
        """Open a session, or the points of a table."""
        if path.suffix.lower() == SESSION_SUFFIX:
            self.background.run(lambda: open_session(path), partial(self._show_session, path))
        else:
            self.background.run(lambda: read_table(path), partial(self._show_table, path))

    def restore(self, session: Session) -> None:
        """Give the present run what a session has learned, if it has learned anything."""
        if session.parameters:
            self._window.session.restore(
                session.parameters, session.iteration, session.continuation
            )

    def export(self) -> None:
        """Ask for a name and write the trained parameters."""
        filters = ";;".join(record.filter_text for record in EXPORT_FORMATS.values())
        self._save_as("Export parameters", "parameters.npz", filters, self.export_to)

    def export_to(self, path: Path) -> None:
        """Write the trained parameters and say that they were read back and compared."""
        snapshot = self._window.session.snapshot
        if snapshot is None:
            self._window.show_trouble("There are no weights to export yet.")
            return
        done = (
            f"Exported the weights of iteration {snapshot.iteration:,} to {path.name}; "
            "read back, the file gives the same predictions."
        )
        network, parameters = snapshot.network, snapshot.parameters
        self._write(lambda: export_parameters(path, network, parameters), done)

    def save_session(self) -> None:
        """Ask for a name and save everything."""
        name = f"session{SESSION_SUFFIX}"
        self._save_as("Save session", name, SESSION_FILTER, self.save_session_to)

    def save_session_to(self, path: Path) -> None:
        """Save points, settings and weights."""
        snapshot, state = self._window.session.snapshot, self._window.document.state
        learned = (
            (snapshot.parameters, snapshot.iteration, snapshot.continuation) if snapshot else ()
        )
        self._write(lambda: save_session(path, state, *learned), f"Saved {path.name}.")

    def save_points(self) -> None:
        """Ask for a name and write the points as a table."""
        self._save_as("Save points", "points.csv", TABLE_FILTER, self.save_points_to)

    def save_points_to(self, path: Path) -> None:
        """Write the points as a table."""
        state = self._window.document.state
        table = Table(state.points, state.task, own_names(state.points, state.classes))
        self._write(lambda: write_table(path, table), f"Saved {path.name}.")

    def save_picture(self) -> None:
        """Ask for a name and write a picture of the window."""
        self._save_as("Save picture", "planar.png", "Picture (*.png)", self.save_picture_to)

    def save_picture_to(self, path: Path) -> None:
        """Write a picture of the window."""
        picture = self._window.picture()
        self._write(lambda: write_atomically(path, picture.png()), f"Saved {path.name}.")

    def _show_session(self, path: Path, session: Session) -> None:
        command = ReplaceState(session.state, verb="open session")
        self._window.document.push(command, then=partial(self._session_shown, path, session))

    def _session_shown(self, path: Path, session: Session) -> None:
        state = self._window.document.state
        if state is not session.state:
            # They are equal: there was no edit, which would have begun a run.
            self._window.session.reset()
        self._opened_session = replace(session, state=state)
        self.restore(session)
        self._opened(path)

    def _bring_weights(self, changes: Changed, _who: object) -> None:
        """Give the opened session its weights when opening it was undone and is done again."""
        session, state = self._opened_session, self._window.document.state
        if session and session.state is state and changes & Changed.NETWORK:
            self.restore(session)

    def _show_table(self, path: Path, table: Table) -> None:
        document = self._window.document
        points, classes, words = opened(table.points, table.labels, document.state.classes)
        command = ReplacePoints(points, "open table", table.task, classes)
        document.push(command, then=partial(self._opened, path, words))

    def _opened(self, path: Path, words: str = "") -> None:
        self._window.center.canvas.fit()
        self._window.show_notice(f"Opened {path.name}" + (f": {words}." if words else "."))

    def _write(self, write: Callable[[], object], done: str) -> None:
        self.background.run(write, lambda _result: self._window.show_notice(done))

    def _save_as(self, title: str, name: str, filters: str, save: Callable[[Path], None]) -> None:
        given, kind = QFileDialog.getSaveFileName(self._window, title, name, filters)
        if not given:
            return
        path = named_as(Path(given), filters, kind)
        # About the name that was typed, the dialog has asked itself.
        if path == Path(given) or not path.exists() or self._may_replace(path):
            save(path)

    def _may_replace(self, path: Path) -> bool:
        question, button = f"{path.name} is there already. Replace it?", QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window, "Replace", question, button.Yes | button.No, button.No
        )
        return answer == button.Yes


def named_as(path: Path, filters: str, kind: str) -> Path:
    """Return a path that ends as one of the filters wants: else that of the chosen kind is added.

    >>> named_as(Path("lesson 1.2"), "NumPy (*.npz);;JSON (*.json)", "JSON (*.json)").name
    'lesson 1.2.json'
    """
    suffixes: list[str] = SUFFIX.findall(filters)
    if path.suffix.lower() in suffixes:
        return path
    return path.with_name(path.name + next(iter(SUFFIX.findall(kind)), suffixes[0]))
