"""`annkit ledger`: what was graded when, by whom, and every change of a mark, for a person to read.

Not here: the file (`books.ledger`), the table of marks (`report_table`).
"""

import argparse
import sys
from typing import Any

from annkit.grading.books.audit import damage
from annkit.grading.books.ledger import EnteredMark, Ledger, open_part
from annkit.grading.intake.course import CourseError, course_around
from annkit.grading.states import MACHINE_FAULT

_DIGITS = 12  # of a digest: enough to compare by eye


def ledger(options: argparse.Namespace) -> int:
    """Print the ledger of a course directory; returns the exit status."""
    try:
        book = Ledger(course_around(options.folder, None))
        damaged = list(damage(book.course))
        lines = [_line(book, entry) for entry in book.entries() if _concerns(book, entry, options)]
    except (CourseError, OSError) as error:
        print(f"annkit ledger: {error}", file=sys.stderr)
        return 1
    print("\n".join(lines) or "Nothing is written there.")
    for words in damaged:
        print(f"annkit ledger: {words}", file=sys.stderr)
    return 1 if damaged else 0


def _concerns(book: Ledger, entry: dict[str, Any], options: argparse.Namespace) -> bool:
    return options.student is None or _student(book, entry) == options.student


def _student(book: Ledger, entry: dict[str, Any]) -> str:
    """Whose line it is; the pseudonym of one who was forgotten, "" if it is nobody's."""
    name = str(entry.get("student") or open_part(entry).get("student") or "")
    return book.pseudonyms.student(name) or name


def _line(book: Ledger, entry: dict[str, Any]) -> str:
    """One line of the ledger in words."""
    when = str(entry.get("written", ""))[:19].replace("T", " ")
    student = _student(book, entry)
    event = str(entry.get("event", "verdict"))
    told = {"run": _run, "verdict": _verdict, "mark": _mark}.get(event)
    try:
        words = told(entry) if told else f"{event} by {entry.get('who', 'unknown')}"
    except (KeyError, TypeError, ValueError):  # not written by a grader
        words = f"{event}, but something is missing in this line"
    if reason := book.reason(entry):
        words += f": {reason}"
    return f"{when}  {student + ': ' if student else ''}{words}"


def _run(entry: dict[str, Any]) -> str:
    more = [f"{name} {entry[name]}" for name in ("tier", "policy") if name in entry]
    return f"{entry['command']}, by {entry['who']}, annkit {entry['version']}, {', '.join(more)}"


def _verdict(entry: dict[str, Any]) -> str:
    verdict = entry["verdict"]
    marks = verdict["marks"]
    points = sum(mark["points"] or 0.0 for mark in marks)
    most = sum(mark["max_points"] for mark in marks)
    is_open = any(mark["state"] == MACHINE_FAULT for mark in marks)
    earned = EnteredMark(None if is_open else points).words
    where = verdict["tier"] or "nothing had to run"
    what = f"file {verdict['content'][:_DIGITS]}" if verdict.get("content") else "no file"
    at = f", handed in {entry['handed_in']}" if entry.get("handed_in") else ""
    lent = [f"{mark['id']} with {', '.join(mark['lent'])}" for mark in marks if mark.get("lent")]
    also = f"; on references: {'; '.join(lent)}" if lent else ""
    return f"judged {verdict['notebook']}: {earned} of {most:g} ({where}; {what}{at}{also})"


def _mark(entry: dict[str, Any]) -> str:
    was = "–" if entry["was"] is None else EnteredMark(**entry["was"]).words
    what = entry["exercise"] or entry["notebook"]
    return f"counts in {what}: {was} → {EnteredMark(**entry['now']).words}: {entry['why']}"
