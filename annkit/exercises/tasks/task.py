"""What is asked of a learner: an exercise, a question or an explanation, told in one file each.

An `Exercise` is answered with a function or a class: task, reference, checks, known wrong answers
and hints.

Not here: what is answered in words (`question`), finding the files (`catalogue`), the vocabulary of
checks (`expect`), judging an answer (`judge`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from annkit.exercises.calls.answer import DEFAULT_SECONDS, Answer, Call
from annkit.exercises.tasks.question import Explanation, Question
from annkit.exercises.tasks.task_base import TaskBase
from annkit.exercises.tasks.texts import dedented, unwrapped

Object = TypeVar("Object", bound=Callable[..., Any])
CheckFunction = Callable[[Answer, Any], None]
Traits = Callable[[list[Call]], Any]
Where = Callable[[Call], bool] | None


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
        variants: the same mistake made in other ways.
        where: the calls that count when an answer is compared with them; None for all.
        recognise: decides from the recorded calls instead; None if comparing decides.
    """

    name: str
    target: Any
    text: str
    caught_by: CheckFunction
    hint: int
    variants: tuple[Any, ...]
    where: Where
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
        leads_to: a sentence for whoever has passed: where it will be used next.
        object_name: the name of the function or class if it is not the id.
        seconds: budget of one call, in seconds of processor time; ten times as many may pass on
            the clock, for an answer that sleeps or waits.
        forbidden: names that the source of an answer may not use, such as `("diff",)`; a name of
            a family (`forbidden`) stands for all of it. The task has to say so.
        derived: whether slopes are asked for that are derived; where marks are made a person is
            told of what looks like measuring. The task has to say so.
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
        leads_to: str = "",
        object_name: str = "",
        seconds: float = DEFAULT_SECONDS,
        forbidden: tuple[str, ...] = (),
        derived: bool = False,
    ) -> None:
        """Set the texts; reference, checks and wrong answers follow by decorators."""
        super().__init__(id, title, points)
        self.task = dedented(task)
        self.hints = tuple(map(unwrapped, hints))
        self.size, self.leads_to = size, leads_to
        self.object_name = object_name or id
        self.seconds = seconds
        self.forbidden, self.derived = forbidden, derived
        self.answer: Any = None
        self.checks: list[Check] = []
        self.wrongs: list[Wrong] = []
        self.alternatives: list[Any] = []
        self.traits: Traits | None = None
        self.where: Where = None
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
        variants: tuple[Any, ...] = (),
        where: Where = None,
        recognise: Callable[[list[Call]], bool] | None = None,
    ) -> Callable[[Object], Object]:
        """Decorate a known wrong answer; its docstring is what the learner reads.

        Whoever answers every call like it, or like one of its variants, has made this mistake:
        every call that counts (`where`), or else `recognise` decides from all of them.
        """

        def register(target: Object) -> Object:
            text = " ".join((target.__doc__ or "").split())
            told_by = (caught_by, hint, variants, where, recognise)
            self.wrongs.append(Wrong(target.__name__, target, text, *told_by))
            return target

        return register

    def compared_by(self, where: Where = None) -> Callable[[Traits], Traits]:
        """Decorate a function of recorded calls: what they show, whatever chance has done.

        By this an answer is compared that draws at random, or is data of which many are right.
        """

        def register(function: Traits) -> Traits:
            self.traits, self.where = function, where
            return function

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
        if (name := self.answer.__name__) != self.object_name:
            raise self.error(f"the reference is called {name}, expected {self.object_name}")
        if not (self.answer.__doc__ or "").strip():
            raise self.error("the reference has no docstring: it is the learner's stub")
        if len(self.hints) < 3 or not all(hint.strip() for hint in self.hints):
            raise self.error(f"expected at least 3 hints, got {len(self.hints)}")
        self._validate_forbidden()
        if not self.checks:
            raise self.error("no checks")
        if len({check.label for check in self.checks}) < len(self.checks):
            raise self.error("two checks have the same label")
        labels, mistakes = (check.label for check in self.checks), (w.text for w in self.wrongs)
        if not _is_writable("".join((self.title, self.task, *labels, *mistakes))):
            raise self.error("a text has half a character (a surrogate), which no notebook holds")
        for check in self.checks:
            if not check.points >= 0:
                raise self.error(f"“{check.label}” cannot be worth {check.points} points")
        total = sum(check.points for check in self.checks)
        if total != self.points and not (self.points == 1 and total == 0):
            raise self.error(f"the checks' points sum to {total:g}, expected {self.points:g}")
        for wrong in self.wrongs:
            if wrong.caught_by not in [check.function for check in self.checks]:
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
        if self.derived and "measure" not in self.task:
            raise self.error("the task does not say that nothing is to be measured")


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


Task = Exercise | Question | Explanation
