"""What a judged answer amounts to, and the card that tells it.

A report is plain, immutable data: the verdict, its checks, the first failure of each. Nothing in
it refers to the learner's object, so it can be kept, sent and shown anywhere.

Its card reads in ten seconds: what is right so far; the first thing that is not, with input,
expected and got; the mistake in plain words if it is a known one; what to try.

Not here: how a verdict is reached (`judge`), how values are printed (`values`), how a card looks
(`annkit.show.cards.card`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from annkit.exercises.calls.answer import Failure
from annkit.exercises.cards.earlier_names import how_to_fetch
from annkit.exercises.cards.error_in_words import in_words
from annkit.exercises.cards.values import side_by_side
from annkit.exercises.tasks.task import Exercise, Task
from annkit.show.cards.card import Block, Card, Code, Fold, Prose

MAX_LABELS = 3
MAX_SENTENCES = 3  # before the next step
_SENTENCE_ENDS = re.compile(r"[.?!](?=\s|$)")
MAX_LINES = 5  # of what was printed
MAX_PRINTED = 100  # characters of each


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one check: its label, points, and the failure if there is one."""

    label: str
    passed: bool
    points: float
    max_points: float
    failure: Failure | None = None

    @property
    def sign(self) -> str:
        """✓ or ✗; – if the check was not run, since the answer had run out of time before it."""
        if self.passed:
            return "✓"
        stopped = self.failure and self.failure.error and self.failure.error.type == "OutOfTime"
        return "–" if stopped and self.failure and not self.failure.call else "✗"

    @property
    def besides(self) -> str:
        """What is missing where the check's own question is answered right; empty if it is not."""
        return "" if self.failure is None else self.failure.besides

    @property
    def line(self) -> str:
        """Its line in a list of checks: sign, label, and what is missing besides."""
        return f"{self.sign} {self.label}" + (f", and {self.besides}" if self.besides else "")

    @property
    def message(self) -> str:
        """What a learner reads about this check, as plain text."""
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
        mistake_text: what that wrong answer tells the learner; of several, a sentence of each.
        is_whole: whether that mistake explains all that is wrong, and not only what is shown.
        suspects: names of the known wrong answers that fit if several do.
        related: how wrong results are related to the right ones, where no mistake has a name.
        next_step: what to try now.
        printed: the beginning of what one call printed.
        notes: remarks that cost nothing.
        kept: of a choice that says right or wrong later: when; everything else is as if wrong.
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
    is_whole: bool = True
    suspects: tuple[str, ...] = ()
    related: str = ""
    next_step: str = ""
    printed: str = ""
    notes: tuple[str, ...] = ()
    kept: str = ""

    @property
    def first_failure(self) -> CheckResult | None:
        """The first check that failed: the most helpful thing to say."""
        return next((check for check in self.checks if not check.passed), None)

    @property
    def message(self) -> str:
        """The card as plain text."""
        return report_text(self)

    def worth(self, points: float) -> "Report":
        """The same verdict where the exercise is worth so many points."""
        if points == self.max_points or not self.max_points:
            return self
        factor = points / self.max_points
        checks = [
            replace(one, points=one.points * factor, max_points=one.max_points * factor)
            for one in self.checks
        ]
        earned = round(self.points * factor, 2)
        return replace(self, points=earned, max_points=points, checks=tuple(checks))


def nothing_earned(task: Task, failure: Failure, attempted: bool) -> Report:
    """The report where no check could be run: every one fails for the same reason."""
    checks = task.checks if isinstance(task, Exercise) else []
    labels = [(check.label, check.points) for check in checks] or [(task.title, task.points)]
    results = [CheckResult(label, False, 0.0, points, failure) for label, points in labels]
    return report_on(task, results, attempted=attempted, next_step=_how_to_begin(task))


def report_on(
    task: Task,
    checks: Sequence[CheckResult],
    passed: bool = False,
    points: float = 0.0,
    **more: Any,
) -> Report:
    """The report on a task, with the task's own words at its head; `more` as `Report` has it."""
    return Report(
        id=task.id,
        title=task.title,
        kind=task.kind,
        passed=passed,
        points=float(points),
        max_points=float(task.points),
        checks=tuple(checks),
        **more,
    )


def _how_to_begin(task: Task) -> str:
    if isinstance(task, Exercise):
        return f'Not sure how to begin? Try `hint("{task.id}")`.'
    return f'Write your choice as text, like `{task.id} = "a"`, and run the cell.'


def report_text(report: Report) -> str:
    """Return the card of a report as plain text."""
    return report_card(report).plain()


def failure_text(failure: Failure) -> str:
    """Return what a card says about one failure, as plain text."""
    return "\n".join(block.plain() for block in failure_blocks(failure))


def report_card(report: Report, extra: Sequence[Block] = (), fold_checks: bool = False) -> Card:
    """Make the card of a report.

    Args:
        report: the verdict.
        extra: blocks for the end of the card, such as the chapter's progress.
        fold_checks: whether to list all checks in a part that opens on a click.
    """
    if report.kept:
        return Card(f"✎ {report.id}: kept", "", (Prose(report.kept), *extra), "plain")
    head, tone = _head(report)
    blocks: list[Block] = []
    if report.attempted and not report.passed:
        blocks += _right_so_far(report)
        blocks += _first_failure(report)
    elif not report.passed:
        blocks += _why_not_attempted(report)
    blocks += _mistake(report)
    if report.next_step:
        blocks.append(Prose(report.next_step, "" if report.passed else "Next:"))
    blocks += _printed(report)
    blocks += [Prose(note, "Noticed:") for note in report.notes]
    if fold_checks and len(report.checks) > 1 and not _never_called(report):
        blocks.append(_all_checks(report.checks))
    return Card(head, points_text(report.points, report.max_points), (*blocks, *extra), tone)


