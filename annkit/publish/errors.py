"""What stops a build: a fault in a source file, told with its file and line.

Not here: faults of a learner's answer, which are reports, never errors (`annkit.exercises`).
"""

import traceback
from pathlib import Path

from annkit.exercises.tasks.catalogue import Catalogue
from annkit.exercises.tasks.task import Task
from annkit.exercises.tasks.task_base import ExerciseError


class BuildError(ExerciseError):
    """A chapter or an exercise file cannot be published.

    The text is `path:line: problem`, which editors and terminals turn into a link.
    """

    def __init__(self, path: Path, line: int, problem: str) -> None:
        """Put the place in front of the problem."""
        super().__init__(problem, str(path), line)

    @classmethod
    def from_syntax(cls, error: SyntaxError) -> "BuildError":
        """A file that is not Python, at the line where Python gave up."""
        return cls(Path(error.filename or ""), error.lineno or 1, f"not Python: {error.msg}")


def load(catalogue: Catalogue, id: str) -> Task:
    """An exercise from its file.

    Raises:
        BuildError: the file raises when it is loaded, at the line where it does.
        ExerciseError: the exercise in it is faulty.
    """
    try:
        return catalogue.load(id)
    except ExerciseError:
        raise
    except SyntaxError as error:
        raise BuildError.from_syntax(error) from error
    except Exception as error:
        path = catalogue.path(id)
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if Path(frame.filename) == path]
        problem = f"{type(error).__name__}: {error}"
        raise BuildError(path, (lines or [1])[-1] or 1, problem) from error
