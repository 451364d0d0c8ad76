"""What a course directory holds of one student, and how it is removed; the ledger's lines stay.

Each kind of trace is one entry of a list, to be shown before anything happens. Removing them can
be interrupted anywhere: what is left is found again. A search through all files afterwards tells
what mentions the student still, such as a download that lies in the course.

Not here: the line of the ledger that says so, and the pseudonym (`ledger`, `pseudonyms`).
"""

import csv
import gzip
import io
import json
import re
import shutil
import tomllib
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from annkit.files import is_fresh, write
from annkit.grading.books.filing import ATTEMPTS, place_of
from annkit.grading.books.gradebook import CourseGradebook
from annkit.grading.intake.course import Course
from annkit.grading.intake.course_file import FILE_NAME as COURSE_FILE
from annkit.grading.intake.course_file import file_of
from annkit.grading.intake.csv_tables import TableError, delimiter_of, read_table
from annkit.grading.intake.groups import Groups
from annkit.grading.intake.owners import Person

# Tables that annkit and nbgrader make by themselves, and the report; others are their owner's.
_TABLES = ("handed-in-*.csv", "marks.csv", "grades.csv", "roster.csv")
REPORT = "report.html"
# Letters below which an id may be any word, or number, of a text.
_TELLING = 3


class Mentions:
    """Finds a student in texts: by id, by e-mail address, or by both names together.

    Args:
        person: the student.
    """

    def __init__(self, person: Person) -> None:
        """Make one pattern of all."""
        self._exact = {person.id, person.email} - {""}
        words = [re.escape(one) for one in self._exact if len(one) >= _TELLING]
        if person.first_name and person.last_name:
            names = [re.escape(person.first_name), re.escape(person.last_name)]
            # With case ignored: Canvas writes "lovelaceada", JSON may write letters as numbers.
            words += [rf"(?i:{one}[\s,_]*{other})" for one, other in (names, names[::-1])]
        written = [*words, *(_in_json(word) for word in words if not word.isascii())]
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)") if words else None

    def text(self, text: str) -> bool:
        """Whether a text mentions the student."""
        return self._pattern is not None and self._pattern.search(text) is not None

    def row(self, cells: Collection[str]) -> bool:
        """Whether a row of a table is about the student."""
        return not self._exact.isdisjoint(cells) or any(map(self.text, cells))


def _in_json(word: str) -> str:
    return "".join(one if one.isascii() else re.escape(json.dumps(one)[1:-1]) for one in word)


@dataclass(frozen=True)
class Trace:
    """Something that is there of a student.

    Attributes:
        what: in words.
        remove: removes it; can be repeated.
    """

    what: str
    remove: Callable[[], object]


def traces(
    course: Course,
    book: CourseGradebook,
    person: Person,
    own: Collection[str],
    all: Collection[str],
) -> list[Trace]:
    """What there is of a student; class list and gradebook, which know the name, last.

    Args:
        course: the course directory.
        book: its gradebook, open.
        person: the student.
        own: keys of the student's verdicts.
        all: keys of everybody's.
    """
    mentions = Mentions(person)
    found = [*_handed_over(course, person.id), *_work(course, person.id)]
    kept = list(_attempts(course, set(own), set(all)))
    if kept:
        found.append(Trace(_counted(len(kept), "kept attempt"), partial(_unlink, kept)))
    last = [*_decisions(course, person.id), *_rows(course, mentions)]
    if own or person.id in book.roster().ids:
        # Also where a kill has left deleted rows in the file.
        last.append(Trace("all rows in the gradebook", partial(book.forget, person.id)))
    report = course.root / REPORT
    if report.exists() and (found or last):
        found.append(Trace(f"{REPORT}: annkit report writes it anew", partial(_unlink, [report])))
    return [*found, *last]


def still_mentioning(course: Course, mentions: Mentions) -> list[Path]:
    """Files of a course that mention a student; what is handed out to all is left out."""
    handed_out = (course.root / "source", course.release)
    files = (path for path in sorted(course.root.rglob("*")) if path.is_file())
    return [
        path
        for path in files
        if handed_out[0] not in path.parents
        and handed_out[1] not in path.parents
        and not path.is_symlink()
        and (mentions.text(str(path.relative_to(course.root))) or mentions.text(_text(path)))
    ]


