"""`annkit …` on the command line: one parser, one subcommand per task.

Not here: the tasks themselves; each subcommand's module is imported when it is chosen, so that
`annkit --version` answers at once.
"""

import argparse
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status.

    Args:
        argv: the words after `annkit`; those of the process if None.
    """
    parser = build_parser()
    options = parser.parse_args(argv)
    if "run" not in options:
        parser.print_help()
        return 0
    status: int = options.run(options)
    return status


def build_parser() -> argparse.ArgumentParser:
    """The parser; a subcommand sets `run`, a function of the options that returns the status."""
    parser = argparse.ArgumentParser(
        prog="annkit", description="The tools of the annkit course on neural networks."
    )
    parser.add_argument("--version", action="version", version=f"annkit {version('annkit')}")
    commands = parser.add_subparsers(title="commands", metavar="")
    _add_grade(commands)
    _add_doctor(commands)
    return parser


def _add_grade(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`annkit grade`."""
    does = "grade a class into nbgrader's gradebook, or a notebook of your own"
    parser = commands.add_parser("grade", help=does, description=f"{does[0].upper()}{does[1:]}.")
    parser.add_argument("folder", type=Path, help="course directory, or a notebook of your own")
    parser.add_argument("assignment", nargs="?", help="default: all that were handed in")
    parser.add_argument("--student", action="append", help="only this one; may be repeated")
    parser.add_argument("--workers", type=int, metavar="N", help="default: one a processor")
    parser.add_argument("--json", action="store_true", help="print the marks as JSON")
    parser.add_argument("--force", action="store_true", help="grade again what is done")
    tiers = ("namespaces", "landlock", "limits")
    parser.add_argument("--tier", choices=tiers, help="default: the strongest there is")
    parser.add_argument(
        "--allow-weak-sandbox",
        action="store_true",
        help="make marks even where a submission could reach your files",
    )
    parser.set_defaults(run=_grade)


def _grade(options: argparse.Namespace) -> int:
    from annkit.grading.commands import grade_path

    return grade_path(options)


def _add_doctor(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`annkit doctor`."""
    does = "say how well this machine can lock submissions in"
    parser = commands.add_parser("doctor", help=does, description=f"{does[0].upper()}{does[1:]}.")
    parser.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    from annkit.grading.commands import doctor

    return doctor(options)
