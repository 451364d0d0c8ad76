"""The list of a download: who handed in what, which files compete, which counts, and why.

It is the place as well where the teacher says whose a waiting file is: by its student's id in the
column left empty, and the same command again. What was said stays there, whatever is downloaded
next.

Not here: how that was found (`collect`, `owners`).
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annkit.files import write
from annkit.grading.intake.csv_tables import read_table
from annkit.grading.spreadsheets import as_text

BY_TEACHER = "so the teacher says"
_COLUMNS = ("file", "student", "counts", "why")
_WAITS = "waits"


@dataclass(frozen=True)
class HandedIn:
    """One notebook of a download.

    Attributes:
        file: its path inside.
        student: whose it is; empty while that is not sure.
        counts: whether it is the one that is graded.
        why: in half a sentence.
    """

    file: str
    student: str
    counts: bool
    why: str


def list_of(course: Path, assignment: str) -> Path:
    """Where the list of an assignment's last download lies."""
    return course / f"handed-in-{assignment}.csv"


def write_list(path: Path, files: Iterable[HandedIn]) -> None:
    """Write the list: by student, those that count first; what waits is at the top.

    What the teacher has said of files that are not among these comes last, and holds when they are
    downloaded again.

    Raises:
        OSError: it cannot be written.
        TableError: the list that is there cannot be read.
    """
    files = list(files)
    there = {str(as_text(one.file)) for one in files}
    elsewhere = {file: who for file, who in _said(path).items() if file not in there}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in sorted(files, key=lambda one: (one.student, not one.counts, one.file)):
        said = "yes" if one.counts else "no" if one.student else _WAITS
        writer.writerow(map(as_text, (one.file, one.student, said, one.why)))
    for file, student in sorted(elsewhere.items()):
        writer.writerow((file, as_text(student), "no", f"not in the last download; {BY_TEACHER}"))
    # With a mark in front spreadsheets know the encoding; only the teacher reads names.
    write(path, out.getvalue().encode("utf-8-sig"), mode=0o600)


def decisions(path: Path) -> dict[str, str]:
    """File, as the list shows it → the student that the list names; empty if there is no list.

    Raises:
        TableError: it cannot be read.
    """
    return {row["file"]: row["student"].strip() for row in _rows(path) if row["student"].strip()}


def _said(path: Path) -> dict[str, str]:
    """Those of them that the teacher has said, and no file's name."""
    by_teacher = {
        row["file"]
        for row in _rows(path)
        if row.get("counts") == _WAITS or BY_TEACHER in row.get("why", "")
    }
    return {file: who for file, who in decisions(path).items() if file in by_teacher}


def _rows(path: Path) -> list[dict[str, str]]:
    """The rows of a list that have a file and a student's column, by the names of columns."""
    if not path.exists():
        return []
    head, rows = read_table(path)
    named = [dict(zip(head, row, strict=False)) for _, row in rows]
    return [row for row in named if {"file", "student"} <= row.keys()]
