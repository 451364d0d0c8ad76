"""`annkit classroom update`: notebooks to hand out, made again from what the teacher chose.

Whatever is made already stays as it is. Killed at any moment and run again, it does the rest.

Not here: what can be chosen (`intake.chosen`), a new course directory (`classroom`).
"""

import argparse
import json
import logging
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from annkit.exercises import Catalogue, ExerciseError
from annkit.exercises.calls.containment import OutOfTime, time_limit
from annkit.exercises.calls.elsewhere import Ended, each_elsewhere
from annkit.exercises.judging.selfcheck import problems
from annkit.exercises.tasks.edition import FOLDER
from annkit.files import write
from annkit.grading.books.gradebook import CourseGradebook, GradebookError
from annkit.grading.books.worth import change_worth
from annkit.grading.classroom import ClassroomError
from annkit.grading.intake.course import Course, CourseError, read_course
from annkit.grading.intake.course_file import FILE_NAME, CourseFile, read_course_file
from annkit.grading.intake.course_words import nearest
from annkit.grading.intake.lock import only_grader
from annkit.grading.intake.own_exercises import fault_at
from annkit.grading.marking.faulty_exercise import endless_check

Files = dict[Path, bytes]
# What nbgrader calls a cell, of which one it keeps a list.
_KINDS = ("grade", "solution", "task")
# A folder beside source/ for what is tried, or on its way out; a killed run's goes with the next.
_SCRATCH = ".annkit-update"
# Of processor time, to try an own exercise with all its answers, and for each of its checks alone.
_SECONDS, _CHECK_SECONDS = 120.0, 4.0


@dataclass(frozen=True)
class Press:
    """Makes notebooks.

    Attributes:
        sources: a class's files for `source/`, by their names in it.
        is_edited: whether somebody has edited a notebook since it was made.
    """

    sources: Callable[[Catalogue], Mapping[Path, bytes]]
    is_edited: Callable[[Path], bool]


def classroom_update(options: argparse.Namespace, press: Press) -> int:
    """Bring a course directory up to date with its `annkit-course.toml`; returns the status."""
    try:
        course = read_course(options.folder)
        with only_grader(course.root, lambda words: print(words, file=sys.stderr)):
            for said in update(course, press, options.chapter, options.force):
                print(said)
    except (ClassroomError, CourseError, ExerciseError, GradebookError, OSError) as error:
        print(f"annkit classroom: {error}", file=sys.stderr)
        return 1
    return 0


def update(
    course: Course, press: Press, chapters: Sequence[str] = (), force: bool = False
) -> Iterator[str]:
    """Make what has to be made, and yield what was done, in words.

    Args:
        course: the course directory.
        press: makes notebooks.
        chapters: only these; all if empty.
        force: overwrite what was edited by hand.

    Raises:
        CourseError: the teacher's file, or an exercise of the teacher's own, is faulty.
        ExerciseError: the same, with the line in the exercise.
        ClassroomError: something was not made: it would overwrite work, or nbgrader refused.
    """
    shutil.rmtree(course.root / _SCRATCH, ignore_errors=True)
    # What is gone of what was handed out is taken back: whether it still can be is looked at below.
    decided = read_course_file(course.root, course.assignments())
    expect_publishable(course.root, decided)
    wanted: dict[str, Files] = defaultdict(dict)
    for path, content in press.sources(decided.catalogue).items():
        wanted[path.parts[0]][path] = content
    for name in chapters:
        if name not in wanted:
            raise ClassroomError(f"{name} is no chapter of this class; {nearest(name, wanted)}")
    if chapters:
        wanted = {name: wanted[name] for name in chapters}
    source = course.root / "source"
    made = [name for name, files in wanted.items() if not _is_made(course, source, files)]
    edited = [path for name in made for path in wanted[name] if _is_edited(press, source / path)]
    if edited and not force:
        paths = ", ".join(str(source / path) for path in edited)
        raise ClassroomError(f"edited by hand, and left as they are: {paths} (--force makes anew)")
    for name in made:
        _expect_same_cells(course, name, wanted[name])
    for name in made:
        _make(course, source, name, wanted[name])
        yield f"made: {course.release / name}"
    if not chapters:
        yield from _taken_back(course, source, set(wanted))
    if not made:
        yield "Everything is as you chose it."


def expect_publishable(folder: Path, decided: CourseFile) -> None:
    """Make sure that a class can be given what was chosen.

    Raises:
        CourseError: an own exercise does not keep what its file promises, or a question that tells
            after the due date has none.
    """
    decided.expect_usable()
    catalogue = decided.catalogue
    own = [id for id in catalogue.paths if catalogue.is_own(id)]
    tries = partial(_problems, catalogue, _CHECK_SECONDS)
    for id, found in zip(own, each_elsewhere(tries, own, 2 * _SECONDS), strict=True):
        path = catalogue.path(id)
        if isinstance(found, Ended):
            raise CourseError(f"{path}: {found.words}, when its checks are tried")
        if found:
            more = f"\n{len(found)} in all: python -m annkit.exercises {path}"
            raise CourseError(f"{path}: {found[0]}{more if len(found) > 1 else ''}")
    if not decided.tells_later:
        return
    for chapter, ids in catalogue.chapters.items():
        asks = any((one := catalogue.entry(id)).kind == "question" and one.points for id in ids)
        if asks and chapter not in decided.edition.told_after:
            raise CourseError(
                f'{folder / FILE_NAME}: questions is "after due", and {chapter} has no due date: '
                f"write one under [due], {chapter} = 2026-12-01"
            )


