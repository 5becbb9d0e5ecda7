"""Whether Qt can start here, asked before Qt is: one sentence instead of an abort.

Where a system library is missing, ``import PySide6.QtWidgets`` ends in a traceback; where the
platform plugin cannot be loaded or no display answers, Qt ends the process by ``abort()`` and
blames xcb-cursor0 whatever is missing. So `check_qt_can_start` opens the same libraries by their
names first, and knocks at the display. That takes 5 ms, but Qt loads the same libraries a moment
later and then finds them there: the start as a whole takes 1 ms longer of 160.

The tables are what the ELF headers of PySide6 6.11's libraries and plugins ask for beyond the C
library and what the wheel brings along; ``tests/app/test_system_libraries.py`` compares them with
the installed PySide6.
"""

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from app.errors import UserError

Loader = Callable[[str], ctypes.CDLL]

QT_LIBRARIES: Mapping[str, str] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
}
"""What Qt needs on Linux on every platform: library name -> Debian package."""

PLATFORM_LIBRARIES: Mapping[str, Mapping[str, str]] = {
    "xcb": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb.so.1": "libxcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
    },
}
"""What a platform plugin needs besides, where it needs more: platform -> library -> package."""

DISPLAYS: Mapping[str, str] = {"WAYLAND_DISPLAY": "wayland", "DISPLAY": "xcb"}
"""What names a display -> the platform for it; the first is tried first."""

BARE_SCREENS = ("eglfs", "linuxfb", "minimalegl", "vkkhrdisplay")
"""Platforms without windows; where there is no screen of theirs, Qt aborts."""


class NoDisplayError(UserError):
    """There is nothing to draw on: no display is named, or the one that is does not answer."""


def check_qt_can_start(
    environment: Mapping[str, str] = os.environ,
    system: str = sys.platform,
    load: Loader = ctypes.CDLL,
) -> None:
    """Do nothing if Qt would start; to be called before any Qt module is imported.

    Where several platforms may be tried (a Wayland session with an X server besides), one that
    works is enough, and the first one's trouble is reported. macOS and Windows always have what
    it takes.

    Raises
    ------
    UserError
        Names the libraries that are missing with their packages, or the platform that Qt lacks.
    NoDisplayError
        If nothing is missing but a display.
    """
    if not system.startswith("linux"):
        return
    if not any(environment.get(name) for name in ("QT_QPA_PLATFORM", *DISPLAYS)):
        raise NoDisplayError("there is no display to open a window on")
    problems = [_problem(name, environment, load) for name in _platforms(environment)]
    if problems[0] and all(problems):
        raise problems[0]


def missing_libraries(platform: str, load: Loader = ctypes.CDLL) -> dict[str, str]:
    """The libraries that Qt on this platform needs and that `load` cannot open.

    Parameters
    ----------
    platform : "xcb", "wayland", "offscreen" or another of Qt's platform names
    load : opens a library by name, or raises OSError

    Returns
    -------
    library name -> the Debian package that has it, in the order of the tables
    """
    needed = {**QT_LIBRARIES, **PLATFORM_LIBRARIES.get(platform, {})}
    return {name: package for name, package in needed.items() if not _opens(name, load)}


def _platforms(environment: Mapping[str, str]) -> list[str]:
    """The platforms that Qt will try, in its order; some, where one or a display is named."""
    chosen = environment.get("QT_QPA_PLATFORM")
    if chosen:
        return [_plugin(name) for name in chosen.split(";")]
    return [platform for name, platform in DISPLAYS.items() if environment.get(name)]


def _plugin(name: str) -> str:
    """The plugin behind a platform name, which may carry options or a variant of Wayland."""
    plugin = name.partition(":")[0]
    return "wayland" if plugin.startswith("wayland") else plugin


def _known_platforms() -> list[str]:
    """The platforms with windows that Qt has plugins for; empty where it keeps them elsewhere."""
    package = find_spec("PySide6")
    if package is None or package.origin is None:
        return []
    plugins = Path(package.origin).parent / "Qt" / "plugins" / "platforms"
    found = {path.stem.removeprefix("libq") for path in plugins.glob("libq*.so")}
    return sorted(found.difference(BARE_SCREENS))


def _problem(platform: str, environment: Mapping[str, str], load: Loader) -> UserError | None:
    """Return why Qt cannot start on this platform; None if it can."""
    known = _known_platforms()
    if known and platform not in known:
        return UserError(
            f"Planar cannot start: QT_QPA_PLATFORM names {platform!r}; "
            f"accepted are {', '.join(known)}"
        )
    missing = missing_libraries(platform, load)
    if missing:
        return UserError(_missing_sentence(missing))
    if platform == "xcb" and not _x_answers(load("libxcb.so.1")):
        return NoDisplayError(_silent_sentence("X display", "DISPLAY", environment))
    if platform == "wayland" and not _wayland_answers(load("libwayland-client.so.0")):
        return NoDisplayError(_silent_sentence("Wayland display", "WAYLAND_DISPLAY", environment))
    return None


def _missing_sentence(missing: Mapping[str, str]) -> str:
    named = [f"{library} (Debian/Ubuntu package {missing[library]})" for library in missing]
    packages = " ".join(dict.fromkeys(missing.values()))
    verb = "are" if len(named) > 1 else "is"
    return (
        f"Planar cannot start: {', '.join(named)} {verb} missing;"
        f" install with: apt-get install {packages}"
    )


def _silent_sentence(kind: str, variable: str, environment: Mapping[str, str]) -> str:
    value = environment.get(variable)
    if not value:
        return f"Planar cannot start: no {kind} is named, since {variable} is not set"
    return f"Planar cannot start: the {kind} {value} ({variable}) does not answer"


def _opens(name: str, load: Loader) -> bool:
    try:
        load(name)
    except OSError:
        return False
    return True


def _x_answers(xcb: ctypes.CDLL) -> bool:
    """Connect to the X server as Qt's xcb plugin does, and hang up."""
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    has_error: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return has_error == 0


def _wayland_answers(wayland: ctypes.CDLL) -> bool:
    """Connect to the compositor as Qt's wayland plugin does, and hang up."""
    wayland.wl_display_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(wayland.wl_display_connect(None))
    if connection.value is None:
        return False
    wayland.wl_display_disconnect(connection)
    return True