def _handed_over(course: Course, student: str) -> Iterator[Trace]:
    """What a group has handed in through this student only, and is the others' as well."""
    decided = file_of(course)
    for name in course.assignments():
        groups = Groups(decided.groups_of(name))
        here, *fellows = [
            course.submitted / one / name
            for one in (student, *sorted(groups.with_fellows([student]) - {student}))
        ]
        if fellows and here.is_dir() and not any(there.is_dir() for there in fellows):
            what = f"submitted/{student}/{name}/ is handed over to {fellows[0].parent.name}"
            copy = partial(shutil.copytree, here, fellows[0], dirs_exist_ok=True)
            yield Trace(f"{what}, of the same group", copy)


def _work(course: Course, student: str) -> Iterator[Trace]:
    for place in (course.submitted, course.autograded, course.feedback):
        folder = place / student
        if folder.is_symlink():
            yield Trace(f"{place.name}/{student}, a link", folder.unlink)
        elif folder.exists():
            yield Trace(f"{place.name}/{student}/", partial(shutil.rmtree, folder))


def _attempts(course: Course, own: set[str], all: set[str]) -> Iterator[Path]:
    """The student's attempts, and those whose verdict a kill has left out of the ledger."""
    others = {place_of(course.root, key) for key in all - own}
    yield from (path for path in (course.root / ATTEMPTS).rglob("*.*") if path not in others)
    yield from filter(is_fresh, course.root.iterdir())


def _rows(course: Course, mentions: Mentions) -> Iterator[Trace]:
    for path in [path for name in _TABLES for path in sorted(course.root.glob(name))]:
        try:
            _, rows = read_table(path)
        except TableError:
            continue  # it mentions nobody, or will be named afterwards
        count = sum(mentions.row(row) for _, row in rows)
        if count:
            what = f"{_counted(count, 'row')} of {path.name}"
            yield Trace(what, partial(_without_rows, path, mentions))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _without_rows(path: Path, mentions: Mentions) -> None:
    text = path.read_text(encoding="utf-8-sig")
    delimiter = delimiter_of(text)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    writer.writerows(row for row in rows if not mentions.row(row))
    mark = path.read_bytes().startswith(b"\xef\xbb\xbf")
    write(path, out.getvalue().encode("utf-8-sig" if mark else "utf-8"), on_disk=True)


def _decisions(course: Course, student: str) -> Iterator[Trace]:
    """An extension and places in groups, if taking them out of the file changes nothing else."""
    path = course.root / COURSE_FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
        left = _without_section(text, ["extensions", student])
        left = re.sub(rf"(['\"]){re.escape(student)}\1\s*,?[ \t]*", "", left)
        left = re.sub(r"(?m)^[^\n#=]*=\s*\[\s*\]\s*\n?", "", left)  # groups of nobody
        before, after = tomllib.loads(text), tomllib.loads(left)
    except (OSError, ValueError):
        return
    before.get("extensions", {}).pop(student, None)
    before["groups"] = _without_member(before.get("groups", {}), student)
    if left != text and _filled(before) == _filled(after):
        what = f"what {COURSE_FILE} says of {student}"
        yield Trace(what, partial(write, path, left.encode(), on_disk=True))


def _without_member(part: Any, student: str) -> Any:
    """Groups, or those of all chapters, without a student."""
    if isinstance(part, dict):
        return {name: _without_member(one, student) for name, one in part.items()}
    return [one for one in part if one != student] if isinstance(part, list) else part


def _filled(part: Any) -> Any:
    """What the course's file holds, without what is empty."""
    if not isinstance(part, dict):
        return part
    inner = {name: _filled(one) for name, one in part.items()}
    return {name: one for name, one in inner.items() if one not in ({}, [])}


def _without_section(text: str, names: list[str]) -> str:
    """A TOML text without one section, its head to the next."""
    kept, is_inside = [], False
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith("["):
            is_inside = _head(line) == names
        if not is_inside:
            kept.append(line)
    return "".join(kept)


def _head(line: str) -> list[str]:
    """The names in the head of a section."""
    try:
        inner = tomllib.loads(line)
    except ValueError:
        return []
    names = []
    while isinstance(inner, dict) and len(inner) == 1:
        (name, inner), *_ = inner.items()
        names.append(name)
    return names


def _unlink(paths: Collection[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _text(path: Path) -> str:
    """What can be read in a file: of a zip the names, unpacked if it was packed."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return "\n".join(archive.namelist())
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
    except (OSError, EOFError, ValueError, zipfile.BadZipFile):
        return ""
    return content.decode("utf-8", "replace")
