"""What a judged answer amounts to: a report, its checks, and the first failure of each.

A report is plain, immutable data. Nothing in it refers to the learner's object, so it can be
kept, sent and shown anywhere.

Not here: how a verdict is reached (`judge`), the text of a card (`render`), its HTML
(`annkit.show.cards.card`).
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ErrorInfo:
    """An exception that the learner's own code raised.

    Attributes:
        type: the exception's class name, like `"ValueError"`.
        message: its text, shortened.
        line_number: the line in the learner's cell or file, counted from 1; 0 if unknown.
        line: that line's source, stripped; `""` if unknown.
    """

    type: str
    message: str
    line_number: int = 0
    line: str = ""

    def __str__(self) -> str:
        """One line a learner can read: what was raised, and where."""
        text = f"{self.type}: {self.message}" if self.message else self.type
        return f"{text} (line {self.line_number}: {self.line})" if self.line else text


@dataclass(frozen=True, eq=False)  # may hold arrays, whose equality is no single truth value
class Failure:
    """Why one check failed, in the order a card tells it.

    Attributes:
        what: a sentence: what is not right.
        call: the failing case as the learner would type it, `"sigmoid([0, 1])"`; None if the
            failure belongs to no call.
        expected: what the check wanted (plain data), or None.
        got: what the answer returned (plain data), or None.
        compared: whether `expected` and `got` are to be shown side by side.
        why: half a sentence that says where the expectation comes from; may be empty.
        error: the exception the learner's code raised, if it did.
    """

    what: str
    call: str | None = None
    expected: Any = None
    got: Any = None
    compared: bool = False
    why: str = ""
    error: ErrorInfo | None = None


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one check: its label, points, and the failure if there is one."""

    label: str
    passed: bool
    points: float
    max_points: float
    failure: Failure | None = None

    @property
    def message(self) -> str:
        """What a learner reads about this check, as plain text."""
        from annkit.exercises.cards.render import failure_text

        return "" if self.failure is None else failure_text(self.failure)


@dataclass(frozen=True)
class Report:
    """The verdict on one answer.

    Attributes:
        id: the exercise.
        title: its title.
        kind: `"exercise"`, `"question"` or `"explanation"`.
        passed: whether every check passed.
        points: points earned, a multiple of one half.
        max_points: points that can be earned.
        checks: the outcome of every check, in the order of the exercise's file.
        attempted: False for None and for a stub that still raises NotImplementedError.
        mistake: name of the one known wrong answer that behaves like this one, or None.
        mistake_text: what that wrong answer tells the learner.
        suspects: names of the known wrong answers that fit if several do.
        next_step: what to try now.
        notes: remarks that cost nothing ("your function prints").
    """

    id: str
    title: str
    kind: str
    passed: bool
    points: float
    max_points: float
    checks: tuple[CheckResult, ...] = ()
    attempted: bool = True
    mistake: str | None = None
    mistake_text: str = ""
    suspects: tuple[str, ...] = ()
    next_step: str = ""
    notes: tuple[str, ...] = ()

    @property
    def first_failure(self) -> CheckResult | None:
        """The first check that failed: the most helpful thing to say."""
        return next((check for check in self.checks if not check.passed), None)

    @property
    def message(self) -> str:
        """The card as plain text."""
        from annkit.exercises.cards.render import report_text

        return report_text(self)
