"""Planar says in one sentence why Qt cannot start, and asks for exactly what Qt asks for."""

import ctypes
import struct
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import PySide6
import pytest

from app.errors import UserError
from app.system_libraries import (
    PLATFORM_LIBRARIES,
    QT_LIBRARIES,
    Loader,
    NoDisplayError,
    check_qt_can_start,
    missing_libraries,
)
from tests.patience import PATIENCE

ROOT = Path(__file__).parent.parent.parent
X11 = {"DISPLAY": ":7"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-7"}
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def machine(absent: Collection[str] = (), *, x: bool = True, wayland: bool = True) -> Loader:
    """A loader for a made-up machine that lacks some libraries, and whose displays may be dumb."""

    def connect_x(name: None, screen: None) -> int:
        return 1

    def connect_wayland(name: None) -> int | None:
        return 1 if wayland else None

    library = SimpleNamespace(
        xcb_connect=connect_x,
        xcb_connection_has_error=lambda connection: 0 if x else 1,
        xcb_disconnect=lambda connection: None,
        wl_display_connect=connect_wayland,
        wl_display_disconnect=lambda connection: None,
    )

    def load(name: str) -> ctypes.CDLL:
        if name in absent:
            raise OSError(f"{name}: cannot open shared object file: No such file or directory")
        return cast("ctypes.CDLL", library)

    return load


def complaint(environment: dict[str, str], load: Loader) -> str:
    with pytest.raises(UserError) as caught:
        check_qt_can_start(environment, "linux", load)
    return str(caught.value)


@pytest.mark.parametrize("environment", [X11, WAYLAND, OFFSCREEN, {**X11, **WAYLAND}])
def test_complete_machine_starts(environment: dict[str, str]) -> None:
    check_qt_can_start(environment, "linux", machine())


def test_missing_library_is_named_with_its_package() -> None:
    assert complaint(X11, machine({"libxcb-cursor.so.0"})) == (
        "Planar cannot start: libxcb-cursor.so.0 (Debian/Ubuntu package libxcb-cursor0) is"
        " missing; install with: apt-get install libxcb-cursor0"
    )


def test_all_missing_libraries_are_named_and_each_package_once() -> None:
    text = complaint(OFFSCREEN, machine({"libglib-2.0.so.0", "libgthread-2.0.so.0", "libEGL.so.1"}))
    assert all(name in text for name in ("libglib-2.0.so.0", "libgthread-2.0.so.0", "libEGL.so.1"))
    assert "are missing" in text
    assert text.endswith("apt-get install libglib2.0-0 libegl1")


@pytest.mark.parametrize("platform", sorted(PLATFORM_LIBRARIES))
def test_a_platform_does_not_need_the_libraries_of_another(platform: str) -> None:
    load = machine({*PLATFORM_LIBRARIES[platform]})
    assert missing_libraries("offscreen", load) == {}
    assert missing_libraries(platform, load) == PLATFORM_LIBRARIES[platform]


def test_silent_display_is_named() -> None:
    assert complaint(X11, machine(x=False)) == (
        "Planar cannot start: the X display :7 (DISPLAY) does not answer"
    )
    assert complaint(WAYLAND, machine(wayland=False)) == (
        "Planar cannot start: the Wayland display wayland-7 (WAYLAND_DISPLAY) does not answer"
    )


def test_xcb_chosen_without_a_display_is_told() -> None:
    text = complaint({"QT_QPA_PLATFORM": "xcb"}, machine(x=False))
    assert text == "Planar cannot start: no X display is named, since DISPLAY is not set"


def test_one_working_platform_is_enough() -> None:
    both = {**X11, **WAYLAND}
    check_qt_can_start(both, "linux", machine(wayland=False))
    check_qt_can_start(both, "linux", machine({"libwayland-cursor.so.0"}))
    check_qt_can_start({**both, "QT_QPA_PLATFORM": "wayland-egl;xcb"}, "linux", machine(x=False))
    assert "libxcb.so.1" in complaint(X11, machine({"libxcb.so.1"}))


def test_platform_options_are_not_part_of_its_name() -> None:
    text = complaint({"QT_QPA_PLATFORM": "xcb:depth=24"}, machine({"libxcb-shm.so.0"}))
    assert "libxcb-shm0" in text


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_bring_everything_along(system: str) -> None:
    check_qt_can_start({}, system, machine({*QT_LIBRARIES}, x=False))


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ""}, X11, WAYLAND, {**X11, **WAYLAND}])
def test_where_only_a_display_is_missing_a_script_can_do_without(
    environment: dict[str, str],
) -> None:
    with pytest.raises(NoDisplayError):
        check_qt_can_start(environment, "linux", machine(x=False, wayland=False))


