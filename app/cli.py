"""The command line: from words to options, and to a window or one clear sentence.

Qt is imported only when the options are known to make sense and Qt is known to start: a mistake
is answered at once and never by an abort.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

import nncore
from app import __version__
from app.errors import UserError
from app.options import (
    DEFAULT_SIZE,
    EXPORT_SUFFIXES,
    THEMES,
    LaunchOptions,
    hidden_units,
    name_of,
    number,
    readable_file,
    whole_number,
    window_size,
    writable_file,
)
from app.system_libraries import NoDisplayError, check_qt_can_start

if TYPE_CHECKING:
    from collections.abc import Sequence

DESCRIPTION = "Draw points, train a small neural network on them, watch it learn."
STATUSES = (
    "exit status: 0 done, 1 the training stopped by itself or Planar met a fault, "
    "2 a mistake in what was asked"
)
WITHOUT_DISPLAY = (
    "`make demo` trains the flower example without one, "
    "and so does any command line that ends in --exit"
)
GENERATING = ("dataset", "points", "noise")
"""The options that say which points to draw."""


def main(arguments: Sequence[str]) -> int:
    """Run Planar; returns the exit status, as `STATUSES` says."""
    try:
        options = parse(arguments)
        prepare_qt(options)
        from app.launch import launch

        status, complaint = launch(options)
        if complaint:
            complain(complaint)
        return status
    except UserError as error:
        complain(str(error))
        return 2


def complain(sentence: str) -> None:
    """Say on standard error, in one line, what could not be done."""
    if sys.stderr:
        # A closed or full standard error: nobody listens, and the exit status still tells.
        with suppress(OSError):
            sys.stderr.write(f"planar: {' '.join(sentence.split())}\n")


def prepare_qt(options: LaunchOptions) -> None:
    """Let Qt draw into memory where there is no display and none is needed.

    Raises
    ------
    UserError
        If Qt cannot start, or there is no display for a window that stays.
    """
    try:
        check_qt_can_start()
    except NoDisplayError as error:
        if not options.exit:
            raise UserError(f"{error}; {WITHOUT_DISPLAY}") from error
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        check_qt_can_start()


def parse(arguments: Sequence[str]) -> LaunchOptions:
    """Turn the words of a command line into options.

    Raises
    ------
    UserError
        Names the option, what was given and what is accepted.
    """
    parser = _parser()
    words = vars(parser.parse_args(parser.tied(arguments)))
    # Not earlier: of "--datset moons" the first word is the mistake, and moons is no file.
    file = None if words["file"] is None else readable_file(words["file"])
    options = LaunchOptions(**words | {"file": file})
    if options.file:
        _check_nothing_is_generated(options)
    return options


def _check_nothing_is_generated(options: LaunchOptions) -> None:
    for name in GENERATING:
        value = getattr(options, name)
        if value is not None:
            raise UserError(
                f"--{name} {value} and the file {options.file} exclude each other; "
                "accepted is one of them, since a file brings its own points"
            )


class _Parser(argparse.ArgumentParser):
    """Reports a mistake as a sentence in place of a page."""

    def error(self, message: str) -> NoReturn:
        raise UserError(message.removeprefix("argument ") + "; --help lists what is accepted")

    def tied(self, arguments: Sequence[str]) -> list[str]:
        """Tie every value to its option: "--noise", "-1e-3" becomes "--noise=-1e-3".

        argparse would take a word with a dash for another option, and say of neither what is
        accepted; a value that is not there becomes an empty one, which no option accepts.
        """
        valued = {name for one in self._actions if one.nargs is None for name in one.option_strings}
        words = iter(arguments)
        tied: list[str] = []
        for word in words:
            if word == "--":
                return [*tied, word, *words]
            tied.append(f"{word}={next(words, '')}" if word in valued else word)
            # Some versions of argparse take this for a value that is not there, without a check.
            if word.startswith("--") and tied[-1].endswith("=--"):
                self.error(f"{tied[-1]}: a value is needed")
        return tied


def _parser() -> _Parser:
    parser = _Parser(prog="planar", description=DESCRIPTION, epilog=STATUSES, allow_abbrev=False)
    add = parser.add_argument
    add("--version", action="version", version=f"Planar {__version__}")
    add("file", nargs="?", metavar="FILE", help="a session or a CSV table")
    _add_data_options(parser)
    _add_network_options(parser)
    add("--train", type=whole_number("--train", 0, 10**9), metavar="N", help="train N iterations")
    add(
        "--export",
        dest="exports",
        action="append",
        default=[],
        type=writable_file("--export", EXPORT_SUFFIXES),
        metavar="FILE",
        help=f"write the parameters ({', '.join(EXPORT_SUFFIXES)}); repeatable",
    )
    png = writable_file("--screenshot", (".png",))
    add("--screenshot", type=png, metavar="FILE.png", help="write a picture of the window")
    add("--exit", action="store_true", help="close when all of this is done; needs no display")
    theme = name_of("--theme", THEMES)
    add("--theme", type=theme, default="system", metavar="NAME", help=" or ".join(THEMES))
    add("--size", type=window_size, default=DEFAULT_SIZE, metavar="WxH", help="window size")
    return parser


def _add_data_options(parser: argparse.ArgumentParser) -> None:
    add, points, noise = parser.add_argument, nncore.POINTS_RANGE, nncore.NOISE_RANGE
    datasets = tuple(nncore.DATASETS)
    dataset = name_of("--dataset", datasets)
    add("--dataset", type=dataset, metavar="NAME", help=", ".join(datasets))
    count = whole_number("--points", int(points.minimum), int(points.maximum))
    add("--points", type=count, metavar="N", help=f"number of points, {points}")
    add("--noise", type=number("--noise", noise), metavar="F", help=f"spread, {noise}")
    seeds = nncore.SEED_RANGE
    seed = whole_number("--seed", int(seeds.minimum), int(seeds.maximum))
    add("--seed", type=seed, metavar="N", help="of points, weights and batches")


def _add_network_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--hidden", type=hidden_units, metavar="4[,4...]", help="units of each layer; 0: none")
    for option, names in (
        ("--activation", tuple(nncore.ACTIVATIONS)),
        ("--initializer", tuple(nncore.INITIALIZERS)),
        ("--optimizer", tuple(nncore.OPTIMIZERS)),
    ):
        add(option, type=name_of(option, names), metavar="NAME", help=", ".join(names))
    rates = nncore.LEARNING_RATE_RANGE
    add(
        "--learning-rate",
        type=number("--learning-rate", rates),
        metavar="F",
        help=f"alpha, {rates}",
    )
    batch = nncore.BATCH_SIZE_RANGE
    size = whole_number("--batch-size", int(batch.minimum), int(batch.maximum))
    add("--batch-size", type=size, metavar="N", help="points per iteration; without it: all")
