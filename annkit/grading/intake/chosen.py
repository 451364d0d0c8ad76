"""What a teacher chose of the course, held against what there is: chapters, exercises, points.

In: the content of `annkit-course.toml`. Out: an edition in which everything means something.

Not here: the file as a whole (`course_file`), the teacher's own exercises (`own_exercises`), what
an edition does (`annkit.exercises.tasks.edition`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annkit.exercises import Catalogue
from annkit.exercises.tasks.edition import Edition
from annkit.grading.intake.course import CourseError
from annkit.grading.intake.course_words import at, expect, names, table
from annkit.grading.intake.own_exercises import no_folder, own_files, own_folder, tried
from annkit.grading.rebuild.release import Release, ReleaseError

KEYS = ("chapters", "leave_out", "points", "own", "questions")
AT_ONCE, AFTER_DUE = QUESTIONS = ("at once", "after due")


def chosen(
    path: Path,
    content: Mapping[str, Any],
    course: Catalogue,
    due: Mapping[str, datetime],
    assignments: Collection[str] = (),
    handed_out: Iterable[str] = (),
) -> tuple[Edition, list[str]]:
    """The edition that a course file describes, and why it cannot be handed out now.

    That is what of the teacher's own cannot be used. While marks are made, it costs the exercises
    that it is about, and nothing else.

    Args:
        path: the file.
        content: all of it.
        course: every exercise there is to choose from.
        due: chapter → the last date that anybody has, UTC without a zone.
        assignments: what has been released, whatever became of it since.
        handed_out: the exercises in it; looked at only where there are some of the teacher's own.

    Raises:
        CourseError: something means nothing; the text says what and where.
    """
    own = own_folder(path, content)
    files = {} if own is None else dict(own_files(own, course))
    added = [file.parent.name for file, is_by_itself in files.items() if is_by_itself]
    there = [*course.chapters, *added]
    chapters = names(path, "chapters", content.get("chapters", []))
    expect(path, "", chapters, there if own is None else [*there, *assignments])
    left_out = names(path, "leave_out", content.get("leave_out", []))
    expect(path, "", left_out, course.paths)
    told = content.get("questions", AT_ONCE)
    if told not in QUESTIONS:
        choices = " or ".join(f'"{one}"' for one in QUESTIONS)
        raise CourseError(f"{at(path, 'questions')}: questions is {told!r}; it can be {choices}")
    edition = Edition(tuple(sorted(set(chapters))), frozenset(left_out), own=own)
    taken = Catalogue(course.root, edition)
    problems = [] if own is None or own.is_dir() else [no_folder(path, content["own"])]
    gone = (name for name in chapters if name not in there)
    problems += [f"{at(path, name)}: {name} is gone from {own}" for name in gone]
    handed_out = () if own is None else (id for id in handed_out if id not in course.paths)
    found = [] if own is None else list(tried(taken, own, files, handed_out))
    faulty = {id: fault.words for id, fault in found if id}
    later = {name: due[name] for name in taken.chapters if name in due and told == AFTER_DUE}
    points = _points(path, table(path, "points", content.get("points", {})), taken, course, faulty)
    told_after = {name: moment.replace(tzinfo=UTC) for name, moment in later.items()}
    edition = replace(edition, points=points, told_after=told_after, faulty=faulty)
    return edition, [*problems, *(fault.told for _, fault in found)]


def _points(
    path: Path,
    found: Mapping[str, Any],
    taken: Catalogue,
    course: Catalogue,
    faulty: Collection[str],
) -> dict[str, float]:
    """What exercises are worth."""
    for id in found:
        if id in course.paths and id not in taken.paths:
            raise CourseError(f"{at(path, id)}: [points] {id} is not among what you chose")
    expect(path, "points", found, [*taken.paths, *faulty])
    for id, worth in found.items():
        is_number = isinstance(worth, int | float) and not isinstance(worth, bool)
        if not is_number or not 0 < worth <= 1000 or worth * 2 != int(worth * 2):
            words = f"[points] {id} is {worth!r}; it can be 0.5, 1, 1.5 and so on"
            raise CourseError(f"{at(path, id)}: {words}")
        if id not in faulty and not taken.entry(id).points:
            words = f"[points] {id} only recalls what was, and is never marked"
            raise CourseError(f"{at(path, id)}: {words}")
    return {id: float(worth) for id, worth in found.items()}


def expect_as_chosen(release: Release, edition: Edition, course: Path) -> None:
    """Make sure that what was handed out is what the teacher's file says now.

    Args:
        release: what was handed out.
        edition: what the file says.
        course: the course directory.

    Raises:
        ReleaseError: it is not; the text says what to run.
    """
    others = [id for id in release.ids if id in edition.left_out]
    others += [
        id for id, points in release.points.items() if edition.points.get(id, points) != points
    ]
    if others:
        raise ReleaseError(
            f"{release.assignment}: your choice for {', '.join(others)} has changed since it was "
            f"handed out; run: annkit classroom update {course}"
        )