def _problems(catalogue: Catalogue, check_seconds: float, id: str) -> list[str]:
    """What an exercise does not keep of its promises; a check that never ends is told as well."""
    try:
        if endless := endless_check(catalogue, id, check_seconds):
            return [endless]
        with time_limit(_SECONDS):
            return list(problems(catalogue.load(id)))
    except OutOfTime as error:
        return [str(error)]
    except KeyboardInterrupt as error:  # nobody's but its own: this is a process of its own
        return [fault_at(catalogue.path(id), error).words]


def _is_made(course: Course, source: Path, files: Files) -> bool:
    """Whether a chapter's files are there, and handed out as they are."""
    name = next(iter(files)).parts[0]
    beside = {path for path in files if FOLDER in path.parts}
    there = {
        path.relative_to(place)
        for place in (source, course.release)
        for path in (place / name / FOLDER).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    return there == beside and all(
        _same(source / path, content)
        and (
            _same(course.release / path, content)
            if path in beside
            else _text(course.release / path) == _text(source / path)
        )
        for path, content in files.items()
    )


def _same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _text(path: Path) -> str:
    """The digest of its texts that a notebook was made with; nbgrader hands it on."""
    return str(_metadata(path).get("sha256", ""))


def _metadata(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())["metadata"].get("annkit", {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_edited(press: Press, path: Path) -> bool:
    return path.suffix == ".ipynb" and path.is_file() and press.is_edited(path)


def _expect_same_cells(course: Course, name: str, files: Files) -> None:
    """Make sure that a chapter on which work has been marked gets and loses no cell.

    nbgrader refuses that as well, but only when the chapter's old files are gone.

    Raises:
        ClassroomError: it would; nothing has been touched.
    """
    from nbgrader.api import MissingEntry

    with CourseGradebook(course) as book:
        for path, parts in _nbgrader_cells(files):
            try:
                notebook = book.book.find_notebook(path.stem, name)
            except MissingEntry:
                continue
            there = {
                (kind, cell.name)
                for kind in (*_KINDS, "source")
                for cell in getattr(notebook, f"{kind}_cells")
            }
            new = {(kind, part["grade_id"]) for part in parts for kind in _kinds(part)}
            if notebook.submissions and new != there:
                raise ClassroomError(
                    f"{name}: work on it has been marked, so no exercise can be added or left out "
                    "any more; points can still change"
                )


def _nbgrader_cells(files: Files) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Of each notebook among some files, what its cells are for nbgrader."""
    for path, content in files.items():
        if path.suffix == ".ipynb":
            cells = json.loads(content)["cells"]
            parts = (cell["metadata"].get("nbgrader") for cell in cells)
            yield path, [part for part in parts if part]


def _kinds(part: Mapping[str, Any]) -> Iterator[str]:
    """The lists in which nbgrader keeps a cell."""
    yield from (kind for kind in _KINDS if part.get(kind))
    if any(part.get(kind) for kind in (*_KINDS, "locked")):
        yield "source"


def _make(course: Course, source: Path, name: str, files: Files) -> None:
    """Write a chapter's source, change what its exercises are worth, and release it."""
    before = {path: _content(source / path) for path in files}
    _lay_out(source, name, files)
    try:
        _try(course, name)
    except ClassroomError:
        _lay_out(source, name, {path: text for path, text in before.items() if text is not None})
        raise
    with CourseGradebook(course) as book:
        change_worth(book, name, _points(files))
    _release(course.config, name)


def _try(course: Course, name: str) -> None:
    """Release a chapter to nowhere: what nbgrader refuses, it refuses before anything is gone.

    Raises:
        ClassroomError: it refused.
    """
    config = deepcopy(course.config)
    config.CourseDirectory.release_directory = _SCRATCH
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    try:
        _release(config, name)
    finally:
        shutil.rmtree(course.root / _SCRATCH, ignore_errors=True)


def _release(config: Any, name: str) -> None:
    """Have nbgrader release a chapter and enter it in the gradebook, in this process: it is quick.

    Raises:
        ClassroomError: it refused; the text is what it said.
    """
    from nbgrader.apps.api import capture_log
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    place = CourseDirectory(config=config, assignment_id=name)
    quiet = logging.getLogger("annkit.nbgrader")
    quiet.propagate = False
    app = GenerateAssignment(coursedir=place, config=config, log=quiet)
    app.force = True
    done = capture_log(app)
    if not done["success"]:
        said = done.get("log", "") + done["error"]
        raise ClassroomError(f"nbgrader generate_assignment {name} failed:\n{said[-2000:]}")


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _lay_out(source: Path, name: str, files: Files) -> None:
    shutil.rmtree(source / name / FOLDER, ignore_errors=True)
    for path, content in files.items():
        write(source / path, content)


def _points(files: Files) -> dict[str, float]:
    """Cell with points → its points, of the notebooks among some files."""
    return {
        part["grade_id"]: float(part["points"])
        for _, parts in _nbgrader_cells(files)
        for part in parts
        if part.get("grade")
    }


def _taken_back(course: Course, source: Path, wanted: set[str]) -> Iterator[str]:
    """Remove chapters that are not chosen any more, unless somebody has handed one in."""
    for path in sorted(source.glob("*/*.ipynb")):
        name = path.parent.name
        if name in wanted or path.stem != name or not _metadata(path).get("generated_from"):
            continue
        with CourseGradebook(course) as book:
            known = next((one for one in book.book.assignments if one.name == name), None)
            if any(course.submitted.glob(f"*/{name}")) or (known and known.submissions):
                yield f"not chosen any more, but handed in, and left as it is: {name}"
                continue
            if known:
                book.book.remove_assignment(name)
        shutil.rmtree(course.release / name, ignore_errors=True)
        # Its notebook says that there is something to take back: it goes at once with the rest.
        (source / name).rename(course.root / _SCRATCH)
        shutil.rmtree(course.root / _SCRATCH)
        yield f"taken back: {name}"