def points_text(points: float, max_points: float) -> str:
    """Return "1.5 of 2 points", or nothing where there are none to earn."""
    if not max_points:
        return ""
    return f"{points:g} of {max_points:g} point{'' if max_points == 1 else 's'}"


def _head(report: Report) -> tuple[str, str]:
    """The head line of a card and its tone."""
    if report.passed:
        return f"✓ {report.id}: {'right' if report.kind == 'question' else 'passed'}", "good"
    if report.kind == "explanation" and report.attempted:
        return f"✎ {report.id}: written", "plain"
    if not report.attempted:
        return f"○ {report.id}: not started yet", "plain"
    if report.points:
        return f"◐ {report.id}: partly there", "open"
    return f"✗ {report.id}: not yet", "bad"


def _right_so_far(report: Report) -> list[Block]:
    passed = [check.label for check in report.checks if check.passed]
    if not passed:
        return []
    text = "; ".join(passed[:MAX_LABELS])
    if len(passed) > MAX_LABELS:
        text += f"; and {len(passed) - MAX_LABELS} more"
    return [Prose(f"{text}.", "Right so far:")]


def _first_failure(report: Report) -> list[Block]:
    check = report.first_failure
    if check is None:
        return []
    blocks: list[Block] = []
    if report.kind == "exercise" and not _never_called(report):
        blocks.append(Prose(f"{check.besides or check.label}.", "Not yet:"))
    return blocks + (failure_blocks(check.failure, _explained(report)) if check.failure else [])


def _explained(report: Report) -> str:
    """What the card says of the mistake; empty if nothing is known of it."""
    return report.mistake_text or report.related


def _why_not_attempted(report: Report) -> list[Block]:
    """Say what was handed in instead; the untouched stub speaks for itself."""
    check = report.first_failure
    if check is None or check.failure is None or check.failure.error is not None:
        return []
    return [Prose(_sentence(check.failure))]


def _never_called(report: Report) -> bool:
    """Whether the answer was no function at all, so that all checks say the same."""
    failures = [check.failure for check in report.checks]
    same = all(failure == failures[0] for failure in failures)
    return not report.attempted or (same and failures[0] is not None and not failures[0].call)


def failure_blocks(failure: Failure, explained: str = "") -> list[Block]:
    """Return what a card says about one failure: input, expected and got, then the sentence.

    Args:
        failure: what went wrong.
        explained: what the card says of the mistake, so that general advice is left out; and the
            failure's own sentence, too, where it would be too much to read and the values show it.
    """
    blocks: list[Block] = []
    if failure.call:
        blocks.append(Code(failure.call))
    if failure.compared:
        blocks.append(side_by_side(failure.expected, failure.got))
    words = explained or _error_in_words(failure)
    sentence = _sentence(failure) + ("" if explained else f" {failure.advice}".rstrip())
    is_shown = failure.compared or (failure.error is not None and failure.error.line)
    is_too_much = len(_SENTENCE_ENDS.findall(f"{sentence} {words}")) > MAX_SENTENCES
    if not (is_too_much and is_shown):
        blocks.append(Prose(sentence))
    if failure.error is not None:
        blocks += _error(failure)
    if words and not explained:
        blocks.append(Prose(words))
    return blocks


def _sentence(failure: Failure) -> str:
    why = failure.why.strip().rstrip(".")
    if not why or failure.what.endswith("?"):
        return failure.what
    what = failure.what.rstrip(".")
    # One colon is enough for a sentence.
    return f"{what} ({why})." if ": " in what else f"{what}: {why}."


def _error(failure: Failure) -> list[Block]:
    """The learner's line and what Python said, unless the sentence has said it."""
    error = failure.error
    if error is None or (not error.message and not error.line):
        return []
    message = " ".join(": ".join(filter(None, (error.type, error.message))).split())
    if error.line:
        return [Code(f"{error.place}:  {error.line}\n{message}")]
    return [] if error.message in failure.what else [Code(message)]


def _error_in_words(failure: Failure) -> str:
    error = failure.error
    if error is None:
        return ""
    fetched = how_to_fetch(error.message) if error.type == "NameError" else ""
    return fetched or in_words(error.type, error.message, error.line)


def _mistake(report: Report) -> list[Block]:
    if report.suspects:
        return [Prose(report.mistake_text, "It may be one of these:")]
    if report.mistake_text:
        label = "Likely mistake:" if report.is_whole else "Likely mistake here:"
        return [Prose(report.mistake_text, label if report.kind == "exercise" else "")]
    if report.related:
        return [Prose(report.related, "How it differs:")]
    return []


def _printed(report: Report) -> list[Block]:
    """The first lines of what the function printed."""
    lines = report.printed.strip("\n").splitlines()
    if not lines:
        return []
    first = [line if len(line) <= MAX_PRINTED else f"{line[:MAX_PRINTED]}…" for line in lines]
    more = ["…"] if len(lines) > MAX_LINES else []
    return [Prose("Your function prints:"), Code("\n".join(first[:MAX_LINES] + more))]


def _all_checks(checks: Sequence[CheckResult]) -> Block:
    lines = [
        check.line
        + (f"  ({points_text(check.points, check.max_points)})" if check.max_points else "")
        for check in checks
    ]
    passed = sum(check.passed for check in checks)
    return Fold(
        f"All checks: {passed} of {len(checks)} passed", (Code("\n".join(lines)),), in_plain=False
    )
