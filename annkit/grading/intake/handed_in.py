"""The list of a download: who handed in what, which files compete, which counts, and why.

It is the place as well where the teacher says whose a waiting file is: by its student's id in the
column left empty, and the same command again.

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

_COLUMNS = ("file", "student", "counts", "why")


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

    Raises:
        OSError: it cannot be written.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in sorted(files, key=lambda one: (one.student, not one.counts, one.file)):
        said = "yes" if one.counts else "no" if one.student else "waits"
        writer.writerow(map(as_text, (one.file, one.student, said, one.why)))
    # With a mark in front spreadsheets know the encoding; only the teacher reads names.
    write(path, out.getvalue().encode("utf-8-sig"), mode=0o600)


def decisions(path: Path) -> dict[str, str]:
    """File, as the list shows it → the student that the list names; empty if there is no list.

    Raises:
        TableError: it cannot be read.
    """
    if not path.exists():
        return {}
    head, rows = read_table(path)
    places = [head.index(column) for column in _COLUMNS[:2] if column in head]
    if len(places) < 2:
        return {}
    wide = [row for _, row in rows if len(row) > max(places)]
    return {row[places[0]]: row[places[1]].strip() for row in wide if row[places[1]].strip()}
