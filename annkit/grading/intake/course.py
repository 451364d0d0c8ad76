"""A teacher's course directory, as nbgrader's own configuration describes it.

Not here: the gradebook in it (`books.gradebook`), making one (`classroom`).
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CONFIG = "nbgrader_config.py"
_STRUCTURE = "{nbgrader_step}/{student_id}/{assignment_id}"


class CourseError(Exception):
    """A folder cannot be used as a course directory; the text says what to do."""


@dataclass(frozen=True)
class Course:
    """Where things are in a course directory.

    Attributes:
        root: the course directory.
        submitted: folder of what was handed in: `<student>/<assignment>/<notebook>.ipynb`.
        release: folder of what was handed out.
        autograded: folder of graded notebooks.
        feedback: folder of the pages that go back to students.
        db_url: nbgrader's address of the gradebook.
        course_id: nbgrader's name of the course.
        config: nbgrader's whole configuration.
    """

    root: Path
    submitted: Path
    release: Path
    autograded: Path
    feedback: Path
    db_url: str
    course_id: str
    config: Any = field(repr=False)

    @property
    def private(self) -> list[Path]:
        """What is the teacher's alone: the folder, and the gradebook wherever it lies."""
        kind, _, place = self.db_url.partition(":///")
        return [self.root, Path(place.partition("?")[0])] if kind == "sqlite" else [self.root]

    @contextmanager
    def closed_to_others(self) -> Iterator[None]:
        """Let nobody else on this machine read marks or work, nor what the block writes.

        A file that belongs to somebody else is left as it is: its owner says who may read it.
        """
        for path in (*self.private[1:], self.submitted, self.autograded):
            with suppress(OSError):
                path.chmod(stat.S_IMODE(path.stat().st_mode) & 0o700)
        before = os.umask(0o077)
        try:
            yield
        finally:
            os.umask(before)

    def assignments(self) -> list[str]:
        """Names of the assignments that have been released."""
        if not self.release.is_dir():
            return []
        return sorted(folder.name for folder in self.release.iterdir() if folder.is_dir())


def is_course(folder: Path) -> bool:
    """Whether a folder looks like a course directory of nbgrader."""
    names = (CONFIG, "gradebook.db", "submitted", "release")
    return folder.is_dir() and any((folder / name).exists() for name in names)


def course_around(folder: Path, named: Path | None) -> Path:
    """The course directory that a command means.

    Args:
        folder: what the command was pointed at: a course directory, its folder of submissions, or
            a download that lies in a course directory or is graded from within one.
        named: the course directory, if it was named.

    Raises:
        CourseError: there is none in sight.
    """
    if not folder.exists():
        raise CourseError(f"{folder} does not exist")
    if named is not None:
        return named
    for place in (folder, folder.resolve().parent, Path.cwd()):
        if is_course(place):
            return place
    raise CourseError(
        f"{folder} is not a course directory of nbgrader (there is no {CONFIG}, gradebook.db, "
        "submitted/ or release/), nor does it lie in one: name the course with --course DIR, or "
        "make one with: annkit classroom new DIR"
    )


def read_course(folder: Path) -> Course:
    """Read a course directory with nbgrader's own rules.

    Raises:
        CourseError: it is none, or is laid out in a way that is not supported.
    """
    folder = folder.resolve()
    if not is_course(folder):
        raise CourseError(f"{folder} is not a course directory of nbgrader")
    try:
        from nbgrader.coursedir import CourseDirectory
    except ImportError:
        raise CourseError(
            "official marks need nbgrader; install the teachers' part: annkit[teacher]"
        ) from None
    config = _configuration(folder)
    config.CourseDirectory.root = str(folder)
    stock = CourseDirectory(config=config)
    if stock.directory_structure.replace("\\", "/") != _STRUCTURE:
        raise CourseError(
            f"CourseDirectory.directory_structure is {stock.directory_structure!r}; only "
            f"{_STRUCTURE!r} is supported"
        )
    return Course(
        folder,
        folder / stock.submitted_directory,
        folder / stock.release_directory,
        folder / stock.autograded_directory,
        folder / stock.feedback_directory,
        stock.db_url,
        stock.course_id,
        config,
    )


def _configuration(folder: Path) -> Any:
    """What nbgrader's commands would read when started in this folder.

    Raises:
        CourseError: a configuration cannot be run.
    """
    from jupyter_core.paths import jupyter_config_path
    from traitlets.config import Config
    from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

    config = Config()
    for place in [*reversed(jupyter_config_path()), str(folder)]:
        try:
            config.merge(PyFileConfigLoader(CONFIG, path=place).load_config())
        except ConfigFileNotFound:
            continue
        except Exception as error:  # it is a program of the teacher's
            words = f"{type(error).__name__}: {error}"
            raise CourseError(f"{Path(place) / CONFIG} cannot be run: {words}") from error
    return config
