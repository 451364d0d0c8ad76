"""`annkit marks`: options in, a table of marks and an exit status out.

Not here: what counts (`counted`), how each platform writes it (`moodle_worksheet`,
`canvas_gradebook`, `marks_table`).
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from annkit.files import write
from annkit.grading.books.gradebook import GradebookError
from annkit.grading.books.pseudonyms import Pseudonyms
from annkit.grading.intake.course import Course, CourseError, course_around, read_course
from annkit.grading.intake.course_words import expect_released
from annkit.grading.intake.csv_tables import TableError
from annkit.grading.intake.handed_in import decisions, list_of
from annkit.grading.intake.lock import only_grader
from annkit.grading.intake.owners import Person
from annkit.grading.platforms.canvas_gradebook import fill_gradebook
from annkit.grading.platforms.counted import ChapterMarks, ExportedMark, counted
from annkit.grading.platforms.filled_table import Filled, UnfitTable
from annkit.grading.platforms.listed import RowOwners
from annkit.grading.platforms.marks_table import marks_table
from annkit.grading.platforms.moodle_worksheet import fill_worksheet, participants
from annkit.grading.rebuild.release import ReleaseError


def marks(options: argparse.Namespace) -> int:
    """Write a table of marks; returns the exit status."""
    try:
        _refuse_what_does_not_fit(options)
        course = read_course(course_around(options.folder, None))
        names = _assignments(course, options)
        source: Path | None = options.moodle or options.canvas
        people, chapters = counted(course, names)
        path = options.output or _place(course, source)
        if source is None:
            table = marks_table(
                people,
                chapters.values(),
                by_exercise=options.by_exercise,
                pseudonyms=_pseudonyms(course, people) if options.pseudonyms else None,
                decimal_comma=options.decimal_comma,
            )
            done = Filled(table, [person.id for person in people])
        elif options.moodle:
            chapter = _only(chapters, options)
            owners = decisions(list_of(course.root, chapter.assignment))
            rows = RowOwners(people, participants(owners))
            done = fill_worksheet(source.read_bytes(), chapter.marks, rows)
        else:
            columns = _columns(chapters, options)
            done = fill_gradebook(source.read_bytes(), columns, RowOwners(people))
        write(path, done.content, mode=0o600)
    except UnfitTable as error:
        print(f"annkit marks: {source}: {error}", file=sys.stderr)
        return 1
    except (CourseError, GradebookError, ReleaseError, TableError) as error:
        print(f"annkit marks: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"annkit marks: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    for name, reason in done.left.items():
        print(f"no points filled in: {name}: {reason}", file=sys.stderr)
    if source is not None and options.by_exercise:
        for words in _penalties(chapters):
            print(f"in no column: {words}", file=sys.stderr)
    count = len(done.filled)
    print(f"{path}: {count} student{'' if count == 1 else 's'}")
    return 0


def _refuse_what_does_not_fit(options: argparse.Namespace) -> None:
    """Options that would be passed over in silence."""
    if options.column and not options.canvas:
        raise CourseError("--column is for --canvas")
    if options.by_exercise and options.moodle:
        raise CourseError("a worksheet of Moodle has one column: --by-exercise does not fit")
    if options.decimal_comma and (options.moodle or options.canvas):
        raise CourseError("--decimal-comma is for a table of one's own: others keep their signs")


def _penalties(chapters: Mapping[str, ChapterMarks]) -> Iterator[str]:
    for name, chapter in chapters.items():
        for student, mark in chapter.marks.items():
            if mark.penalty:
                yield f"{student}, {name}: a penalty of {mark.penalty:g}"


def _assignments(course: Course, options: argparse.Namespace) -> list[str]:
    if not options.assignment:
        return course.assignments()
    expect_released(course, options.assignment)
    return [options.assignment]


def _only(chapters: Mapping[str, ChapterMarks], options: argparse.Namespace) -> ChapterMarks:
    """The chapter of a worksheet, which is of one assignment."""
    if len(chapters) != 1:
        raise CourseError(f"say which chapter {options.moodle} is of: {', '.join(chapters)}")
    return next(iter(chapters.values()))


def _columns(
    chapters: Mapping[str, ChapterMarks], options: argparse.Namespace
) -> dict[str, Mapping[str, ExportedMark]]:
    """Title of an assignment in Canvas → marks."""
    if options.by_exercise:
        return {id: marks for one in chapters.values() for id, marks in one.exercises.items()}
    if options.column:
        if len(chapters) != 1:
            raise CourseError(f"say which chapter {options.column} is: {', '.join(chapters)}")
        return {options.column: next(iter(chapters.values())).marks}
    return {name: one.marks for name, one in chapters.items()}


def _pseudonyms(course: Course, people: Iterable[Person]) -> dict[str, str]:
    """Student → the name they have in the ledger; who has none yet is given one."""
    # A grader gives names as well.
    with only_grader(course.root, lambda words: print(words, file=sys.stderr)):
        known = Pseudonyms(course.root)
        return {person.id: known.of(person.id) for person in people}


def _place(course: Course, source: Path | None) -> Path:
    """Where the table goes: into the course, or beside the one it was made from."""
    if source is None:
        return course.root / "marks.csv"
    return source.with_name(f"{source.stem}-marks.csv")
