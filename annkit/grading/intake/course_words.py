"""Errors of a teacher's, in words: where one is, and what was meant where that can be guessed.

They stand in `annkit-course.toml`, or in a command.

Not here: what may stand in the file (`course_file`, `chosen`).
"""

import difflib
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from annkit.grading.intake.course import Course, CourseError


def at(path: Path, word: str) -> str:
    """The file with the first line that a word stands in, remarks left out, as compilers say it."""
    wanted = re.compile(rf"^[^#]*(?<!\w){re.escape(word)}(?!\w)")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return str(path)
    number = next((place for place, line in enumerate(lines, 1) if wanted.search(line)), None)
    return str(path) if number is None else f"{path}:{number}"


def expect(path: Path, section: str, found: Iterable[Any], known: Iterable[str]) -> None:
    """Make sure that every name means something.

    Args:
        path: the teacher's file.
        section: where the names stand; "" for the file itself.
        found: the names.
        known: what they may be.

    Raises:
        CourseError: one is not; with the nearest that is.
    """
    choices = list(known)
    for name in found:
        if name not in choices:
            place = f"{at(path, str(name))}: " + (f"[{section}] " if section else "")
            raise CourseError(f"{place}{name} means nothing here; {nearest(str(name), choices)}")


def nearest(name: str, choices: Collection[str]) -> str:
    """What may have been meant by a name that means nothing, or else what there is to choose."""
    near = difflib.get_close_matches(name, choices, 1)
    return f"did you mean {near[0]}?" if near else f"there are: {', '.join(choices) or 'none'}"


def expect_released(course: Course, assignment: str) -> None:
    """Make sure that an assignment which a command names has been released.

    Raises:
        CourseError: it has not; with the nearest that has, and how to release it, if it is none.
    """
    released = course.assignments()
    if assignment in released:
        return
    is_made = (course.root / "source" / assignment).is_dir()
    is_slip = not is_made and bool(difflib.get_close_matches(assignment, released))
    guess = "" if is_made else f"; {nearest(assignment, released)}"
    how = "" if is_slip else f"; to release it: nbgrader generate_assignment {assignment}"
    raise CourseError(f"{assignment} was not released{guess}{how}")


def table(path: Path, section: str, value: Any) -> dict[str, Any]:
    """A section of the file.

    Raises:
        CourseError: it is something else.
    """
    if not isinstance(value, dict):
        words = f"[{section}] is {value!r}; it has to be a section of its own"
        raise CourseError(f"{at(path, section)}: {words}")
    return value


def names(path: Path, key: str, value: Any) -> list[str]:
    """A list of names.

    Raises:
        CourseError: it is something else.
    """
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        words = f'{key} is {value!r}; write a list of names, ["…", "…"]'
        raise CourseError(f"{at(path, key)}: {words}")
    return value
