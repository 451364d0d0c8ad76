"""What a teacher chose of the course, held against what there is: chapters, exercises, points.

In: the content of `annkit-course.toml`. Out: an edition in which everything means something.

Not here: the file as a whole (`course_file`), what an edition does
(`annkit.exercises.tasks.edition`).
"""

import difflib
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annkit.exercises import Catalogue, ExerciseError
from annkit.exercises.calls.containment import OutOfTime, time_limit
from annkit.exercises.tasks.edition import Edition
from annkit.grading.intake.course import CourseError
from annkit.grading.intake.course_words import at, expect, names, table
from annkit.grading.rebuild.release import Release, ReleaseError

KEYS = ("chapters", "leave_out", "points", "own", "questions")
_SECONDS = 10.0  # of processor time, to load an exercise
AT_ONCE, AFTER_DUE = QUESTIONS = ("at once", "after due")


def own_folder(path: Path, content: Mapping[str, Any]) -> Path | None:
    """The folder of the teacher's own exercises; None if there is none.

    Raises:
        CourseError: it is no folder, or holds the whole course, what was handed in included.
    """
    named = content.get("own")
    if named is None:
        return None
    folder = None
    if isinstance(named, str) and named:
        with suppress(OSError, ValueError):  # too long, or with a letter that no name can have
            place = (path.parent / named).resolve()
            folder = place if place.is_dir() else None
    if folder is None:
        raise CourseError(f"{at(path, 'own')}: own is {named!r:.200}, which is no folder")
    if folder in path.resolve().parents:
        raise CourseError(
            f"{at(path, 'own')}: own is {named!r}, which holds this file too; give your exercises "
            "a folder of their own"
        )
    return folder


def chosen(
    path: Path,
    content: Mapping[str, Any],
    course: Catalogue,
    due: Mapping[str, datetime],
) -> Edition:
    """The edition that a course file describes.

    Args:
        path: the file.
        content: all of it.
        course: every exercise there is to choose from.
        due: chapter → the last date that anybody has, UTC without a zone.

    Raises:
        CourseError: something means nothing; the text says what and where.
    """
    own = own_folder(path, content)
    added = {} if own is None else dict(_own(own, course))
    chapters = names(path, "chapters", content.get("chapters", []))
    expect(path, "", chapters, [*course.chapters, *(name for name in added if added[name])])
    left_out = names(path, "leave_out", content.get("leave_out", []))
    expect(path, "", left_out, course.paths)
    told = content.get("questions", AT_ONCE)
    if told not in QUESTIONS:
        choices = " or ".join(f'"{one}"' for one in QUESTIONS)
        raise CourseError(f"{at(path, 'questions')}: questions is {told!r}; it can be {choices}")
    edition = Edition(tuple(sorted(set(chapters))), frozenset(left_out), own=own)
    taken = Catalogue(course.root, edition)
    if own is not None:
        _expect_loadable(taken)
    later = {name: due[name] for name in taken.chapters if name in due and told == AFTER_DUE}
    points = _points(path, table(path, "points", content.get("points", {})), taken, course)
    told_after = {name: moment.replace(tzinfo=UTC) for name, moment in later.items()}
    return replace(edition, points=points, told_after=told_after)


def _own(own: Path, course: Catalogue) -> Iterator[tuple[str, bool]]:
    """The teacher's chapters, each with whether it is one by itself; all that is wrong is said."""
    seen = dict(course.paths)
    for file in sorted(own.rglob("*.py")):
        words = file.relative_to(own).parts
        if any(part.startswith((".", "__")) for part in words):
            continue
        try:
            file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CourseError(f"{file}: is no text in UTF-8: {error}") from None
        chapter = own / words[0] / "chapter.py"
        if len(words) != 2 or not (words[0] in course.chapters or chapter.is_file()):
            near = difflib.get_close_matches(words[0], course.chapters, 1)
            guess = f", like {near[0]}" if near else ""
            raise CourseError(
                f"{file}: put it into a folder that is called like a chapter of the course{guess}, "
                "or into one of its own, chNN_name, with a chapter.py"
            )
        if words[0] in course.chapters and chapter.is_file():
            raise CourseError(
                f"{chapter}: the course has a chapter {words[0]}; call yours otherwise"
            )
        if not (own / words[0]).match("ch[0-9][0-9]_*"):
            raise CourseError(f"{file.parent}: a chapter's folder is called chNN_name")
        if file != chapter and seen.setdefault(file.stem, file) != file:
            there = seen[file.stem].relative_to(seen[file.stem].parents[1])
            raise CourseError(f"{file}: there is an exercise {file.stem} already, {there}")
        yield words[0], chapter.is_file()


def _expect_loadable(taken: Catalogue) -> None:
    """Make sure that the teacher's own exercises can be loaded: they are the teacher's programs."""
    for id in filter(taken.is_own, taken.paths):
        file = taken.path(id)
        try:
            with time_limit(_SECONDS):
                taken.load(id)
        except ExerciseError as error:
            raise CourseError(str(error)) from None
        except SyntaxError as error:
            place = f"{error.filename or file}:{error.lineno or 1}"
            raise CourseError(f"{place}: not Python: {error.msg}") from None
        except (Exception, SystemExit, OutOfTime) as error:
            frames = traceback.extract_tb(error.__traceback__)
            lines = [frame.lineno for frame in frames if frame.filename == str(file)]
            place = f"{file}:{lines[-1] if lines else 1}"
            raise CourseError(f"{place}: {type(error).__name__}: {error}") from error


def _points(
    path: Path, found: Mapping[str, Any], taken: Catalogue, course: Catalogue
) -> dict[str, float]:
    """What exercises are worth."""
    for id in found:
        if id in course.paths and id not in taken.paths:
            raise CourseError(f"{at(path, id)}: [points] {id} is not among what you chose")
    expect(path, "points", found, taken.paths)
    for id, worth in found.items():
        is_number = isinstance(worth, int | float) and not isinstance(worth, bool)
        if not is_number or not 0 < worth <= 1000 or worth * 2 != int(worth * 2):
            words = f"[points] {id} is {worth!r}; it can be 0.5, 1, 1.5 and so on"
            raise CourseError(f"{at(path, id)}: {words}")
        if not taken.entry(id).points:
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
