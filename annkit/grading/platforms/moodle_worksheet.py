"""Moodle's grading worksheet, filled in: one assignment, as downloaded from its submissions page.

Moodle writes the head line in the teacher's language and wants to read the same words back, so
columns are told by where they stand and what is in them:

    identifier | name, e-mail … | status … | grade | maximum grade | … | last change | comments

The maximum is the last column that holds one and the same number in every row; the grade stands
left of it. A date of the last change is never empty, so a last column with empty fields is the
comments. The number behind the identifier is drawn for each assignment. Files that were downloaded
from the same assignment have it in their names: so a worksheet without names is filled as well.

Not here: which marks (`counted`), whose a row is (`listed`).
"""

import re
from collections.abc import Mapping

from annkit.grading.platforms.counted import ExportedMark
from annkit.grading.platforms.filled_table import Filled, FilledTable, UnfitTable, as_number
from annkit.grading.platforms.listed import RowOwners, TheirRow

_DOWNLOADED = re.compile(r"_(\d+)_assignsubmission_")
_LAST_DIGITS = re.compile(r"\d+$")


def fill_worksheet(content: bytes, marks: Mapping[str, ExportedMark], people: RowOwners) -> Filled:
    """Fill the points of one assignment in, and states in words where comments are empty.

    Args:
        content: the worksheet.
        marks: student → mark.
        people: the class list, with the numbers of this assignment.

    Raises:
        UnfitTable: it is no worksheet, or its maximum is another one than the chapter's.
    """
    table = FilledTable(content)
    grade = _grade_column(table)
    _same_maximum(table, grade + 1, marks)
    comments = len(table.rows[0]) - 1
    has_comments = any(not row[-1].strip() for row in table.rows[1:] if len(row) > comments)
    rows = {
        place: TheirRow(_shown(row[:grade]), row[1:grade], row[1:grade], _number(row[0]))
        for place, row in enumerate(table.rows[1:], 1)
    }
    places, left = people.match(rows)
    done = Filled(b"", left=left)
    for student, place in places.items():
        mark = marks.get(student)
        if mark is None or mark.points is None:
            done.left[student] = mark.words if mark else "is not in the gradebook"
        else:
            like = table.rows[place][grade + 1]
            table.put(place, grade, table.number(mark.points, like))
            done.filled.append(student)
        if mark and has_comments and not table.rows[place][comments].strip():
            table.put(place, comments, mark.words)
    done.content = table.content()
    return done


def participants(owners: Mapping[str, str]) -> dict[str, str]:
    """Number of a participant → student, from a download of the same assignment.

    Args:
        owners: file in the download → student.
    """
    found: dict[str, set[str]] = {}
    for file, student in owners.items():
        if match := _DOWNLOADED.search(file):
            found.setdefault(match[1], set()).add(student)
    return {number: them.pop() for number, them in found.items() if len(them) == 1}


def _number(identifier: str) -> str:
    """The digits at the end of an identifier, whose word is in the teacher's language."""
    match = _LAST_DIGITS.search(identifier)
    return match[0] if match else ""


def _grade_column(table: FilledTable) -> int:
    columns = list(zip(*table.rows[1:], strict=False))
    for place in range(len(columns) - 1, 1, -1):
        if len(set(columns[place])) == 1 and as_number(columns[place][0]) is not None:
            return place - 1
    raise UnfitTable(
        "it has no column that holds the maximum grade: is it the grading worksheet, with points "
        "and not a scale? In the assignment's settings, tick “Offline grading worksheet”"
    )


def _same_maximum(table: FilledTable, column: int, marks: Mapping[str, ExportedMark]) -> None:
    theirs = as_number(table.rows[1][column])
    ours = {mark.max_points for mark in marks.values()}
    if ours and ours != {theirs}:
        points = " or ".join(f"{one:g}" for one in sorted(ours))
        raise UnfitTable(
            f"its maximum grade is {theirs:g}, and the chapter's is {points}: set the assignment's "
            f"maximum grade to {points} in Moodle, and download the worksheet again"
        )


def _shown(fields: list[str]) -> str:
    return ", ".join(filter(None, (text.strip() for text in fields)))
