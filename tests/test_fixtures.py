"""The guards of conftest.py work: each kind of leak or complaint fails the test that has it."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.patience import PATIENCE

ROOT = Path(__file__).parent.parent

CULPRITS = """
import logging
import threading
import warnings

import pytest
from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal, qWarning
from PySide6.QtWidgets import QWidget

from tests import conftest

conftest.THREAD_PATIENCE = 2.0  # one thread below never ends
kept = []
end = threading.Event()


@pytest.fixture
def complaint_in_teardown():
    yield
    qWarning("late complaint")


class Emitter(QObject):
    sent = Signal()


def test_innocent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    timer = QTimer(widget)
    timer.start(1000)
    thread = threading.Thread(target=end.wait, args=(0.01,), daemon=True)
    thread.start()
    unreachable = QWidget()
    unreachable.myself = unreachable
    logging.getLogger("planar").info("ready")


def test_thread():
    threading.Thread(target=end.wait, name="straggler", daemon=True).start()


def test_blames_only_the_culprit():
    pass


def test_timer(qapp):
    timer = QTimer(qapp)
    timer.start(1000)


def test_widget(qapp):
    kept.append(QWidget(objectName="orphan"))


def test_log():
    logging.getLogger("planar").warning("odd weights")


def test_expected_log(logged_warnings):
    logging.getLogger("planar").warning("odd weights")
    assert logged_warnings.pop().getMessage() == "odd weights"


def test_qt_warning(qapp):
    qWarning("complaint")


def test_qt_warning_in_teardown(qapp, complaint_in_teardown):
    pass


def test_thread_exception():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()


def test_slot_exception(qapp):
    emitter = Emitter()
    emitter.sent.connect(lambda: 1 / 0, Qt.ConnectionType.DirectConnection)
    emitter.sent.emit()


def test_unraisable_exception():
    class Sour:
        def __del__(self):
            raise ValueError("sour")

    Sour()


def test_python_warning():
    warnings.warn("old way", DeprecationWarning, stacklevel=1)


def test_save_setting():
    settings = QSettings("Planar", "Planar")
    settings.setValue("theme", "dark")
    settings.sync()
    assert "planar-tests-" in settings.fileName()


def test_setting_is_gone():
    assert QSettings("Planar", "Planar").value("theme") is None
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Test name -> what pytest reported about it, from one run of the culprits; "" if passed."""
    folder = tmp_path_factory.mktemp("culprits")
    (folder / "test_culprits.py").write_text(CULPRITS, encoding="utf-8")
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-q"]
    command += ["-p", "tests.conftest", "-p", "no:cacheprovider", f"--rootdir={folder}"]
    command += [f"--junitxml={report}", str(folder / "test_culprits.py")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=PATIENCE
    )
    told: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        text = "".join("".join([*part.attrib.values(), *part.itertext()]) for part in case)
        told[case.attrib["name"]] = told.get(case.attrib["name"], "") + text
    return told


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("test_thread", "leaked threads: ['straggler']"),
        ("test_timer", "leaked Qt objects: [<PySide6.QtCore.QTimer"),
        ("test_widget", 'name="orphan"'),
        ("test_log", "logged: ['WARNING planar: odd weights']"),
        ("test_qt_warning", "complaint"),
        ("test_qt_warning_in_teardown", "Qt complained during the teardown: ['late complaint']"),
        ("test_thread_exception", "PytestUnhandledThreadExceptionWarning"),
        ("test_slot_exception", "ZeroDivisionError"),
        ("test_unraisable_exception", "PytestUnraisableExceptionWarning"),
        ("test_python_warning", "DeprecationWarning: old way"),
    ],
)
def test_guard_fails_the_culprit(outcomes: dict[str, str], name: str, reason: str) -> None:
    assert reason in outcomes[name]


@pytest.mark.parametrize(
    "name",
    [
        "test_innocent",
        "test_blames_only_the_culprit",
        "test_expected_log",
        "test_save_setting",
        "test_setting_is_gone",
    ],
)
def test_guard_spares_the_innocent(outcomes: dict[str, str], name: str) -> None:
    assert outcomes[name] == ""