def test_without_a_display_the_libraries_of_one_are_not_asked_for() -> None:
    assert complaint({}, machine({*PLATFORM_LIBRARIES["xcb"]})) == (
        "there is no display to open a window on"
    )


@pytest.mark.parametrize("platform", ["eglfs", "linuxfb", "bogus", "", " "])
def test_a_platform_that_opens_no_window_is_named(platform: str) -> None:
    text = complaint({"QT_QPA_PLATFORM": f"{platform};"}, machine())
    assert f"QT_QPA_PLATFORM names {platform!r}; accepted are minimal, offscreen, " in text


linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks for ELF files")


@linux_only
def test_this_machine_can_run_the_tests() -> None:
    assert missing_libraries("offscreen") == {}


@linux_only
def test_real_loader_misses_what_is_not_there() -> None:
    def load(name: str) -> ctypes.CDLL:
        return ctypes.CDLL(name.replace("libEGL", "libplanar-has-no-such"))

    assert missing_libraries("offscreen", load) == {"libEGL.so.1": "libegl1"}


@linux_only
@pytest.mark.skipif(bool(missing_libraries("xcb")), reason="needs the libraries for X")
def test_real_unreachable_display_is_a_sentence_and_not_an_abort() -> None:
    program = "from app.system_libraries import check_qt_can_start as check; check()"
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"DISPLAY": ":64321"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert run.returncode == 1
    assert run.stderr.endswith("the X display :64321 (DISPLAY) does not answer\n")


@linux_only
@pytest.mark.parametrize("platform", ["offscreen", "xcb", "wayland"])
def test_tables_are_what_the_installed_qt_asks_for(platform: str) -> None:
    folder = Path(PySide6.__file__).parent
    files = [folder / f"{name}.abi3.so" for name in ("QtCore", "QtGui", "QtWidgets", "QtSvg")]
    files.append(folder / "Qt" / "plugins" / "platforms" / f"libq{platform}.so")
    # The C library, without which no Python runs.
    given = {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0"}
    asked = {name for name in _closure(files, folder / "Qt" / "lib") if not name.startswith("ld-")}
    assert asked - given == {*QT_LIBRARIES, *PLATFORM_LIBRARIES.get(platform, {})}


def _closure(files: list[Path], bundled: Path) -> set[str]:
    """The libraries that the files need, directly or through those that the wheel has in it."""
    outside: set[str] = set()
    seen: set[str] = set()
    while files:
        for name in _needed(files.pop()) - seen:
            seen.add(name)
            if (bundled / name).exists():
                files.append(bundled / name)
            elif not name.startswith(("libpyside6", "libshiboken6")):
                outside.add(name)
    return outside


def _needed(file: Path) -> set[str]:
    """The DT_NEEDED entries of a 64-bit little-endian ELF file (System V ABI, chapter 5)."""
    data = file.read_bytes()
    assert data[:6] == b"\x7fELF\x02\x01"
    table, size, count = *struct.unpack_from("<Q", data, 32), *struct.unpack_from("<HH", data, 54)
    headers = [struct.unpack_from("<IIQQQQ", data, table + size * i) for i in range(count)]
    dynamic = next(header for header in headers if header[0] == 2)
    entries = list(_entries(data[dynamic[2] : dynamic[2] + dynamic[5]]))
    address = next(value for tag, value in entries if tag == 5)
    segment = next(h for h in headers if h[0] == 1 and h[3] <= address < h[3] + h[5])
    strings = address - segment[3] + segment[2]
    starts = [strings + value for tag, value in entries if tag == 1]
    return {data[start : data.index(b"\0", start)].decode() for start in starts}


def _entries(section: bytes) -> Iterator[tuple[int, int]]:
    """The (tag, value) pairs of a dynamic section, up to its end mark."""
    for tag, value in struct.iter_unpack("<qQ", section):
        if tag == 0:
            return
        yield tag, value
