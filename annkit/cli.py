"""`annkit …` on the command line: one parser, one subcommand per task.

Not here: the tasks themselves; each subcommand's module is imported when it is chosen, so that
`annkit --version` answers at once.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annkit.grading.platforms.starter import Starter

    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]


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
    _add_explain(commands)
    _add_points(commands)
    _add_ledger(commands)
    _add_marks(commands)
    _add_classroom(commands)
    _add_doctor(commands)
    return parser


def _subcommand(commands: "Subcommands", name: str, does: str) -> argparse.ArgumentParser:
    """Add a subcommand; what it does is said in the list of all, and as a sentence in its help."""
    return commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")


def _add_grade(commands: "Subcommands") -> None:
    """`annkit grade`."""
    does = "grade a class into nbgrader's gradebook, or a notebook of your own"
    parser = _subcommand(commands, "grade", does)
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
    parser.add_argument(
        "--exercise", action="append", metavar="ID", help="with --force: only this one, of all"
    )
    parser.add_argument(
        "--let-drop", action="store_true", help="enter marks that are lower than before, too"
    )
    _choose_a_sandbox(parser)
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


def _add_report(commands: "Subcommands") -> None:
    """`annkit report`."""
    does = "write a page on what a class got wrong, for the next lesson"
    parser = _subcommand(commands, "report", does)
    parser.add_argument("folder", type=Path, help="course directory")
    parser.add_argument("assignment", nargs="?", help="default: all that were released")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="default: report.html in the course"
    )
    parser.set_defaults(run=_report)


def _report(options: argparse.Namespace) -> int:
    from annkit.grading.class_report.command import report

    return report(options)


def _add_explain(commands: "Subcommands") -> None:
    """`annkit explain`."""
    does = "show a teacher why an answer earned what it did: input, expected, got, source, seed"
    parser = _subcommand(commands, "explain", does)
    _name_an_answer(parser)
    _choose_a_sandbox(parser)
    parser.set_defaults(run=_explain)


def _explain(options: argparse.Namespace) -> int:
    from annkit.grading.appeal import explain

    return explain(options)


def _add_points(commands: "Subcommands") -> None:
    """`annkit points`."""
    does = "give points for an answer by hand, with a reason that is kept"
    parser = _subcommand(commands, "points", does)
    _name_an_answer(parser)
    parser.add_argument("points", type=float, help="in the exercise's own measure")
    parser.add_argument("--because", required=True, metavar="REASON", help="the student reads it")
    parser.set_defaults(run=_points)


def _points(options: argparse.Namespace) -> int:
    from annkit.grading.appeal import give_points

    return give_points(options)


def _name_an_answer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="course directory")
    parser.add_argument("student", help="the student's id")
    parser.add_argument("exercise", help="the exercise's id")


def _choose_a_sandbox(parser: argparse.ArgumentParser) -> None:
    tiers = ("namespaces", "landlock", "limits")
    parser.add_argument("--tier", choices=tiers, help="default: the strongest there is")
    parser.add_argument(
        "--allow-weak-sandbox",
        action="store_true",
        help="go on even where a submission could reach your files",
    )


def _add_ledger(commands: "Subcommands") -> None:
    """`annkit ledger`."""
    does = "show what was graded when, by whom, and every change of a mark"
    parser = _subcommand(commands, "ledger", does)
    parser.add_argument("folder", type=Path, help="course directory")
    parser.add_argument("--student", metavar="ID", help="only what concerns this one")
    parser.set_defaults(run=_ledger)


def _ledger(options: argparse.Namespace) -> int:
    from annkit.grading.ledger_command import ledger

    return ledger(options)


def _add_marks(commands: "Subcommands") -> None:
    """`annkit marks`."""
    does = "write the marks that count as a table, or into one that Moodle or Canvas made"
    parser = _subcommand(commands, "marks", does)
    parser.add_argument("folder", type=Path, help="course directory")
    parser.add_argument("assignment", nargs="?", help="default: all that were released")
    into = parser.add_mutually_exclusive_group()
    into.add_argument(
        "--moodle", type=Path, metavar="WORKSHEET", help="fill in a grading worksheet of Moodle"
    )
    into.add_argument(
        "--canvas", type=Path, metavar="GRADEBOOK", help="fill in an exported gradebook of Canvas"
    )
    into.add_argument("--pseudonyms", action="store_true", help="a table without names")
    parser.add_argument("--by-exercise", action="store_true", help="a column for each exercise too")
    parser.add_argument(
        "--column", metavar="TITLE", help="what the chapter's assignment is called in Canvas"
    )
    parser.add_argument(
        "--decimal-comma", action="store_true", help="a table with 7,5 and semicolons"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="default: marks.csv, or beside the other table"
    )
    parser.set_defaults(run=_marks)


def _marks(options: argparse.Namespace) -> int:
    from annkit.grading.platforms.marks_command import marks

    return marks(options)


def _add_doctor(commands: "Subcommands") -> None:
    """`annkit doctor`."""
    parser = _subcommand(commands, "doctor", "say how well this machine can lock submissions in")
    text = "a course directory to look at as well (the current folder if it is one)"
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help=text)
    parser.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    from annkit.grading.doctor import doctor

    return doctor(options.folder)


def _add_classroom(commands: "Subcommands") -> None:
    """`annkit classroom new`, and what other platforms take."""
    does = "make a course directory for a class, or what another platform needs for a chapter"
    parser = _subcommand(commands, "classroom", does)
    kinds = parser.add_subparsers(required=True, metavar="new | gradescope | github | links")
    new = _subcommand(kinds, "new", "make a course directory")
    new.add_argument("folder", type=Path, help="where; it must not exist yet")
    new.add_argument(
        "--roster", type=Path, metavar="CSV", help="the class list; its head line has a column id"
    )
    new.add_argument("--chapter", action="append", help="only this one; may be repeated")
    new.add_argument(
        "--wheel", action="store_true", help="also build the package for learners, without answers"
    )
    new.set_defaults(run=_classroom)
    _add_platforms(kinds)


def _add_platforms(kinds: "Subcommands") -> None:
    """`annkit classroom gradescope`, `github` and `links`."""
    does = "write the autograder of a chapter, to be uploaded to Gradescope"
    zipped = _subcommand(kinds, "gradescope", does)
    zipped.add_argument("chapter")
    zipped.add_argument(
        "--visibility",
        choices=("visible", "after_due_date", "after_published", "hidden"),
        default="visible",
        help="when students see their results; default: at once",
    )
    zipped.add_argument(
        "--output", type=Path, metavar="ZIP", help="default: CHAPTER-gradescope.zip"
    )
    zipped.set_defaults(run=_gradescope)
    does = "write the template repository of a chapter, for GitHub Classroom"
    repository = _subcommand(kinds, "github", does)
    repository.add_argument("chapter")
    repository.add_argument("folder", type=Path, help="where; it must not exist yet")
    repository.set_defaults(run=_github)
    does = "print links that open each chapter on a JupyterHub with nbgitpuller"
    links = _subcommand(kinds, "links", does)
    links.add_argument("hub", metavar="HUB", help="its address")
    links.add_argument("--repository", metavar="ADDRESS", help="default: this package's own")
    links.set_defaults(run=_links)


def _classroom(options: argparse.Namespace) -> int:
    from annkit.grading.classroom import classroom_new

    try:
        from annkit.publish import sources
    except ImportError:
        return _needs_publish()
    from annkit.exercises import course

    status = classroom_new(
        options, list(course().chapters), lambda chapters: sources(course(), chapters)
    )
    if options.wheel and not status:
        from annkit.publish.learner_wheel import build_wheel

        print(f"For learners: {build_wheel(course(), options.folder / 'wheel')}")
    return status


def _gradescope(options: argparse.Namespace) -> int:
    from annkit.grading.platforms.gradescope_zip import classroom_gradescope

    starter = _starter()
    return _needs_publish() if starter is None else classroom_gradescope(options, starter)


def _github(options: argparse.Namespace) -> int:
    from annkit.grading.platforms.github_repository import classroom_github

    starter = _starter()
    return _needs_publish() if starter is None else classroom_github(options, starter)


def _links(options: argparse.Namespace) -> int:
    from annkit.grading.platforms.pull_links import classroom_links

    return classroom_links(options)


def _starter() -> "Starter | None":
    """What autograders are made from; None without the teachers' part."""
    try:
        from annkit.publish import release
        from annkit.publish.learner_wheel import build_wheel
    except ImportError:
        return None
    from annkit.exercises import course
    from annkit.grading.platforms.starter import Starter

    return Starter(
        course(),
        lambda chapters: release(course(), chapters),
        lambda folder: build_wheel(course(), folder, with_answers=True),
    )


def _needs_publish() -> int:
    print("making a classroom needs the teachers' part: annkit[teacher]", file=sys.stderr)
    return 1
