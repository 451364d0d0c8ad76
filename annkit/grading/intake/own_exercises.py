"""A teacher's own exercises: where they are, and which of them cannot be loaded.

They are the teacher's programs, so loading one may raise anything or never end, and its file may be
gone. While marks are made that costs this exercise only; nothing is handed out before it is mended.

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
from pathlib import Path
from typing import Any

from annkit.exercises import Catalogue, ExerciseError
from annkit.exercises.calls.containment import INTERRUPTIONS, OutOfTime, time_limit
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


def faults(
    taken: Catalogue, own: Path, files: Collection[Path], handed_out: Iterable[str]
) -> Iterator[tuple[str, FileFault]]:
    """What of the teacher's own cannot be used: (id, or "" if it is no exercise, why).

    Args:
        taken: the exercises of the class.
        own: the teacher's folder.
        files: what is in it.
        handed_out: exercises that learners have, and the course does not.
    """
    for file in files:
        if file.stem == "chapter" and file.parent.name in taken.chapters:
            try:
                ast.parse(file.read_bytes(), filename=str(file))
            except (OSError, SyntaxError, ValueError) as error:
                yield "", _fault(file, error)
        elif file.stem in taken.paths:
            try:
                ast.parse(file.read_text(encoding="utf-8"))  # Python itself is more lenient
                with time_limit(_SECONDS):
                    taken.load(file.stem)
            except OutOfTime as over:
                yield file.stem, _fault(file, over)
            except INTERRUPTIONS:
                raise
            except BaseException as error:
                yield file.stem, _fault(file, error)
    for id in sorted(set(handed_out).difference(file.stem for file in files)):
        words = f"{id}.py is gone"
        yield id, FileFault(f"{own}: {words}, and was handed out", words)


def _fault(file: Path, error: BaseException) -> FileFault:
    """An error met while a file was loaded, with its line; what it says is for the teacher only."""
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
