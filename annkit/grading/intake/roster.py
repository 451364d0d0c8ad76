"""A class list: from a CSV as offices and learning systems write it, to clean rows.

Not here: finding a student by what a learning system calls them (`owners`).
"""

import csv
import io
from pathlib import Path

from annkit.grading.intake.submissions import why_no_student

COLUMNS = ("id", "first_name", "last_name", "email", "lms_user_id")
_OTHER_NAMES = {
    "id": ("student_id", "id number", "username", "user name", "login", "sis login id"),
    "first_name": ("first name", "firstname", "given name"),
    "last_name": ("last name", "lastname", "surname", "family name"),
    "email": ("email address", "e-mail", "mail"),
    "lms_user_id": ("canvas id", "moodle id", "lms id", "user id"),
}


class RosterError(Exception):
    """The list cannot be used; the text names the row."""


def read_roster(path: Path) -> list[dict[str, str]]:
    """Read a class list.

    Args:
        path: a CSV file with a head line; commas, semicolons or tabs; an `id` column, or one that
            is called like an id; first_name, last_name, email, lms_user_id if there are.

    Returns:
        one dictionary a student, with the columns of nbgrader.

    Raises:
        RosterError: no ids, an impossible one, or one twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        words = "save it again as “CSV UTF-8”, so that names keep their accents"
        raise RosterError(f"{path} is not UTF-8 text: {words}") from None
    except OSError as error:
        raise RosterError(f"{path}: {error.strerror}") from None
    # Spreadsheets write rows of nothing but commas below a table.
    table = enumerate(csv.reader(io.StringIO(text), delimiter=_delimiter(text)), 1)
    lines = [(number, row) for number, row in table if any(field.strip() for field in row)]
    if not lines:
        raise RosterError(f"{path} is empty")
    (_, head), *rows = lines
    places = {column: _place(column, head) for column in COLUMNS}
    if places["id"] is None:
        raise RosterError(f"{path} has no column called id; its head line is: {', '.join(head)}")
    students: dict[str, dict[str, str]] = {}
    for number, row in rows:
        student = {
            column: row[place].strip()
            for column, place in places.items()
            if place is not None and place < len(row)
        }
        reason = why_no_student(student.get("id", "")) if student.get("id") else "the id is empty"
        if not reason and student["id"] in students:
            reason = f"{student['id']} stands there twice"
        if reason:
            raise RosterError(f"{path}, row {number}: {reason}")
        students[student["id"]] = student
    return list(students.values())


def roster_csv(students: list[dict[str, str]]) -> str:
    """The rows as CSV for nbgrader, quoted where a field needs it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(students)
    return out.getvalue()


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _place(column: str, head: list[str]) -> int | None:
    """Where a column stands, under its own name or another."""
    names = [name.strip().casefold() for name in head]
    for name in (column, *_OTHER_NAMES[column]):
        if name in names:
            return names.index(name)
    return None
