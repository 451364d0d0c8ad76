"""`annkit …` on the command line: one parser, one subcommand per task.

In: the words after `annkit`. Out: an exit status. Begin with `main`; what a subcommand takes is
said in `own_copy_command`, `marks` and `course_folder`.

Not here: the tasks themselves; each is imported when it is chosen, so that `annkit --version`
answers at once.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from annkit.cli.course_folder import add_classroom
from annkit.cli.marks import (
    add_doctor,
    add_explain,
    add_forget,
    add_grade,
    add_ledger,
    add_marks,
    add_points,
    add_report,
)
from annkit.cli.own_copy_command import add_start
from annkit.distribution import version


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status.

    Args:
        argv: the words after `annkit`; those of the process if None.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may not know all letters
            stream.reconfigure(errors="replace")
    options = parse(argv)
    if "run" not in options:
        build_parser().print_help()
        return 0
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough, like `head`; what is left to print goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The options in a command line; whatever cannot be understood ends the process in words."""
    parser = build_parser()
    options, rest = parser.parse_known_args(argv)
    # argparse finds an optional word only right after the one before it, not behind an option.
    if rest and getattr(options, "assignment", "") is None and not rest[0].startswith("-"):
        options.assignment = rest.pop(0)
    if rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return options


def build_parser() -> argparse.ArgumentParser:
    """The parser; a subcommand sets `run`, a function of the options that returns the status."""
    parser = argparse.ArgumentParser(
        prog="annkit", description="The tools of the annkit course on neural networks."
    )
    parser.add_argument("--version", action="version", version=f"annkit {version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    add_start(commands)
    add_grade(commands)
    add_report(commands)
    add_explain(commands)
    add_points(commands)
    add_ledger(commands)
    add_marks(commands)
    add_forget(commands)
    add_classroom(commands)
    add_doctor(commands)
    return parser
