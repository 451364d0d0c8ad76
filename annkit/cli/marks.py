"""Subcommands of `annkit` for whoever gives marks: from `grade` to `ledger`.

Not here: making a classroom (`course_folder`), the tasks themselves (`annkit.grading`), each of
which is imported when it is chosen.
"""

import argparse
from pathlib import Path

from annkit.cli.subcommand import Subcommands, count, subcommand


def add_grade(commands: Subcommands) -> None:
    """`annkit grade`."""
    does = "grade a class into nbgrader's gradebook, or a notebook of your own"
    parser = subcommand(commands, "grade", does)
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
        "--times",
        type=Path,
        metavar="WORKSHEET",
        help="for a download from Moodle: its grading worksheet in English, for the dates",
    )
    parser.add_argument(
        "--workers", type=count, metavar="N", help="default: one for each processor"
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


def _grade(options: argparse.Namespace) -> int:
    from annkit.grading.commands import grade_path

    return grade_path(options)


def add_report(commands: Subcommands) -> None:
    """`annkit report`."""
    does = "write a page on what a class got wrong, for the next lesson"
    parser = subcommand(commands, "report", does)
    parser.add_argument("folder", type=Path, help="course directory")
    parser.add_argument("assignment", nargs="?", help="default: all that were released")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="default: report.html in the course"
    )
    parser.set_defaults(run=_report)


def _report(options: argparse.Namespace) -> int:
    from annkit.grading.class_report.command import report

    return report(options)


def add_explain(commands: Subcommands) -> None:
    """`annkit explain`."""
    does = "show a teacher why an answer earned what it did: input, expected, got, source, seed"
    parser = subcommand(commands, "explain", does)
    _name_an_answer(parser)
    _choose_a_sandbox(parser)
    parser.set_defaults(run=_explain)


def _explain(options: argparse.Namespace) -> int:
    from annkit.grading.appeal import explain

    return explain(options)


def add_points(commands: Subcommands) -> None:
    """`annkit points`."""
    does = "give points for an answer by hand, with a reason that is kept"
    parser = subcommand(commands, "points", does)
    _name_an_answer(parser)
    parser.add_argument("points", type=float, help="in the exercise's own measure")
    parser.add_argument("--because", required=True, metavar="REASON", help="the student reads it")
    parser.set_defaults(run=_points)


def _points(options: argparse.Namespace) -> int:
    from annkit.grading.appeal import give_points

    return give_points(options)


def add_forget(commands: Subcommands) -> None:
    """`annkit forget`."""
    does = "delete a student: identity, work, marks, and every copy of them in the course"
    parser = subcommand(commands, "forget", does)
    parser.add_argument("folder", type=Path, help="course directory")
    parser.add_argument("student", help="the student's id")
    parser.add_argument("--yes", action="store_true", help="delete without asking")
    parser.set_defaults(run=_forget)


def _forget(options: argparse.Namespace) -> int:
    from annkit.grading.forget import forget

    return forget(options)


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


def add_ledger(commands: Subcommands) -> None:
    """`annkit ledger`."""
    does = "show what was graded when, by whom, and every change of a mark"
    parser = subcommand(commands, "ledger", does)
    parser.add_argument("folder", type=Path, help="course directory")
    parser.add_argument("--student", metavar="ID", help="only what concerns this one")
    parser.set_defaults(run=_ledger)


def _ledger(options: argparse.Namespace) -> int:
    from annkit.grading.ledger_command import ledger

    return ledger(options)


def add_marks(commands: Subcommands) -> None:
    """`annkit marks`."""
    does = "write the marks that count as a table, or into one that Moodle or Canvas made"
    parser = subcommand(commands, "marks", does)
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


def add_doctor(commands: Subcommands) -> None:
    """`annkit doctor`."""
    parser = subcommand(commands, "doctor", "say how well this machine can lock submissions in")
    text = "a course directory to look at as well (the current folder if it is one)"
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help=text)
    parser.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    from annkit.grading.doctor import doctor

    return doctor(options.folder)
