"""A class list: from a CSV as offices and learning systems write it, to clean rows.

Heads are compared without case, blanks and signs, so that "E-mail address" is "Email address".
Which column was read as what, and which was not read, is told: nothing is dropped silently.

Not here: finding a student by what a learning system calls them (`owners`).
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annkit.grading.intake.csv_tables import TableError, read_table
from annkit.grading.intake.submissions import why_no_student

COLUMNS = ("id", "first_name", "last_name", "email", "lms_user_id")
# What the columns are called by offices, Moodle, Canvas, Blackboard, Gradescope; the first best.
_HEADS = {
    "id": "id|student_id|ID number|Username|User name|Login|SIS Login ID|Login ID|SIS User ID|SID"
    "|Student number|Matriculation number|Matrikelnummer|ID-Nummer|Anmeldename",
    "first_name": "first_name|Given name|Forename|Vorname",
    "last_name": "last_name|Surname|Family name|Nachname",
    "email": "email|Email address|Mail|E-Mail-Adresse",
    "lms_user_id": "lms_user_id|Canvas ID|Canvas user ID|LMS ID|User ID",
    "name": "Student|Name|Full name|Student name",
}
# Canvas calls its own number ID, and has a row without a student below its head.
_OF_CANVAS = ("sisuserid", "sisloginid")
_NO_STUDENT = ("pointspossible", "studenttest")


class RosterError(Exception):
    """The list cannot be used; the text names the row."""


@dataclass(frozen=True)
class ClassList:
    """A class list that was read.

    Attributes:
        students: one dictionary a student, with the columns of nbgrader.
        read_as: column → what it is called in the file.
        unread: the other columns of the file.
    """

    students: list[dict[str, str]]
    read_as: dict[str, str]
    unread: list[str]

    def __str__(self) -> str:
        """How it was read, in words."""
        read = ", ".join(f"{name} from “{head}”" for name, head in self.read_as.items())
        unread = ", ".join(f"“{head}”" for head in self.unread)
        return f"{len(self.students)}: {read}" + (f"; not read: {unread}" if unread else "")


def read_roster(path: Path) -> ClassList:
    """Read a class list.

    Args:
        path: a CSV file with a head line; commas, semicolons or tabs; an `id` column, or one that
            is called like an id; names, email, lms_user_id if there are.

    Raises:
        RosterError: no ids, an impossible one, or one twice.
    """
    try:
        head, numbered = read_table(path)
    except TableError as error:
        raise RosterError(str(error)) from None
    rows = [(number, row) for number, row in numbered if not _is_no_student(row)]
    places = _places(head, [row for _, row in rows])
    if "id" not in places:
        raise RosterError(f"{path} has no column called id; its head line is: {', '.join(head)}")
    students: dict[str, dict[str, str]] = {}
    for number, row in rows:
        cells = {name: row[place].strip() for name, place in places.items() if place < len(row)}
        student = _with_names(cells)
        reason = why_no_student(student.get("id", "")) if student.get("id") else "the id is empty"
        if not reason and student["id"] in students:
            reason = f"{student['id']} stands there twice"
        if reason:
            raise RosterError(f"{path}, row {number}: {reason}")
        students[student["id"]] = student
    unread = [name.strip() for at, name in enumerate(head) if at not in places.values()]
    read_as = {name: head[at].strip() for name, at in places.items()}
    return ClassList(list(students.values()), read_as, [name for name in unread if name])


def roster_csv(students: Sequence[dict[str, str]]) -> str:
    """The rows as CSV for nbgrader, quoted where a field needs it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(students)
    return out.getvalue()


def _places(head: list[str], rows: list[list[str]]) -> dict[str, int]:
    """Column → where it stands in the file."""
    names = [_plain(name) for name in head]
    is_canvas = any(name in _OF_CANVAS for name in names)
    places: dict[str, int] = {}
    for column, heads in _HEADS.items():
        known = [_plain(name) for name in heads.split("|")]
        if is_canvas and column in ("id", "lms_user_id"):
            known = known[1:] if column == "id" else ["id", *known]
        here = [names.index(name) for name in known if name in names]
        # Offices leave a column empty that others fill in; an id tells everybody from the others.
        full = [at for at in here if column != "id" or _tells_apart(at, rows)]
        if here:
            places[column] = (full or here)[0]
    return places


def _tells_apart(place: int, rows: list[list[str]]) -> bool:
    cells = [row[place].strip() if place < len(row) else "" for row in rows]
    return "" not in cells and len(set(cells)) == len(cells)


def _with_names(cells: dict[str, str]) -> dict[str, str]:
    """A row whose whole name, if it has nothing else, is taken apart."""
    whole = cells.pop("name", "")
    if whole and not cells.get("first_name") and not cells.get("last_name"):
        last, comma, first = whole.partition(",")
        if not comma:
            first, _, last = whole.rpartition(" ")
        cells |= {"first_name": first.strip(), "last_name": last.strip()}
    return cells


def _is_no_student(row: list[str]) -> bool:
    """Whether a row is one that Canvas adds: the points there are, and a student for trying."""
    return bool(row) and _plain(row[0]) in _NO_STUDENT


def _plain(head: str) -> str:
    """A head without case, blanks and signs."""
    return "".join(letter for letter in head.casefold() if letter.isalnum())
