"""A verdict: all that is known of one graded notebook, as plain data.

It is what crosses from a worker to the grader, what the ledger keeps a line of, and what tables
and comments are made from. It holds no inputs, no expected values and no seeds.

Not here: reaching it (`work`).
"""

import builtins
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from annkit.exercises import Report
from annkit.grading.marking.score import Mark
from annkit.grading.states import FOR_A_PERSON, GRADED, NOT_ATTEMPTED, TAMPERED, TROUBLE


@dataclass(frozen=True)
class CheckLine:
    """One check: its label, whether it passed, its points, and an error the answer raised."""

    label: str
    passed: bool
    points: float
    max_points: float
    error: str = ""


@dataclass(frozen=True)
class MarkLine:
    """The mark of one exercise; see `score.Mark` for the words and states."""

    id: str
    state: str
    points: float | None
    max_points: float
    words: str = ""
    checks: tuple[CheckLine, ...] = ()
    mistake: str = ""
    mistake_text: str = ""
    suspects: tuple[str, ...] = ()
    next_step: str = ""


@dataclass(frozen=True)
class Verdict:
    """What grading one notebook of one student came to.

    Attributes:
        student: who handed it in.
        assignment: of which it is a part.
        notebook: its name in the release.
        marks: of every exercise, in order.
        repairs: what was not as released.
        altered: whether locked cells were among that.
        findings: uses of forbidden names, each with its line.
        fingerprints: exercise id → digest of the answer without names and layout.
        notes: remarks on the files (renamed, extra).
        tier: the sandbox it ran in; "" if nothing had to run.
        key: of grader, submission and release.
    """

    student: str
    assignment: str
    notebook: str
    marks: tuple[MarkLine, ...]
    repairs: tuple[str, ...] = ()
    altered: bool = False
    findings: tuple[str, ...] = ()
    fingerprints: Mapping[str, str] | None = None
    notes: tuple[str, ...] = ()
    tier: str = ""
    key: str = ""

    @property
    def points(self) -> float:
        """Points earned without those a person still gives."""
        return sum(mark.points or 0.0 for mark in self.marks)

    @property
    def max_points(self) -> float:
        """Points there are."""
        return sum(mark.max_points for mark in self.marks)

    @property
    def state(self) -> str:
        """One word or two for the whole submission."""
        states = {mark.state for mark in self.marks}
        if self.altered:
            states.add(TAMPERED)
        for state in TROUBLE:
            if state in states:
                return state
        return NOT_ATTEMPTED if states == {NOT_ATTEMPTED} else GRADED

    @property
    def to_read(self) -> list[str]:
        """Exercises that wait for a person's points."""
        return [mark.id for mark in self.marks if mark.state == FOR_A_PERSON]

    @property
    def for_a_person(self) -> list[str]:
        """What somebody should look at, in words."""
        words = [f"to read: {', '.join(self.to_read)}"] if self.to_read else []
        return [*words, *self.remarkable]

    @property
    def remarkable(self) -> list[str]:
        """What is out of the ordinary, in words."""
        words = []
        for state in TROUBLE:
            ids = [mark.id for mark in self.marks if mark.state == state]
            if len(ids) == len(self.marks):
                words.append(f"{state}: {self.marks[0].words}")
            elif ids:
                words.append(f"{state}: {', '.join(ids)}")
        return [*words, *self.repairs, *self.findings, *self.notes]

    def plain(self) -> dict[str, Any]:
        """The verdict as JSON-able data."""
        return asdict(self)


def from_plain(data: Mapping[str, Any]) -> Verdict:
    """The verdict from `Verdict.plain`, as read back from JSON."""
    marks = tuple(
        MarkLine(
            **{
                **mark,
                "checks": tuple(CheckLine(**check) for check in mark["checks"]),
                "suspects": tuple(mark["suspects"]),
            }
        )
        for mark in data["marks"]
    )
    lists = {name: tuple(data[name]) for name in ("repairs", "findings", "notes")}
    return Verdict(**{**data, **lists, "marks": marks})


def mark_line(mark: Mark) -> MarkLine:
    """The plain form of a mark, without anything a submission could have written into a report."""
    report = mark.report
    if report is None:
        return MarkLine(mark.id, mark.state, mark.points, float(mark.max_points), mark.words)
    return MarkLine(
        mark.id,
        mark.state,
        mark.points,
        float(mark.max_points),
        mark.words,
        tuple(_check_lines(report)),
        report.mistake or "",
        report.mistake_text,
        report.suspects,
        report.next_step,
    )


def _check_lines(report: Report) -> list[CheckLine]:
    lines = []
    for check in report.checks:
        error = check.failure.error if check.failure is not None else None
        words = _error_words(error.type, error.line_number) if error is not None else ""
        lines.append(CheckLine(check.label, check.passed, check.points, check.max_points, words))
    return lines


def _error_words(kind: str, line: int) -> str:
    """The kind of an exception and its line, never its message.

    An answer is called with hidden inputs; a message, or a class made up for the purpose, could
    carry them out into the feedback.
    """
    known = getattr(builtins, kind, None)
    named = kind if isinstance(known, type) and issubclass(known, BaseException) else "an exception"
    if kind == "OutOfTime":
        return "ran out of time"
    return f"raised {named}" + (f" in line {line}" if line > 0 else "")
