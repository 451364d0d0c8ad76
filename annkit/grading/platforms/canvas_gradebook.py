"""Canvas's gradebook, filled in: the whole course, as exported from its Gradebook page.

The first columns tell the student, by Canvas's own number first; the others are assignments, called
`Title (number)`. Rows of no student stand above: of points possible, of what is posted by hand.
Who is excused (`EX`) or was not assigned it (`N/A`) stays so. Canvas's import takes no comments:
what has no points is left as it was, and listed.

Not here: which marks (`counted`), whose a row is (`listed`).
"""

import re
from collections.abc import Mapping

from annkit.grading.platforms.counted import ExportedMark
from annkit.grading.platforms.filled_table import Filled, FilledTable, UnfitTable, as_number
from annkit.grading.platforms.listed import RowOwners, TheirRow

_NAMES = ("student", "lastname", "firstname")
_KEYS = ("sis user id", "sis login id", "integration id")
_TITLE = re.compile(r"(?P<title>.*?)\s*(?:\(\d+\))?", re.DOTALL)
_NEVER = ("EX", "N/A")


def fill_gradebook(
    content: bytes, columns: Mapping[str, Mapping[str, ExportedMark]], people: RowOwners
) -> Filled:
    """Fill assignments in.

    Args:
        content: the exported gradebook.
        columns: title of an assignment → student → mark.
        people: the class list.

    Raises:
        UnfitTable: it is no such gradebook, or has none of the assignments.
    """
    table = FilledTable(content)
    head = [text.strip().casefold() for text in table.rows[0]]
    if "id" not in head or not any(name in head for name in _NAMES[:2]):
        raise UnfitTable("it has no columns Student and ID: is it Canvas's exported gradebook?")
    rows = {
        place: _their_row(row, head)
        for place, row in enumerate(table.rows[1:], 1)
        if not _is_of_no_student(row, head)
    }
    students, left = people.match(rows)
    done = Filled(b"", left=left)
    places = _places(table, columns, done)
    for student, row in students.items():
        for name, column in places.items():
            where = f"{student}, {name}" if len(places) > 1 else student
            reason = _fill(table, row, column, columns[name].get(student))
            if reason:
                done.left[where] = reason
            elif student not in done.filled:
                done.filled.append(student)
    done.content = table.content()
    return done


def _places(
    table: FilledTable, columns: Mapping[str, Mapping[str, ExportedMark]], done: Filled
) -> dict[str, int]:
    """Where each assignment stands; its points possible have to be the chapter's."""
    titles = [_title(text) for text in table.rows[0]]
    places = {}
    for name, marks in columns.items():
        found = [place for place, title in enumerate(titles) if title == _title(name)]
        if len(found) == 1:
            places[name] = found[0]
            _same_points(table, found[0], name, marks)
        else:
            done.left[name] = "two assignments have that title" if found else "has no assignment"
    if not places:
        names = ", ".join(columns)
        raise UnfitTable(f"it has no assignment called {names}: make it in Canvas, or use --column")
    return places


def _same_points(
    table: FilledTable, column: int, name: str, marks: Mapping[str, ExportedMark]
) -> None:
    ours = {mark.max_points for mark in marks.values()}
    for row in table.rows[1:]:
        if _is_points(row, column):
            theirs = as_number(row[column])
            if theirs is not None and ours and ours != {theirs}:
                points = " or ".join(f"{one:g}" for one in sorted(ours))
                raise UnfitTable(
                    f"{name} is worth {theirs:g} points there and {points} here: set its points "
                    f"to {points} in Canvas, and export the gradebook again"
                )


def _is_of_no_student(row: list[str], head: list[str]) -> bool:
    number = row[head.index("id")].strip() if len(row) > head.index("id") else ""
    return "Points Possible" in row[0] or not (row[0].strip() or number)


def _their_row(row: list[str], head: list[str]) -> TheirRow:
    fields = dict(zip(head, row, strict=False))
    name = " ".join(fields.get(column, "") for column in _NAMES).strip()
    keys = [fields[column] for column in _KEYS if column in fields]
    return TheirRow(name, keys, [name], fields.get("id", ""))


def _fill(table: FilledTable, row: int, column: int, mark: ExportedMark | None) -> str:
    """Fill one field in, or say why not."""
    there = table.rows[row][column].strip() if column < len(table.rows[row]) else ""
    if mark is None or mark.points is None:
        return mark.words if mark else "is not in the gradebook"
    if there in _NEVER:
        return f"stands as {there} in Canvas"
    # The others of the column may be empty: points possible have the same sign.
    like = there or next((one[column] for one in table.rows if _is_points(one, column)), "")
    filled = table.put(row, column, table.number(mark.points, like))
    return "" if filled else "its row is too short"


def _is_points(row: list[str], column: int) -> bool:
    return "Points Possible" in row[0] and column < len(row)


def _title(text: str) -> str:
    found = _TITLE.fullmatch(text.strip())
    return (found["title"] if found else text).casefold()
