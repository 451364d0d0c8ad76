"""What every task has: an id, a title, points, and a place in a file where it is written.

Not here: the kinds of tasks (`task`, `question`).
"""

import sys

# Points of one exercise.
_MOST = 1000


class ExerciseError(Exception):
    """A fault in an exercise's file, said with the file and line an author has to look at."""

    def __init__(self, message: str, path: str = "", line: int = 0) -> None:
        """Put the place in front of the message, as compilers do."""
        super().__init__(f"{path}:{line}: {message}" if path else message)


class TaskBase:
    """Id, title, points and the place in the file where the task is written."""

    kind = ""

    def __init__(self, id: str, title: str, points: float) -> None:
        """Note the caller of the kind's own constructor as the place."""
        frame = sys._getframe(2)
        self.path, self.line = frame.f_code.co_filename, frame.f_lineno
        self.id = id
        self.title = title
        self.points = points

    def error(self, message: str) -> ExerciseError:
        """An error that names this task's file and line."""
        return ExerciseError(f"{self.id}: {message}", self.path, self.line)

    def validate(self) -> None:
        """Raise `ExerciseError` at the first thing that is missing or contradicts itself."""
        if not (self.id.isidentifier() and self.id.isascii() and self.id == self.id.lower()):
            raise self.error("an id is a lower-case Python name")
        if not self.title.strip():
            raise self.error("no title")
        is_number = isinstance(self.points, int | float)
        if not is_number or not 0 <= self.points <= _MOST or self.points * 2 % 1:
            raise self.error(f"points are multiples of one half, got {self.points}")
