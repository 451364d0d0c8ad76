"""A teacher's own exercises: where they are, and which of them cannot be loaded.

They are the teacher's programs, so loading one may raise anything, never end, or end the grader,
and its file may be gone. So each is loaded in a process of its own first. While marks are made a
fault costs this exercise only; nothing is handed out before it is mended.

Not here: what a class has of the course (`chosen`), a file that loads and whose checks are at fault
(`annkit.grading.marking.faulty_exercise`).
"""

import ast
import difflib
import re
import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from annkit.exercises import Catalogue, ExerciseError
from annkit.exercises.calls.containment import time_limit
from annkit.exercises.calls.elsewhere import Ended, each_elsewhere
from annkit.grading.intake.course import CourseError
from annkit.grading.intake.course_words import at

_SECONDS = 10.0  # of processor time, to load an exercise
_CHAPTER = re.compile(r"ch[0-9]{2}_[\w.-]+")


@dataclass(frozen=True)
class FileFault:
    """Why a file of the teacher's cannot be used.

    Attributes:
        told: the teacher, with the place on this machine.
        words: for everybody: the place in the teacher's folder, and the kind of fault.
    """

    told: str
    words: str


def own_folder(path: Path, content: Mapping[str, Any]) -> Path | None:
    """The folder of the teacher's own exercises, be it there or not; None if none is named.

    Raises:
        CourseError: it can be none, or holds the whole course, what was handed in included.
    """
    named = content.get("own")
    if named is None:
        return None
    folder = None
    if isinstance(named, str) and named:
        with suppress(OSError, ValueError):
            place = (path.parent / named).resolve()
            place.exists()  # raises where it is too long, or has a letter that no name can have
            folder = place
    if folder is None:
        raise CourseError(no_folder(path, named))
    if folder in path.resolve().parents:
        raise CourseError(
            f"{at(path, 'own')}: own is {named!r}, which holds this file too; give your exercises "
            "a folder of their own"
        )
    return folder


def no_folder(path: Path, named: object) -> str:
    """What to say where what is named in the file is no folder."""
    return f"{at(path, 'own')}: own is {str(named)!r:.200}, which is no folder"


def own_files(own: Path, course: Catalogue) -> Iterator[tuple[Path, bool]]:
    """The teacher's files, each with whether its chapter is one by itself.

    Raises:
        CourseError: one lies where no exercise can, or has a name that is taken.
    """
    seen = dict(course.paths)
    for file in sorted(own.rglob("*.py")):
        words = file.relative_to(own).parts
        if any(part.startswith((".", "__")) for part in words):
            continue
        if not file.is_file():
            raise CourseError(f"{file}: this is no file, or leads to none")
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
        if not _CHAPTER.fullmatch(words[0]):
            raise CourseError(f"{file}: a chapter's folder is called chNN_name")
        if file != chapter and seen.setdefault(file.stem, file) != file:
            there = seen[file.stem].relative_to(seen[file.stem].parents[1])
            raise CourseError(f"{file}: there is an exercise {file.stem} already, {there}")
        yield file, chapter.is_file()


def tried(
    taken: Catalogue, own: Path, files: Collection[Path], handed_out: Iterable[str]
) -> Iterator[tuple[str, FileFault]]:
    """What of the teacher's own cannot be used: (id, or "" if it is no exercise, why).

    Args:
        taken: the exercises of the class.
        own: the teacher's folder.
        files: what is in it.
        handed_out: exercises that learners have, and the course does not.
    """
    yield from faults(taken, files)
    for id in sorted(set(handed_out).difference(file.stem for file in files)):
        words = f"{id}.py is gone"
        yield id, FileFault(f"{own}: {words}, and was handed out", words)


def faults(taken: Catalogue, files: Collection[Path]) -> Iterator[tuple[str, FileFault]]:
    """The same, of files that are there.

    Each is tried in a process of its own first: it may end that, or start what never ends.
    """
    looks = partial(_fault_in, taken, _SECONDS)
    for file, found in zip(files, each_elsewhere(looks, [*files], 2 * _SECONDS), strict=True):
        if isinstance(found, Ended):
            place = f"{file.parent.name}/{file.name}: {found.words}"
            found = FileFault(f"{file.parents[1]}/{place}", place)
        if found is not None:
            yield _id_of(file), found


def _id_of(file: Path) -> str:
    """The exercise in a file; "" if it is a chapter."""
    return "" if file.stem == "chapter" else file.stem


def _fault_in(taken: Catalogue, seconds: float, file: Path) -> FileFault | None:
    """Why a file cannot be used, after trying to; None if it can."""
    is_chapter = file.stem == "chapter"
    if file.parent.name not in taken.chapters if is_chapter else file.stem not in taken.paths:
        return None  # not chosen
    try:
        # Python itself is more lenient with exercises.
        text = file.read_bytes() if is_chapter else file.read_text(encoding="utf-8")
        try:
            ast.parse(text)
        except ValueError as error:  # null bytes, until Python 3.11.3
            raise SyntaxError(str(error)) from None
        if not is_chapter:
            with time_limit(seconds):
                taken.load(file.stem)
    except BaseException as error:  # whatever a program may raise
        return fault_at(file, error)
    return None


def fault_at(file: Path, error: BaseException) -> FileFault:
    """An error met in a file, with its line; what it says is for the teacher only."""
    if isinstance(error, ExerciseError):
        told = str(error)
        return FileFault(told, told.replace(f"{file.parents[1]}/", ""))
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno or 1 for frame in frames if frame.filename == str(file)]
    kind, said = type(error).__name__, str(error)
    if isinstance(error, SyntaxError):
        kind = "not Python"
        if not lines:  # else it is of a module that this file imports, and says which
            said, lines = error.msg, [error.lineno or 1]
    line = lines[-1] if lines else 1
    place = f"{file.parent.name}/{file.name}:{line}"
    return FileFault(f"{file.parents[1]}/{place}: {kind}: {said}", f"{place}: {kind}")
