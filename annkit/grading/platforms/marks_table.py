"""A table of marks of one's own, for an office, a spreadsheet, or a platform that takes any table.

One row for each student, and for each chapter its points, its penalty and its state in words.
Without names, it is sorted by pseudonym, so that its order tells nothing either.

Not here: tables of platforms, filled in (`moodle_worksheet`, `canvas_gradebook`).
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from annkit.grading.intake.owners import Person
from annkit.grading.platforms.counted import ChapterMarks, ExportedMark
from annkit.grading.spreadsheets import as_text

_IDENTITY = ("id", "last_name", "first_name", "email", "lms_user_id")


def marks_table(
    people: Iterable[Person],
    chapters: Iterable[ChapterMarks],
    *,
    by_exercise: bool = False,
    pseudonyms: Mapping[str, str] | None = None,
    decimal_comma: bool = False,
) -> bytes:
    """Write the table.

    Args:
        people: a row for each.
        chapters: columns for each.
        by_exercise: whether each exercise has a column as well; penalties are not in it.
        pseudonyms: student → what stands in place of everything that names them.
        decimal_comma: semicolons between fields and commas in numbers, as spreadsheets want them
            where people write 7,5.
    """
    chapters = list(chapters)
    rows = []
    for person in people:
        who = (person.id, person.last_name, person.first_name, person.email, person.lms)
        row = dict(zip(_IDENTITY, who, strict=True))
        if pseudonyms is not None:
            row = {"pseudonym": pseudonyms[person.id]}
        for chapter in chapters:
            row |= dict(_fields(chapter, person.id, by_exercise, decimal_comma))
        rows.append(row)
    if pseudonyms is not None:
        rows.sort(key=lambda row: row["pseudonym"])
    out = io.StringIO(newline="")
    head = list(rows[0]) if rows else []
    delimiter = ";" if decimal_comma else ","
    writer = csv.DictWriter(out, head, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: as_text(value) for name, value in row.items()} for row in rows)
    # The mark in front tells spreadsheets that it is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _fields(
    chapter: ChapterMarks, student: str, by_exercise: bool, comma: bool
) -> Iterator[tuple[str, str]]:
    mark, name = chapter.marks[student], chapter.assignment
    yield f"{name} (of {chapter.max_points:g})", _points(mark, comma)
    yield f"{name}: penalty", _number(mark.penalty, comma) if mark.penalty else ""
    yield f"{name}: state", mark.words or "graded"
    if by_exercise:
        for id, marks in chapter.exercises.items():
            one = marks[student]
            yield f"{id} (of {one.max_points:g})", _points(one, comma)


def _points(mark: ExportedMark, comma: bool) -> str:
    return "" if mark.points is None else _number(mark.points, comma)


def _number(value: float, comma: bool) -> str:
    text = f"{round(value, 2):g}"
    return text.replace(".", ",") if comma else text
