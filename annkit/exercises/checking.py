"""What `check` does: an answer is judged, the verdict goes into the books, one card is shown.

Bookkeeping (the record of progress, the learner's own module, the chapter's sum) comes after the
verdict and can only add a remark to it, never hide it. A picture of the answer follows the card,
which does not wait for Matplotlib. Where marks are made there is no
bookkeeping: stock nbgrader reads points from a cell's result, the plain text of a single number,
and gives full marks to a cell without one, so `check` always gives it one.

Not here: judging (`judge`), the text of the cards (`cards`), the other verbs (`verbs`), official
marks (`annkit.grading`).
"""

import io
import os
from collections.abc import Callable
from contextlib import redirect_stderr, suppress
from dataclasses import replace
from functools import cache
from typing import Any

from annkit.exercises.calls.containment import can_stop
from annkit.exercises.cards import help_cards
from annkit.exercises.cards.report import Report, report_card
from annkit.exercises.cell_runs import cell_runs
from annkit.exercises.judging.judge import run
from annkit.exercises.my_ann.keep import keep, make_importable, mend
from annkit.exercises.opened_hints import listen_to_hints
from annkit.exercises.overview import renew_contents
from annkit.exercises.record.progress_log import marks_are_made, read_record, remember
from annkit.exercises.record.progress_state import chapter_state, history_of
from annkit.exercises.tasks.catalogue import UnknownExercise, course_here
from annkit.exercises.tasks.question import Question
from annkit.exercises.tasks.task import Exercise, Task
from annkit.exercises.tasks.texts import moment_text
from annkit.show.cards.card import Block, Card, Prose, in_kernel, present

_NOTHING = object()

# What the function got where its last check failed: exercise → name → value.
FAILED_CASES: dict[str, dict[str, Any]] = {}

# The letters whose verdict stands beside the options, with its reasons: question → letters.
EXPLAINED: dict[str, str] = {}


if not marks_are_made():
    make_importable()
    mend()
    cell_runs()


class Outcome:
    """The result of `check`: shows nothing by itself, and keeps the report.

    Attributes:
        report: the verdict; None if the answer could not be judged at all.
    """

    def __init__(self, report: Report | None) -> None:
        """Keep the report."""
        self.report = report

    @property
    def points(self) -> float:
        """Points earned; 0 without a report."""
        return 0.0 if self.report is None else self.report.points

    def _ipython_display_(self) -> None:
        """Show nothing: the card is the cell's only output."""

    def __repr__(self) -> str:
        """One line, for a terminal."""
        if self.report is None:
            return "<not judged>"
        verdict = "passed" if self.report.passed else "not passed"
        return f"<{self.report.id}: {verdict}>"


class BarePoints:
    """The result of `check` where marks are made: its text is the bare number of points.

    Attributes:
        report: the verdict; None if the answer could not be judged at all.
    """

    def __init__(self, outcome: Outcome) -> None:
        """Take over the report and its points."""
        self.report = outcome.report
        self.points = outcome.points
        if self.report is not None and self.report.kept:
            self.points = self.report.max_points  # "Validate" would call 0 a failure

    def __repr__(self) -> str:
        """The points, as nbgrader reads them."""
        return f"{self.points:g}"


def check(id: str, answer: Any = _NOTHING) -> Outcome | BarePoints:
    """Judge an answer and show a card.

    Args:
        id: the exercise, as text.
        answer: your function or class itself (not a call of it), or your letter.

    Returns:
        the outcome, with `.report`; it shows nothing more.
    """
    # A warning on the error stream would cost all points of a cell in nbgrader.
    with redirect_stderr(io.StringIO()):
        _warn_once()
        report, card = _judged(id, answer)
        if card is not None:
            _show(report, answer, card)
        if report is not None and in_kernel() and not marks_are_made():
            _draw(report, answer)
        if report is not None and report.passed:
            _ask_about(id, answer)
    outcome = Outcome(report)
    return BarePoints(outcome) if marks_are_made() else outcome


# What is to be said of the newest version of the answer, or nothing → the card.
Told = Callable[[str], Card]


def _show(report: Report | None, answer: Any, card: Told) -> None:
    """Show a card that says when it speaks of an older version, now or later."""
    if not in_kernel() or marks_are_made():
        present(card(""))
        return
    name = getattr(answer, "__name__", "")
    is_stub = report is not None and not report.attempted
    handle = present(card(cell_runs().older_than_written(name, answer, is_stub)))
    cell_runs().listen(name, lambda note: handle.update(card(note)))
    listen_to_hints()


@cache
def _warn_once() -> None:
    """Say beforehand what could not be said of an answer that never ends."""
    if not can_stop() and not marks_are_made():
        present(help_cards.cannot_stop())


