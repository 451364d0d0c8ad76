"""What a teacher decides about a course, in one file: `annkit-course.toml`.

Whoever leaves the file out, or a line of it, gets what the course does by itself. A word that means
nothing here is an error, with what was meant where that can be guessed: a due date that is
misspelt must not be ignored.

Not here: what is done with it (`groups`, `annkit.grading.books.attempts`,
`annkit.grading.books.lateness`).
"""

import difflib
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from annkit.grading.intake.course import CourseError

FILE_NAME = "annkit-course.toml"
POLICIES = ("last", "best", "last in time")
_SECTIONS = ("attempts", "due", "extensions", "groups")

EXAMPLE = """# What you decide about this course. Every line may be left out. Times are this
# machine's unless they say their zone: 2026-12-01T23:59:00+01:00.

# Which attempt counts: "last", "best", or "last in time" (before the due date).
attempts = "last"

# Until when a chapter is in time. Without a line, nbgrader's own due date holds, if there is one.
[due]
# ch03_activations = 2026-12-01T23:59:00

# One student's own due dates, by id.
[extensions.ada]
# ch03_activations = 2026-12-08T23:59:00

# Who hands in together: one notebook, the same marks for all of a group, in every chapter.
# Groups of one chapter only stand under [groups.ch03_activations].
[groups]
# team-1 = ["ada", "ben"]
"""


@dataclass(frozen=True)
class CourseFile:
    """The file's content.

    Attributes:
        attempts: which attempt counts, one of `POLICIES`.
        due: assignment → due date, UTC without a zone.
        extensions: student → assignment → their own due date.
        groups: assignment, or "" for all others → group → students.
    """

    attempts: str = "last"
    due: Mapping[str, datetime] = field(default_factory=dict)
    extensions: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)

    def groups_of(self, assignment: str) -> Mapping[str, Sequence[str]]:
        """Group → students, of one assignment."""
        return self.groups.get(assignment, self.groups.get("", {}))


def read_course_file(course: Path, assignments: Iterable[str]) -> CourseFile:
    """Read the file of a course directory; without one, what the course does by itself.

    Args:
        course: the course directory.
        assignments: names that may stand in it.

    Raises:
        CourseError: something in it means nothing; the text says what and where.
    """
    path = course / FILE_NAME
    if not path.exists():
        return CourseFile()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise CourseError(f"{path} cannot be read: {error}") from None
    known = list(assignments)
    _expect(path, "", content, _SECTIONS)
    attempts = content.get("attempts", POLICIES[0])
    if attempts not in POLICIES:
        choices = ", ".join(f'"{one}"' for one in POLICIES)
        raise CourseError(f"{path}: attempts is {attempts!r}; it can be {choices}")
    extensions = _table(path, "extensions", content.get("extensions", {}))
    return CourseFile(
        attempts,
        _dates(path, "due", content.get("due", {}), known),
        {
            student: _dates(path, f"extensions.{student}", dates, known)
            for student, dates in extensions.items()
        },
        _groups(path, content.get("groups", {}), known),
    )


def _table(path: Path, section: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise CourseError(f"{path}: [{section}] is {value!r}; it has to be a section of its own")
    return value


def _dates(path: Path, section: str, value: Any, known: list[str]) -> dict[str, datetime]:
    table = _table(path, section, value)
    _expect(path, section, table, known)
    return {name: _utc(path, section, name, moment) for name, moment in table.items()}


def _groups(path: Path, value: Any, known: list[str]) -> dict[str, dict[str, list[str]]]:
    """The groups of all chapters, and those of single ones."""
    table = _table(path, "groups", value)
    chapters = {name: inner for name, inner in table.items() if isinstance(inner, dict)}
    _expect(path, "groups", chapters, known)
    everywhere = {name: inner for name, inner in table.items() if name not in chapters}
    parts = {"": everywhere} | chapters if everywhere else chapters
    for chapter, groups in parts.items():
        section = f"groups.{chapter}" if chapter else "groups"
        members = [
            student
            for name, students in groups.items()
            for student in _members(path, section, name, students)
        ]
        twice = [student for student, count in Counter(members).items() if count > 1]
        if twice:
            raise CourseError(f"{path}: [{section}] {twice[0]} stands there twice")
    return parts


def _members(path: Path, section: str, name: str, students: Any) -> list[str]:
    is_list = isinstance(students, list) and all(isinstance(one, str) for one in students)
    if not is_list or not students:
        raise CourseError(
            f'{path}: [{section}] {name} is {students!r}; write ids in brackets: ["ada", "ben"]'
        )
    return students


def _expect(path: Path, section: str, found: Iterable[str], known: Iterable[str]) -> None:
    """Make sure that every name means something."""
    for name in found:
        if name not in (choices := list(known)):
            near = difflib.get_close_matches(name, choices, 1)
            guess = f"did you mean {near[0]}?" if near else f"it can be {', '.join(choices)}"
            place = f"[{section}] " if section else ""
            raise CourseError(f"{path}: {place}{name} means nothing here; {guess}")


def _utc(path: Path, section: str, name: str, moment: Any) -> datetime:
    """A moment as nbgrader keeps them; a day alone ends with its last second."""
    if isinstance(moment, date) and not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(23, 59, 59))
    if not isinstance(moment, datetime):
        raise CourseError(
            f"{path}: [{section}] {name} is {moment!r}; write a date, 2026-12-01, or a date and "
            "time, 2026-12-01T23:59:00, without quotes"
        )
    return moment.astimezone(UTC).replace(tzinfo=None)
