"""What follows a verdict: it is written down, the answer is kept, drawn, and counted.

Every step is on its own: a step that fails leaves a remark on the card, and nothing else.

Not here: the verdict (`judge`), the file formats (`progress_log`, `keep`).
"""

from collections.abc import Callable
from typing import Any

from annkit.exercises.calls.answer import Answer, here
from annkit.exercises.calls.quiet import Quiet
from annkit.exercises.cards.report import Report
from annkit.exercises.my_ann.keep import keep
from annkit.exercises.record.progress_log import read_record, remember
from annkit.exercises.record.progress_state import chapter_state
from annkit.exercises.tasks.catalogue import course
from annkit.exercises.tasks.task import Exercise, Task
from annkit.show.cards.card import Block, Drawn, Prose, in_kernel

PICTURE_SECONDS = 3.0


def aftermath(task: Task, report: Report, answer: Any) -> list[Block]:
    """Do the bookkeeping of a verdict and return what it adds to the card."""
    steps: list[Callable[[], Block | str | None]] = [lambda: _write_down(report, answer)]
    if report.passed and isinstance(task, Exercise):
        steps.append(lambda: _keep(task, answer))
    if isinstance(task, Exercise) and report.attempted and in_kernel():
        steps.append(lambda: _draw(task, report, answer))
    if report.passed and report.max_points:
        steps.append(
            lambda: chapter_state(course(), course().chapter_of(task.id), read_record()).meter
        )
    blocks: list[Block] = []
    for step in steps:
        try:
            result = step()
        except Exception as fault:
            result = f"(A remark for the authors: {type(fault).__name__} after the verdict.)"
        if result:
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
    if report.kind == "question" and isinstance(answer, str):
        details["letters"] = answer.strip().lower()[:20]
    return remember("check", report.id, **details)


def _keep(task: Exercise, answer: Any) -> str:
    return keep(answer, task.id, task.object_name, list(course().paths))


def _draw(task: Exercise, report: Report, answer: Any) -> Block | None:
    """Draw the learner's own result; a wrong answer may make that impossible."""
    failures = (check.failure for check in report.checks)
    slow = any(f and f.error and f.error.type == "OutOfTime" for f in failures)
    if task.draw is None or slow:
        return None
    try:
        with Quiet():
            picture = task.draw(Answer(here(answer), task.object_name, PICTURE_SECONDS))
            return Drawn(picture.html(), repr(picture))
    except Exception:
        return Prose("(No picture this time: it could not be drawn from this answer.)")
