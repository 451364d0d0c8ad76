"""What a teacher decides about a course, in one file: `annkit-course.toml`.

Whoever leaves the file out, or a line of it, gets what the course does by itself. A word that means
nothing here is an error, with what was meant where that can be guessed: a due date that is
misspelt must not be ignored.

Not here: what a class gets (`chosen`), what is done with the rest (`groups`,
`annkit.grading.books.attempts`, `annkit.grading.books.lateness`).
"""

import difflib
import json
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any

from annkit.exercises import Catalogue, course
from annkit.exercises.tasks.edition import Edition
from annkit.grading.intake import chosen
from annkit.grading.intake.course import Course, CourseError, is_course, read_course
from annkit.grading.intake.course_words import at, expect, table
from annkit.grading.intake.own_exercises import own_folder
from annkit.grading.intake.submissions import why_no_student
from annkit.grading.rebuild.release import ReleaseError, read_assignment

FILE_NAME = "annkit-course.toml"
POLICIES = ("last", "best", "last in time")
_SECTIONS = (*chosen.KEYS, "attempts", "due", "extensions", "groups")

_CHAPTERS = '# chapters = ["ch03_activations", "ch05_costs"]'
EXAMPLE = f"""# What you decide about this course. Every line may be left out.
# What your class gets is made anew by `annkit classroom update .`; attempts and dates hold from the
# next `annkit grade .` on.

# The chapters; without this line, all of them.
{_CHAPTERS}

# Exercises in them that your class does not get.
# leave_out = ["dead_units"]

# A folder with exercises of your own, beside this file, in the form of the course's solutions/.
# own = "my-exercises"

# When marked questions say right or wrong: "at once", or "after due".
# questions = "at once"

# Which attempt counts: "last", "best", or "last in time" (before the due date).
attempts = "last"

# What an exercise is worth, where that is not what the course says.
[points]
# softmax = 3

# Times are this machine's unless they say their zone: 2026-12-01T23:59:00+01:00.
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


def example(chapters: Sequence[str] = ()) -> str:
    """The file a course begins with, for some chapters or all."""
    said = f"chapters = {json.dumps(chapters)}"
    return EXAMPLE.replace(_CHAPTERS, said) if chapters else EXAMPLE


@dataclass(frozen=True)
class CourseFile:
    """The file's content.

    Attributes:
        attempts: which attempt counts, one of `POLICIES`.
        due: assignment → due date, UTC without a zone.
        extensions: student → assignment → their own due date.
        groups: assignment, or "" for all others → group → students.
        edition: what the class has of the course.
        tells_later: whether questions say right or wrong after the due date only.
        problems: why none of this can be handed out now: what of the teacher's own cannot be used.
    """

    attempts: str = "last"
    due: Mapping[str, datetime] = field(default_factory=dict)
    extensions: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    edition: Edition = field(default_factory=Edition)
    tells_later: bool = False
    problems: Sequence[str] = ()

    def groups_of(self, assignment: str) -> Mapping[str, Sequence[str]]:
        """Group → students, of one assignment."""
        return self.groups.get(assignment, self.groups.get("", {}))

    @cached_property
    def catalogue(self) -> Catalogue:
        """The exercises, as the class has them; of faulty ones, what stands for them."""
        return course() if self.edition == Edition() else Catalogue(course().root, self.edition)

    def expect_known(self, assignment: str, students: Collection[str], submitted: Path) -> None:
        """Make sure that whoever has a date of their own is in the class list, if there is one.

        Args:
            assignment: whose dates they are.
            students: the class list.
            submitted: a folder of folders; whoever has one there is about to be added.

        Raises:
            CourseError: somebody is not: a misspelt id would leave the one who is meant late.
        """
        for student, dates in self.extensions.items():
            is_known = not students or student in students or (submitted / student).is_dir()
            if assignment in dates and not is_known:
                near = difflib.get_close_matches(student, students, 1)
                guess = f"; did you mean {near[0]}?" if near else ""
                words = f"[extensions] {student} is not in the class list{guess}"
                raise CourseError(f"{FILE_NAME}: {words}")

    def expect_usable(self) -> None:
        """Make sure that all of it can be handed out.

        Raises:
            CourseError: something of the teacher's own cannot be used.
        """
        if self.problems:
            raise CourseError(self.problems[0])


def file_of(course: Course) -> CourseFile:
    """What the teacher decided about a course, whose assignments may have names of their own.

    Raises:
        CourseError: the teacher's file means nothing.
    """
    return read_course_file(course.root, course.assignments(), _handed_out(course))


def own_folder_of(folder: Path) -> Path | None:
    """The folder of own exercises that the file of a course directory names, if there is one.

    Raises:
        CourseError: it can be none, or the file cannot be read.
    """
    path = folder / FILE_NAME
    return own_folder(path, read_content(path)) if path.exists() else None


def _handed_out(course: Course) -> Iterator[str]:
    """The exercises that have been released; whoever needs one that cannot be read says so."""
    for name in course.assignments():
        with suppress(ReleaseError):
            for release in read_assignment(course.release / name).values():
                yield from release.ids


def class_catalogue(folder: Path) -> Catalogue:
    """The exercises of the class in a folder: a course directory, or one with the file alone.

    Raises:
        CourseError: the teacher's file means nothing, or an exercise of theirs cannot be used.
    """
    found = file_of(read_course(folder)) if is_course(folder) else read_course_file(folder)
    found.expect_usable()
    return found.catalogue


def read_course_file(
    folder: Path, assignments: Collection[str] = (), handed_out: Iterable[str] = ()
) -> CourseFile:
    """Read the file of a course directory; without one, what the course does by itself.

    Args:
        folder: the course directory.
        assignments: names that may stand in it besides those of chapters.
        handed_out: the exercises in these.

    Raises:
        CourseError: something in it means nothing; the text says what and where.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return CourseFile()
    content = read_content(path)
    own = own_folder(path, content)
    added = [one.name for one in Edition(own=own).own_folders()]
    known = list(dict.fromkeys([*assignments, *course().chapters, *added]))
    expect(path, "", content, _SECTIONS)
    _expect_outside(path, content)
    attempts = content.get("attempts", POLICIES[0])
    if attempts not in POLICIES:
        choices = ", ".join(f'"{one}"' for one in POLICIES)
        raise CourseError(f"{at(path, 'attempts')}: attempts is {attempts!r}; it can be {choices}")
    extensions = table(path, "extensions", content.get("extensions", {}))
    for student in extensions:
        _expect_student(path, "[extensions]", student)
    due = _dates(path, "due", content.get("due", {}), known)
    later = {
        student: _dates(path, f"extensions.{student}", dates, known)
        for student, dates in extensions.items()
    }
    last = dict(due)
    for dates in later.values():
        last |= {name: max(last[name], date) for name, date in dates.items() if name in last}
    edition, problems = chosen.chosen(path, content, course(), last, assignments, handed_out)
    groups = _groups(path, content.get("groups", {}), known)
    tells_later = content.get("questions") == chosen.AFTER_DUE
    return CourseFile(attempts, due, later, groups, edition, tells_later, tuple(problems))


