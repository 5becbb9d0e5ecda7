"""What every test is held to: it leaves nothing behind, and nothing complains unheard.

A thread, an active QTimer or a top-level widget that outlives its test, a logged warning and a Qt
warning each fail it; ``tests/test_fixtures.py`` shows that they do. Warnings of Python, errors in
threads and in slots, and Qt messages during the test itself are failed by pytest and pytest-qt
under the settings in pyproject.toml.
"""

import functools
import gc
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.patience import PATIENCE, PatientBot

if TYPE_CHECKING:
    from PySide6 import QtCore

# Before NumPy is loaded: one thread for matrix products, as main.py settles it for the program.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Before anything starts Qt: without a display unless somebody chose one.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

THREAD_PATIENCE = PATIENCE
"""Seconds that the threads of a test have, all together, to end after it."""

XDG_FOLDERS = ("CONFIG", "DATA", "STATE", "CACHE")

# An example may be slow where the machine is busy. The same examples every time, so that a failure
# is due to what was changed; `pytest --hypothesis-profile=searching` tries others.
hypothesis.settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis.settings.register_profile("searching", deadline=None)
hypothesis.settings.load_profile("repeatable")

home_key = pytest.StashKey[Path]()
started_timers: weakref.WeakSet["QtCore.QTimer"] = weakref.WeakSet()


class _Recorder(logging.Handler):
    """Keeps what is logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to run without the guards, and keep settings out of the real home."""
    if config.getini("qt_log_level_fail") != "WARNING":
        raise pytest.UsageError("qt_log_level_fail must be WARNING: run pytest with pyproject.toml")
    patch = pytest.MonkeyPatch()
    home = Path(tempfile.mkdtemp(prefix="planar-tests-"))
    for folder in XDG_FOLDERS:
        patch.setenv(f"XDG_{folder}_HOME", str(home / folder.lower()))
    config.stash[home_key] = home
    config.add_cleanup(patch.undo)
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Fail on Qt warnings while a test is torn down: pytest-qt listens no longer then."""
    if _application() is None:
        return (yield)
    from PySide6 import QtCore

    messages: list[str] = []
    harmless = (QtCore.QtMsgType.QtDebugMsg, QtCore.QtMsgType.QtInfoMsg)

    def listen(
        kind: QtCore.QtMsgType, context: QtCore.QMessageLogContext, message: str | None
    ) -> None:
        if kind not in harmless:
            messages.append(str(message))

    previous = QtCore.qInstallMessageHandler(listen)
    try:
        result = yield
    finally:
        QtCore.qInstallMessageHandler(previous)
    if messages:
        pytest.fail(f"Qt complained during the teardown: {messages}", pytrace=False)
    return result


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    """pytest-qt's robot, patient enough for a slow machine."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def fresh_settings(pytestconfig: pytest.Config) -> Iterator[None]:
    """Remove what the test saved in the stand-in home, so that the next one starts afresh."""
    yield
    for entry in pytestconfig.stash[home_key].iterdir():
        # The cache holds nothing of ours, but fontconfig's fonts, slow to find again.
        if entry.name != "cache":
            shutil.rmtree(entry)


@pytest.fixture(autouse=True)
def logged_warnings() -> Iterator[list[logging.LogRecord]]:
    """The records that the test logged at WARNING or above; those still in the list fail it.

    A test that expects one asks for this fixture, checks the record and clears the list.
    """
    recorder = _Recorder(logging.WARNING)
    logging.getLogger().addHandler(recorder)
    yield recorder.records
    logging.getLogger().removeHandler(recorder)
    if recorder.records:
        texts = [
            f"{entry.levelname} {entry.name}: {entry.getMessage()}" for entry in recorder.records
        ]
        pytest.fail(f"logged: {texts}", pytrace=False)


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail a test whose threads, daemons too, do not end with it."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + THREAD_PATIENCE
    started = [thread for thread in threading.enumerate() if thread not in before]
    leaked = [thread.name for thread in started if not _ends(thread, deadline)]
    if leaked:
        pytest.fail(f"leaked threads: {leaked}", pytrace=False)


@pytest.fixture(autouse=True)
def no_leaked_qt_objects() -> Iterator[None]:
    """Fail a test that leaves a top-level widget or an active QTimer; free where Qt is unused."""
    if "PySide6.QtWidgets" not in sys.modules:
        yield
        return
    from PySide6.QtCore import QTimer

    _watch_timers()
    before = _live_objects()
    yield
    _delete_what_is_due()
    if _live_objects() - before:
        # A widget whose last references are a cycle is garbage, not a leak.
        gc.collect()
        _delete_what_is_due()
    leaked = _live_objects() - before
    for thing in leaked:
        if isinstance(thing, QTimer):
            thing.stop()
    if leaked:
        pytest.fail(f"leaked Qt objects: {list(leaked)}", pytrace=False)


def _ends(thread: threading.Thread, deadline: float) -> bool:
    """Whether the thread ends before the deadline; a foreign one cannot be waited for."""
    if isinstance(thread, threading._DummyThread):
        return False
    thread.join(max(0.0, deadline - time.monotonic()))
    return not thread.is_alive()


def _application() -> "QtCore.QCoreApplication | None":
    """The Qt application, if this test run has started one."""
    core = sys.modules.get("PySide6.QtCore")
    return core.QCoreApplication.instance() if core else None


@functools.cache
def _watch_timers() -> None:
    """Make every QTimer that is started from Python known, once: Qt itself keeps no list."""
    from PySide6.QtCore import QTimer

    start = QTimer.start

    def watched_start(timer: QTimer, *arguments: int) -> None:
        started_timers.add(timer)
        start(timer, *arguments)

    pytest.MonkeyPatch().setattr(QTimer, "start", watched_start)


def _live_objects() -> "set[QtCore.QObject]":
    """The top-level widgets and the active timers that exist now."""
    import shiboken6
    from PySide6.QtWidgets import QApplication

    timers = {timer for timer in started_timers if shiboken6.isValid(timer) and timer.isActive()}
    return {*timers, *(QApplication.topLevelWidgets() if _application() else [])}


def _delete_what_is_due() -> None:
    """Carry out the deleteLater() calls: outside an event loop nothing else does."""
    from PySide6.QtCore import QCoreApplication, QEvent

    if _application():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
