"""The window: puts the parts in their places and connects them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QActionGroup,
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app.actions import MENUS, Actions
from app.document.commands import ClearPoints
from app.document.state import Changed
from app.edit_actions import EditActions
from app.file_actions import FileActions
from app.options import THEMES
from app.theme import DARK, LIGHT, apply_theme, system_theme
from app.training.session import TrainingSession
from app.training.snapshot import Snapshot, View
from app.views.canvas.workbench import Workbench
from app.views.class_looks import palette_of
from app.views.columns import SPACING, TIGHT, CenterColumn, LeftColumn, RightColumn
from app.views.header import Header
from app.window_picture import WindowPicture

if TYPE_CHECKING:
    from app.document.document import Document
    from app.settings import Settings
    from app.theme import Theme

REST_AFTER = 8  # milliseconds; half a frame at 60 frames a second
FRAMES, MORE_FRAMES = 30, 60  # a second
READ = 10  # times a second that figures and cost curve change: they are read, not watched


class MainWindow(QMainWindow):
    """Everything that a person sees.

    Parameters
    ----------
    document : Document
        What the person chose; the window shows it and sends it commands.
    settings : Settings
        What is remembered from one start to the next.
    theme : str
        "light" or "dark" for this start, or "system": as the settings say.
    furnish_later : bool
        Add the plots only when the window is on the screen; until then they do not exist.
    """

    def __init__(
        self,
        document: Document,
        settings: Settings,
        theme: str = "system",
        furnish_later: bool = False,
    ) -> None:
        super().__init__()
        self.document = document
        self.session = TrainingSession(document, self)
        self.workbench = Workbench(document, self)
        self.actions_by_name = Actions(self)
        self._settings = settings
        self._theme_name = theme if theme != "system" else settings.theme
        self._map_side = 36
        self._turn, self._turns = 0, FRAMES // READ
        self._rest = QTimer(self, singleShot=True, interval=REST_AFTER)
        self._rest.timeout.connect(self._show_rest)
        self._furnished = False
        self.files = FileActions(self)
        self.edits = EditActions(self)
        self.setWindowTitle("Planar")
        self._build()
        self._use_theme(self._theme_name)
        self._show_document(Changed.ALL, None)
        if not furnish_later:
            self.furnish()

    def furnish(self) -> None:
        """Add the plots and bring everything to life; once is enough."""
        if self._furnished:
            return
        self._furnished = True
        self.center.furnish(self.document, self.workbench)
        self.right.furnish()
        self._connect_actions()
        self._connect_changes()
        self._use_theme(self._theme_name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the plots after the first painting."""
        super().paintEvent(event)
        if not self._furnished:
            QTimer.singleShot(0, self, self.furnish)

    def _build(self) -> None:
        act = self.actions_by_name
        others = [act[name] for name in ("step", "reset", "new_weights")]
        self.header = Header(act["train"], others, [act["export"]])
        self.left = LeftColumn(self.document)
        self.center = CenterColumn(self.document, self.workbench, act)
        self.right = RightColumn(self.document, act["log"])
        columns = QHBoxLayout()
        columns.setContentsMargins(16, TIGHT, 16, TIGHT)
        columns.setSpacing(SPACING)
        columns.addWidget(self.left)
        columns.addWidget(self.center, 1)
        columns.addWidget(self.right)
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.header)
        rows.addLayout(columns, 1)
        self.setCentralWidget(content)
        self.setMinimumSize(1040, 640)
        self._fill_menus()

    def _fill_menus(self) -> None:
        for title, groups in MENUS.items():
            menu = self.menuBar().addMenu(title)
            for names in groups:
                menu.addSeparator()  # Qt shows none at the top
                menu.addActions([self.actions_by_name[name] for name in names])
        group = QActionGroup(self)
        for name in THEMES:
            group.addAction(self.actions_by_name[name])
        menu.addSection("Theme")
        menu.addActions(group.actions())
        group.triggered.connect(lambda action: self._choose_theme(action.text().lower()))

    def _connect_actions(self) -> None:
        act, session, document = self.actions_by_name, self.session, self.document
        canvas = self.center.canvas
        for name, do in {
            "open": self.files.open,
            "save": self.files.save_session,
            "save_points": self.files.save_points,
            "export": self.files.export,
            "picture": self.files.save_picture,
            "quit": self.close,
            "clear": lambda: document.push(ClearPoints()),
            "train": session.toggle,
            "step": session.step,
            "reset": session.reset,
            "new_weights": session.new_weights,
            "fit": canvas.fit,
            "draw": canvas.draw_by_keys,
        }.items():
            act[name].triggered.connect(self._forget_trouble)
            act[name].triggered.connect(lambda _checked=False, do=do: do())
        act["log"].toggled.connect(self.right.cost.set_logarithmic)
        act["smooth"].toggled.connect(lambda on: self.set_frames(MORE_FRAMES if on else FRAMES))
        self.edits.connect()

    def _connect_changes(self) -> None:
        session, document, canvas = self.session, self.document, self.center.canvas
        document.changed.connect(self._show_document)
        document.awaited.connect(self._show_steps)
        for done in (document.changed, self.workbench.changed, canvas.selection.changed):
            done.connect(self._forget_trouble)
        session.updated.connect(self._show_snapshot)
        session.training_changed.connect(self._show_training)
        session.run_started.connect(self.show_notice)
        session.failed.connect(self._show_failure)
        canvas.region_changed.connect(lambda _region: self._observe())
        self.center.network.map_side_changed.connect(self._use_map_side)
        self.left.problem_changed.connect(self.show_trouble)
        for speaker in (self.center.options, canvas.strokes):
            speaker.message.connect(self.show_trouble)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def set_frames(self, frames: int) -> None:
        """Show the run so many times a second."""
        self._turns = frames // READ
        self.session.set_frames_per_second(frames)

    def show_notice(self, sentence: str) -> None:
        """Say something worth knowing."""
        self.right.happening.show_notice(sentence)

    def show_trouble(self, sentence: str | None) -> None:
        """Say what is wrong, in the place where everything is said; None: it was put right."""
        self.right.happening.show_trouble(sentence or "")

    def _forget_trouble(self, *_: object) -> None:
        """Go on from what could not be done; what is still wrong in a field is said further on."""
        if self.right.happening.troubled:
            self.show_trouble(self.left.problem)

    def _show_failure(self, sentence: str) -> None:
        """Say what ended the training for good: nothing that is done next makes it good."""
        self.right.happening.show_notice(sentence, "danger", "The training failed")

    def picture(self) -> WindowPicture:
        """Take a picture of the window as it is, nothing left to be refined."""
        if self._furnished:
            self.center.canvas.finish_painting()
        return WindowPicture(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home shows all points, unless it means something to the widget that has the keyboard."""
        if event.key() == Qt.Key.Key_Home and self._furnished:
            self.center.canvas.fit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the training first: its thread must not outlive the window."""
        if self._furnished:
            QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._follow_system)
        self._furnished = True
        self._settings.keep_geometry(self)
        self._rest.stop()
        self.files.background.close()
        self.document.close()
        self.session.close()
        event.accept()

    def _show_document(self, changes: Changed, _who: object) -> None:
        self._show_steps()
        self.actions_by_name["clear"].setEnabled(len(self.document.state.points) > 0)
        if self._furnished and changes & (Changed.CLASSES | Changed.TASK):
            self._observe()

    def _show_steps(self, *_: object) -> None:
        """Say in the menu what undo and redo would do."""
        act, document = self.actions_by_name, self.document
        for name, step in (("undo", document.undo_name), ("redo", document.redo_name)):
            act[name].setEnabled(step is not None)
            act[name].setText(f"{name.capitalize()} {step}" if step else name.capitalize())

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the canvas now and the rest a little later: no event waits for all of it."""
        self.center.canvas.show_boundary(snapshot.boundary)
        if snapshot.training:
            self._rest.start()
        else:
            self._rest.stop()
            self._show_rest()

    def _show_rest(self) -> None:
        snapshot = self.session.snapshot
        if snapshot is None:
            return
        self.center.show_network(snapshot)
        self._turn += 1
        resting, turn = not snapshot.training, self._turn % self._turns
        if resting or turn == 0:
            self.header.show_snapshot(snapshot)
        if resting or turn == 1:
            self.right.show_snapshot(snapshot)

    def _show_training(self, training: bool) -> None:
        self.actions_by_name.show_training(training, self._theme)

    def _observe(self) -> None:
        canvas = self.center.canvas
        palette = palette_of(self.document.state, self._theme)
        self.center.network.show_palette(palette)
        self.session.observe(View(canvas.region, palette, canvas.pixels, self._map_side))

    def _use_map_side(self, side: int) -> None:
        if side != self._map_side:
            self._map_side = side
            self._observe()

    def _choose_theme(self, name: str) -> None:
        self._settings.theme = name
        self._use_theme(name)

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._theme_name == "system":
            self._use_theme("system")

    def _use_theme(self, name: str) -> None:
        self._theme_name = name
        self._theme: Theme = {"light": LIGHT, "dark": DARK}.get(name) or system_theme()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, self._theme)
        self.actions_by_name.apply_theme(self._theme)
        self.actions_by_name[name].setChecked(True)
        self._show_training(self.session.training)
        if self._furnished:
            self.center.apply_theme(self._theme)
            self.right.apply_theme(self._theme)
            self._observe()
