"""What an exercise is: task, reference, checks, wrong answers and hints, told in one file.

Not here: questions and explanations (`questions`), finding the files (`catalogue`), judging an
answer (`judge`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from annkit.exercises.calls.answer import DEFAULT_SECONDS, Answer, Call
from annkit.exercises.tasks.questions import Explanation, Question
from annkit.exercises.tasks.task import TaskBase

Object = TypeVar("Object", bound=Callable[..., Any])
CheckFunction = Callable[[Answer, Any], None]


@dataclass(frozen=True)
class Check:
    """One check: what it makes sure of in the learner's words, its function, its share."""

    label: str
    function: CheckFunction
    points: float
    quiet: bool


@dataclass(frozen=True)
class Wrong:
    """One known wrong answer.

    Attributes:
        name: the mistake's name in reports.
        target: the faulty function, class or data.
        text: what it tells the learner who made this mistake.
        caught_by: the check that must be the first to fail.
        hint: number of the hint (from 1) to look at.
        recognise: tells from the recorded calls of an answer that it makes this mistake; None
            means that replaying the calls decides.
    """

    name: str
    target: Any
    text: str
    caught_by: CheckFunction
    hint: int
    recognise: Callable[[list[Call]], bool] | None


class Exercise(TaskBase):
    """A task that is answered with a function or a class.

    Args:
        id: the file's stem and the name of the answer's object.
        title: a few words.
        points: a multiple of one half; all or nothing if 1.
        task: Markdown, two or three sentences and a worked example with small numbers.
        hints: at least three, from where to look to a skeleton.
        size: how long an answer is, like "about 2 lines".
        object_name: the name of the function or class if it is not the id.
        seconds: budget of one call.
        forbidden: names that the source of an answer may not use, such as `("diff",)`; a name of
            a family (`forbidden_names`) stands for all of it. The task has to say so.
    """

    kind = "exercise"

    def __init__(
        self,
        *,
        id: str,
        title: str,
        points: float,
        task: str,
        hints: tuple[str, ...],
        size: str = "",
        object_name: str = "",
        seconds: float = DEFAULT_SECONDS,
        forbidden: tuple[str, ...] = (),
    ) -> None:
        """Set the texts; reference, checks and wrong answers follow by decorators."""
        super().__init__(id, title, points)
        self.task = task
        self.hints = hints
        self.size = size
        self.object_name = object_name or id
        self.seconds = seconds
        self.forbidden = forbidden
        self.answer: Any = None
        self.checks: list[Check] = []
        self.wrongs: list[Wrong] = []
        self.alternatives: list[Any] = []
        self.draw: Callable[[Answer], Any] | None = None

    def reference(self, target: Object) -> Object:
        """Decorate the reference solution; its signature and docstring become the stub."""
        if self.answer is not None:
            raise self.error("a second reference")
        self.answer = target
        return target

    def check(
        self, label: str, *, points: float = 0.0, quiet: bool = False
    ) -> Callable[[CheckFunction], CheckFunction]:
        """Decorate a check, a function of `(answer, rng)`.

        Args:
            label: what is made sure of, in words the learner reads.
            points: its share of the exercise's points.
            quiet: whether a RuntimeWarning given by the answer fails the check.
        """

        def register(function: CheckFunction) -> CheckFunction:
            self.checks.append(Check(label, function, points, quiet))
            return function

        return register

    def wrong(
        self,
        *,
        caught_by: CheckFunction,
        hint: int = 1,
        recognise: Callable[[list[Call]], bool] | None = None,
    ) -> Callable[[Object], Object]:
        """Decorate a known wrong answer; its docstring is what the learner reads."""

        def register(target: Object) -> Object:
            text = " ".join((target.__doc__ or "").split())
            self.wrongs.append(Wrong(target.__name__, target, text, caught_by, hint, recognise))
            return target

        return register

    def alternative(self, target: Object) -> Object:
        """Decorate a right answer in another style."""
        self.alternatives.append(target)
        return target

    def picture(self, draw: Callable[[Answer], Any]) -> Callable[[Answer], Any]:
        """Decorate a function that draws the learner's own result."""
        self.draw = draw
        return draw

    def validate(self) -> None:
        """Raise `ExerciseError` at the first thing that is missing or contradicts itself."""
        super().validate()
        if self.answer is None:
            raise self.error("no reference (decorate one with @exercise.reference)")
        if self.answer.__name__ != self.object_name:
            raise self.error(
                f"the reference is called {self.answer.__name__}, expected {self.object_name}"
            )
        if not (self.answer.__doc__ or "").strip():
            raise self.error("the reference has no docstring: it is the learner's stub")
        if len(self.hints) < 3 or not all(hint.strip() for hint in self.hints):
            raise self.error(f"expected at least 3 hints, got {len(self.hints)}")
        self._validate_forbidden()
        if not self.checks:
            raise self.error("no checks")
        labels = [check.label for check in self.checks]
        if len(set(labels)) < len(labels):
            raise self.error("two checks have the same label")
        total = sum(check.points for check in self.checks)
        if total != self.points and not (self.points == 1 and total == 0):
            raise self.error(f"the checks' points sum to {total:g}, expected {self.points:g}")
        functions = [check.function for check in self.checks]
        for wrong in self.wrongs:
            if wrong.caught_by not in functions:
                raise self.error(f"{wrong.name}: caught_by names no check of this exercise")
            if not 1 <= wrong.hint <= len(self.hints):
                raise self.error(f"{wrong.name}: there is no hint {wrong.hint}")
            if not wrong.text:
                raise self.error(f"{wrong.name}: no docstring: it is what the learner reads")

    def _validate_forbidden(self) -> None:
        for name in self.forbidden:
            # A text instead of a tuple would forbid its letters.
            if type(self.forbidden) is not tuple or not name.isidentifier():
                raise self.error(f"forbidden: expected a tuple of names, got {self.forbidden!r}")
            if not re.search(rf"\b{name}\b", self.task):
                raise self.error(f"the task does not say that it rules out {name}")


Task = Exercise | Question | Explanation
