"""`annkit …` on the command line: one parser, one subcommand per task.

Not here: the tasks themselves; each subcommand's module is imported when it is chosen, so that
`annkit --version` answers at once.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status.

    Args:
        argv: the words after `annkit`; those of the process if None.
    """
    options = parse(argv)
    if "run" not in options:
        build_parser().print_help()
        return 0
    status: int = options.run(options)
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
    parser.add_argument("--version", action="version", version=f"annkit {version('annkit')}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_grade(commands)
    _add_report(commands)
    _add_classroom(commands)
    _add_doctor(commands)
    return parser


def _add_grade(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`annkit grade`."""
    does = "grade a class into nbgrader's gradebook, or a notebook of your own"
    parser = commands.add_parser("grade", help=does, description=f"{does[0].upper()}{does[1:]}.")
    parser.add_argument(
        "folder", type=Path, help="course directory; a folder or zip of notebooks; or one notebook"
    )
    parser.add_argument("assignment", nargs="?", help="default: all that were handed in")
    parser.add_argument(
        "--student", action="append", metavar="ID", help="only this one; may be repeated"
    )
    parser.add_argument("--course", type=Path, metavar="DIR", help="for a download: its course")
    parser.add_argument(
        "--names",
        metavar="RULE",
        help="for a download: whose a file is: moodle, canvas, folder, file, or a pattern with "
        "{student}, or {name} and {number}, and *; default: what its names fit",
    )
    parser.add_argument(
        "--workers", type=_count, metavar="N", help="default: one for each processor"
    )
    parser.add_argument(
        "--dask", default="", metavar="ADDRESS", help="scheduler of workers on other machines"
    )
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


def _count(text: str) -> int:
    """A whole number from 1 on."""
    number = int(text) if text.isdecimal() else 0
    if not number:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return number


def _grade(options: argparse.Namespace) -> int:
    from annkit.grading.commands import grade_path

    return grade_path(options)


def _add_report(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`annkit report`."""
    does = "write a page on what a class got wrong, for the next lesson"
    parser = commands.add_parser("report", help=does, description=f"{does[0].upper()}{does[1:]}.")
    parser.add_argument("folder", type=Path, help="course directory")
    parser.add_argument("assignment", nargs="?", help="default: all that were released")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="default: report.html in the course"
    )
    parser.set_defaults(run=_report)


def _report(options: argparse.Namespace) -> int:
    from annkit.grading.class_report.command import report

    return report(options)


def _add_doctor(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`annkit doctor`."""
    does = "say how well this machine can lock submissions in"
    parser = commands.add_parser("doctor", help=does, description=f"{does[0].upper()}{does[1:]}.")
    parser.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    from annkit.grading.sandbox.tiers import doctor

    return doctor()


def _add_classroom(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`annkit classroom new`."""
    does = "make a course directory for a class"
    parser = commands.add_parser(
        "classroom", help=does, description=f"{does[0].upper()}{does[1:]}."
    )
    new = parser.add_subparsers(required=True, metavar="new").add_parser(
        "new", help=does, description=f"{does[0].upper()}{does[1:]}."
    )
    new.add_argument("folder", type=Path, help="where; it must not exist yet")
    new.add_argument(
        "--roster", type=Path, metavar="CSV", help="the class list; its head line has a column id"
    )
    new.add_argument("--chapter", action="append", help="only this one; may be repeated")
    new.add_argument(
        "--wheel", action="store_true", help="also build the package for learners, without answers"
    )
    new.set_defaults(run=_classroom)


def _classroom(options: argparse.Namespace) -> int:
    from annkit.grading.classroom import classroom_new

    try:
        from annkit.publish import sources
    except ImportError:
        print("making a classroom needs the teachers' part: annkit[teacher]", file=sys.stderr)
        return 1
    from annkit.exercises import course

    status = classroom_new(
        options, list(course().chapters), lambda chapters: sources(course(), chapters)
    )
    if options.wheel and not status:
        from annkit.publish.learner_wheel import build_wheel

        print(f"For learners: {build_wheel(course(), options.folder / 'wheel')}")
    return status
