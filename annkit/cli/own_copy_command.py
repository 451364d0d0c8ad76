"""`annkit start`: the one subcommand for learners.

Not here: what it does (`annkit.own_copy`).
"""

import argparse
from pathlib import Path

from annkit.cli.subcommand import Subcommands, subcommand


def add_start(commands: Subcommands) -> None:
    """`annkit start`."""
    does = "copy the course into a folder, where nothing of yours is overwritten, and open it"
    parser = subcommand(commands, "start", does)
    text = "where; default: the copy that you stand in, else annkit-course"
    parser.add_argument("folder", nargs="?", type=Path, help=text)
    parser.add_argument(
        "--update",
        action="store_true",
        help="bring the corrections of a newer edition into your notebooks; answers, predictions "
        "and cells of your own stay as they are",
    )
    opening = parser.add_mutually_exclusive_group()
    opening.add_argument("--copy-only", action="store_true", help="do not open JupyterLab")
    opening.add_argument(
        "--no-browser", action="store_false", dest="browser", help="for a server: print the address"
    )
    parser.set_defaults(run=_start)


def _start(options: argparse.Namespace) -> int:
    from annkit.own_copy.start import start

    return start(options)