def _judged(id: Any, answer: Any) -> tuple[Report | None, Told | None]:
    """The report and its card; None in their place where there is nothing to say."""
    if answer is _NOTHING or not isinstance(id, str):
        return None, lambda _: help_cards.misused_check(id, answer)
    try:
        report = kept_back(run(id, answer))
        task = course_here().load(id)
    except UnknownExercise as problem:
        unknown = help_cards.unknown(str(problem))
        return None, lambda _: unknown
    except Exception as fault:
        broken = help_cards.our_fault(fault)
        return None, lambda _: broken
    if marks_are_made():
        return report, lambda _: report_card(report, fold_checks=True)
    if isinstance(task, Question) and in_kernel():
        if not report.attempted:
            return report, None  # the options stand above, and a click answers there
        if EXPLAINED.get(id) == answer and not report.kept:  # its reasons stand above
            head = replace(report_card(report), blocks=())
            return report, lambda _: head
    extra = keep_books(task, report, answer)
    if not isinstance(task, Exercise) or not in_kernel():
        return report, lambda _: report_card(report, extra, fold_checks=True)
    extra = [*_help(task, report), *extra]
    return report, lambda note: _card(report, extra, note)


def _card(report: Report, extra: list[Block], note: str) -> Card:
    """The card of a verdict on code; a note on the newest version is then the next step."""
    if not note:
        card = report_card(report, extra, fold_checks=True)
        # Beside the verdict that it takes back: the end of a long card may be out of sight.
        return replace(card, blocks=(help_cards.edited(), *card.blocks))
    if not report.attempted:
        return Card(f"○ {report.id}: nothing to check yet", "", (Prose(note),))
    card = report_card(replace(report, next_step=""), extra, fold_checks=True)
    older = Prose(note, "An older version.")
    return replace(card, blocks=(older, help_cards.edited(), *card.blocks))


def _help(task: Exercise, report: Report) -> list[Block]:
    """What a card in a notebook holds ready: what helps, or where to go from here."""
    FAILED_CASES.pop(task.id, None)
    if report.passed:
        return [Prose(task.leads_to, "Where it goes:")] if task.leads_to else []
    failed = report.first_failure
    given = failed.failure.given if failed and failed.failure and report.attempted else None
    if given:
        FAILED_CASES[task.id] = given
    return [
        *([help_cards.play(task, given)] if given else []),
        help_cards.ladder(task, history_of(read_record(), task.id).hints),
    ]


def kept_back(report: Report) -> Report:
    """The verdict, or the words that stand for it as long as the class is not to know.

    It is told where a teacher makes marks. That keeps it out of sight, not out of reach: the
    answers are in the package.
    """
    until = course_here().untold(report.id)
    is_choice = report.kind == "question" and report.mistake_text
    if until is None or not is_choice or os.environ.get("NBGRADER_EXECUTION") == "autograde":
        return report
    words = f"Your choice is kept; right or wrong after {moment_text(until)}."
    return Report(report.id, report.title, report.kind, False, 0.0, report.max_points, kept=words)


def _ask_about(id: str, answer: Any) -> None:
    """Whether it is understood, too; whatever goes wrong with that is nobody's fault."""
    task = course_here().load(id)
    if not isinstance(task, Exercise) or marks_are_made():
        return
    from annkit.exercises.understood import ask_now_and_then

    with suppress(Exception):
        ask_now_and_then(task, answer)


def keep_books(task: Task, report: Report, answer: Any) -> list[Block]:
    """Write a verdict down, keep the answer, sum up; return what that adds to the card.

    Every step is on its own: a step that fails leaves a remark on the card, and nothing else.
    """
    steps: list[Callable[[], Block | str | list[Block] | None]] = [
        lambda: _write_down(report, answer)
    ]
    if report.passed and isinstance(task, Exercise):
        steps.append(lambda: _keep(task, answer))
    if report.passed and report.max_points:
        steps.append(
            lambda: (
                chapter_state(course_here(), course_here().chapter_of(task.id), read_record()).meter
            )
        )
        steps.append(lambda: _end_of_chapter(task))
        steps.append(lambda: renew_contents(course_here().chapter_of(task.id)))
    blocks: list[Block] = []
    for step in steps:
        try:
            result = step()
        except Exception as fault:
            result = f"(A remark for the authors: {type(fault).__name__} after the verdict.)"
        if isinstance(result, list):
            blocks += result
        elif result:
            blocks.append(Prose(result) if isinstance(result, str) else result)
    return blocks


def _write_down(report: Report, answer: Any) -> str:
    details: dict[str, Any] = {
        "passed": report.passed,
        "points": report.points,
        "attempted": report.attempted,
    }
    if report.mistake:
        details["mistake"] = report.mistake
    if report.kept:
        details["kept"] = True
    if report.kind == "question" and isinstance(answer, str):
        details["letters"] = answer.strip().lower()[:20]
    return remember("check", report.id, **details)


def _keep(task: Exercise, answer: Any) -> str:
    return keep(answer, task.id, task.object_name, list(course_here().paths))


def _end_of_chapter(task: Task) -> list[Block]:
    from annkit.exercises.chapter_end import chapter_end

    return chapter_end(task.id, read_record())


def _draw(report: Report, answer: Any) -> None:
    """Draw the learner's own result below the card; a wrong answer may make that impossible."""
    task = course_here().load(report.id)
    failures = (check.failure for check in report.checks)
    slow = any(f and f.error and f.error.type == "OutOfTime" for f in failures)
    if not isinstance(task, Exercise) or task.draw is None or not report.attempted or slow:
        return
    from annkit.exercises.chapter_end import drawn

    sorry = Prose("(No picture this time: it could not be drawn from this answer.)")
    present(Card(f"Your {task.object_name}, drawn", "", (drawn(task, answer) or sorry,)))