def _expect_outside(path: Path, content: dict[str, Any]) -> None:
    """Make sure that no line that belongs to the whole file has slipped into a section.

    A line written at the end of the file does so, whatever was meant.
    """
    sections = {name: content.get(name) for name in ("points", "due", "groups")}
    groups = sections["groups"]
    for name, inner in groups.items() if isinstance(groups, dict) else ():
        sections[f"groups.{name}"] = inner
    for section, inner in sections.items():
        for name in inner if isinstance(inner, dict) else ():
            if name in _SECTIONS:
                place = f"{at(path, name)}: {name} stands in [{section}]"
                raise CourseError(f"{place}; write it above the first line in brackets")


def read_content(path: Path) -> dict[str, Any]:
    """What stands in the file, whatever it means.

    Raises:
        CourseError: it is no TOML, or holds what cannot be written back: a number of thousands of
            digits, brackets in thousands of brackets.
    """
    try:
        # Some editors of Windows put a mark before the first letter.
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        repr(content)
    except (ValueError, RecursionError, OSError) as error:
        raise CourseError(f"{path} cannot be read: {error}") from None
    return content


def _dates(path: Path, section: str, value: Any, known: list[str]) -> dict[str, datetime]:
    dates = table(path, section, value)
    expect(path, section, dates, known)
    return {name: _utc(path, section, name, moment) for name, moment in dates.items()}


def _groups(path: Path, value: Any, known: list[str]) -> dict[str, dict[str, list[str]]]:
    """The groups of all chapters, and those of single ones."""
    found = table(path, "groups", value)
    chapters = {name: inner for name, inner in found.items() if isinstance(inner, dict)}
    expect(path, "groups", chapters, known)
    everywhere = {name: inner for name, inner in found.items() if name not in chapters}
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
            raise CourseError(f"{at(path, twice[0])}: [{section}] {twice[0]} stands there twice")
    return parts


def _members(path: Path, section: str, name: str, students: Any) -> list[str]:
    if not name.strip():
        raise CourseError(f"{at(path, section)}: [{section}] a group needs a name")
    is_list = isinstance(students, list) and all(isinstance(one, str) for one in students)
    if not is_list or not students:
        raise CourseError(
            f"{at(path, name)}: [{section}] {name} is {students!r}; "
            'write ids in brackets: ["ada", "ben"]'
        )
    for student in students:
        _expect_student(path, f"[{section}] {name}", student)
    return students


def _expect_student(path: Path, where: str, student: str) -> None:
    """Make sure that a word can be an id: it becomes the name of a folder."""
    if reason := why_no_student(student):
        raise CourseError(f"{path}: {where}: {student!r:.200} is no student's id: {reason}")


def _utc(path: Path, section: str, name: str, moment: Any) -> datetime:
    """A moment as nbgrader keeps them; a day alone ends with its last second."""
    if isinstance(moment, date) and not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(23, 59, 59))
    if not isinstance(moment, datetime):
        raise CourseError(
            f"{at(path, name)}: [{section}] {name} is {moment!r}; write a date, 2026-12-01, or a "
            "date and time, 2026-12-01T23:59:00, without quotes"
        )
    try:
        return moment.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise CourseError(
            f"{at(path, name)}: [{section}] {name} is {moment}, too far from now to reckon with"
        ) from None
