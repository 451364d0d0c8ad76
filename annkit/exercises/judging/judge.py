"""Judging an answer: every check runs, points are added, the report is made.

Everything fails closed: an exception, a missing value or a fault in a check itself earns nothing
and says why. Each check has a random generator of its own, derived from the seed, the exercise
and the check's label, so adding one check leaves the inputs of the others as they were.

Not here: naming the mistake (`diagnose`, `partly`), the report and its card (`cards.report`), what
a task rules out (`ruled_out`), questions and texts (`choices`).
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from annkit.exercises.calls.answer import (
    CHANGES,
    Answer,
    Call,
    CheckFailed,
    Failure,
    Transport,
    here,
    misconduct,
    rng_of_check,
)
from annkit.exercises.calls.containment import INTERRUPTIONS, OutOfTime
from annkit.exercises.calls.surroundings import numpy_as_it_comes, only_new_objects_collected
from annkit.exercises.calls.wire import WireError, decode
from annkit.exercises.cards.case import case_text, given
from annkit.exercises.cards.report import CheckResult, Report, nothing_earned, report_on
from annkit.exercises.judging.choices import judge_explanation, judge_question
from annkit.exercises.judging.diagnose import Diagnosis, diagnose
from annkit.exercises.judging.partly import explain_partly
from annkit.exercises.judging.ruled_out import looks_measured, ruled_out
from annkit.exercises.tasks.catalogue import course_here
from annkit.exercises.tasks.compare import NOTHING, RETURN_MISSING, describe
from annkit.exercises.tasks.question import Question
from annkit.exercises.tasks.task import Check, Exercise, Task

# Of processor time, in seconds: what a call may take that is made for the diagnosis alone; and so
# many times as long as the reference takes.
_BRIEF = 0.5
_SLOW = 10
# A call this short can be worked through with pencil and paper.
_SHORT_CALL = 60
# What is said of a result that has another form, whatever its numbers.
_OTHER_FORM = re.compile(r" (?:should|must) be an? ")


def run(id: str, answer: Any, seed: int = 0) -> Report:
    """Judge an answer to an exercise of the course.

    Args:
        id: the exercise.
        answer: a function or class, or plain data where the exercise asks for that.
        seed: of the random inputs; the notebook uses 0.

    Returns:
        the report, in the points of the class whose notebook this is. Nothing is shown, and nothing
        is raised because of the answer.

    Raises:
        UnknownExercise: no exercise has this id; the text names the nearest ones.
    """
    task = course_here().load(id)
    broken = ruled_out(task, answer) if isinstance(task, Exercise) and task.forbidden else None
    report = (broken or judge(task, answer, seed)).worth(course_here().worth(task))
    if isinstance(task, Exercise) and task.derived and not report.mistake:
        return replace(report, notes=(*report.notes, *looks_measured(task, answer)))
    return report


def judge(task: Task, target: Any, seed: int = 0) -> Report:
    """Judge an answer that lives in this process.

    Args:
        task: the exercise.
        target: what the learner handed in: a function, a class, or plain data.
        seed: of the random inputs.

    Returns:
        the report; nothing is shown and nothing raised because of the answer.
    """
    return judge_through(task, here(target), seed)


def judge_through(task: Task, transport: Transport, seed: int = 0) -> Report:
    """Judge an answer wherever it lives; see `judge`."""
    if isinstance(task, Exercise):
        return _judge_exercise(task, transport, seed)
    answer = Answer(transport, task.id)
    if isinstance(task, Question):
        return judge_question(task, answer)
    return judge_explanation(task, answer)


@only_new_objects_collected()
@numpy_as_it_comes()
def _judge_exercise(task: Exercise, transport: Transport, seed: int) -> Report:
    answer = Answer(transport, task.object_name, task.seconds)
    unusable = _why_unusable(task, answer)
    if unusable is not None:
        return nothing_earned(task, unusable, attempted=not answer.describe()["none"])
    results, made = [], []
    for check in task.checks:
        before = len(answer.calls)
        results.append(run_check(task, check, answer, seed))
        made.append(answer.calls[before:])
    results = [replace(r, failure=_on_one_branch(r.failure, answer.calls)) for r in results]
    passed = all(result.passed for result in results)
    attempted = not _is_stub(answer.calls)
    failure = next((result.failure for result in results if result.failure is not None), None)
    found, last = Diagnosis(), None
    if not passed and attempted:
        place = next(n for n, result in enumerate(results) if not result.passed)
        shown = made[place]
        last = shown[-1] if shown else None
        rights = _beside_the_reference(task, answer, seed)
        fails = partial(_failure_of, task, task.checks[place], seed)
        with suppress(OutOfTime):  # what is earned is earned, whatever its name would take
            found = diagnose(task, answer.calls, last, fails)
            if found == Diagnosis():
                found = explain_partly(task, answer.calls, shown, rights, failure, fails)
    return report_on(
        task,
        results,
        passed,
        points_of(task, results),
        attempted=attempted,
        mistake=found.mistake,
        mistake_text=found.text,
        is_whole=found.is_whole,
        suspects=found.suspects,
        related=found.related,
        next_step="" if failure is None else _next_step(task, attempted, found, failure),
        printed=next((call.printed for call in answer.calls if call.printed.strip()), ""),
        notes=_notes(task, answer.calls, failure, None if found.mistake else last),
    )


def _notes(
    task: Exercise, calls: list[Call], failure: Failure | None, shown: Call | None
) -> tuple[str, ...]:
    """What is remarked of an answer besides, right or wrong; it costs nothing.

    Args:
        task: the exercise.
        calls: all calls of the answer.
        failure: what the card shows; what it says is not said twice.
        shown: the call on the card, whose warnings count; None where nothing is said of them.
    """
    notes = [_on_shared_memory(task, calls)] if any(call.shares_memory for call in calls) else []
    if shown is not None and shown.warned and failure and "NumPy warned" not in failure.what:
        message = next(text for kind, text in shown.warnings if kind == "RuntimeWarning")
        notes.append(f"NumPy warned during this call: “{message}”.")
    changed = {name for call in calls for name in call.changed}
    return (*notes, *(words for name, words in CHANGES.items() if name in changed))


def _on_shared_memory(task: Exercise, calls: list[Call]) -> str:
    """What is said of results that lie in their argument's memory; of a few, in which call."""
    so = "changing one changes the other."
    if all(call.shares_memory for call in calls if call.error is None):
        return f"Your function returns its own input, or a view of it: {so}"
    cases = (case_text(task, call) for call in calls if call.shares_memory)
    short = next((case for case in cases if len(case) < _SHORT_CALL and "\n" not in case), "")
    words = f"For some inputs your function returns a view of its own input: {so}"
    return words + f" One of them: `{short}`." * bool(short)


def _failure_of(task: Exercise, check: Check, seed: int, target: Any) -> Failure | None:
    """How another function fails a check, if it does."""
    other = Answer(here(target), task.object_name, task.seconds)
    return _failure_at(task, check, other, seed)[0]


def _beside_the_reference(task: Exercise, answer: Answer, seed: int) -> dict[int, Call]:
    """Let the answer make all calls that the reference meets in the checks.

    A check ends at its first failure, so the calls made so far may not tell two mistakes apart.
    What has been asked already is not asked again.

    Returns:
        `id` of a call of the answer → the same call of the reference.
    """
    made: dict[str, list[Call]] = {}
    for call in reversed(answer.calls):
        made.setdefault(call.text, []).append(call)
    rights = {}
    for right in chain.from_iterable(calls_of_the_reference(task, seed)):
        same = made.get(right.text)
        try:
            call = same.pop() if same else answer.send(_in_brief(right), right.made_by)
        except CheckFailed:  # the answer ran out of time: what was seen must do
            break
        rights[id(call)] = right
    return rights


def _in_brief(right: Call) -> dict[str, Any]:
    """The request of a call that no verdict depends on: it may take ten times as long, no more."""
    limit = max(_BRIEF, _SLOW * right.seconds)
    return {**right.request, "seconds": min(right.request["seconds"], limit)}


# Whoever checks again, and a whole class of wrong answers, is compared with the same calls.
@lru_cache(maxsize=1)
def calls_of_the_reference(task: Exercise, seed: int) -> tuple[tuple[Call, ...], ...]:
    """The calls that each check makes of the reference."""
    reference = Answer(here(task.answer), task.object_name, task.seconds)
    made = []
    for check in task.checks:
        before = len(reference.calls)
        run_check(task, check, reference, seed)
        made.append(tuple(reference.calls[before:]))
    return tuple(made)


def _why_unusable(task: Exercise, answer: Answer) -> Failure | None:
    """Say why no check can even call the answer; None if they can."""
    about = answer.describe()
    if about["callable"]:
        return None
    if about["none"]:
        return Failure(f"Nothing was handed in: `{task.object_name}` is None.")
    wanted = "a class" if isinstance(task.answer, type) else "a function"
    try:
        came = describe(decode(about["plain"]))
    except WireError:
        came = "something that could not be read"
    return Failure(
        f"Expected {wanted}, got {came}. Hand in `{task.object_name}` itself, without calling it."
    )


def points_of(task: Exercise, results: Sequence[CheckResult]) -> float:
    """The points that the outcomes of an exercise's checks earn together."""
    if task.points == 1:
        return float(all(result.passed for result in results))
    return float(sum(result.points for result in results))


@numpy_as_it_comes()
def run_check(task: Exercise, check: Check, answer: Answer, seed: int) -> CheckResult:
    """Run one check of an answer, and say nothing yet of why it fails.

    Args:
        task: the exercise.
        check: one of its checks.
        answer: the handle; the check's calls are added to its record.
        seed: of the random inputs.
    """
    failure, at = _failure_at(task, check, answer, seed)
    if failure is not None and at is not None and at.request["kind"] != "value":
        failure = _with_call(failure, task, at)
    return _result(task, check, failure)


def outcome(task: Exercise, check: Check, answer: Answer, seed: int) -> CheckResult:
    """The same without the failing case: to write that down takes longer than many a check."""
    return _result(task, check, _failure_at(task, check, answer, seed)[0])


@numpy_as_it_comes()
def _failure_at(
    task: Exercise, check: Check, answer: Answer, seed: int
) -> tuple[Failure | None, Call | None]:
    """Why an answer fails a check, if it does, and the call in which that was seen."""
    before = len(answer.calls)
    failure = None
    try:
        check.function(answer, rng_of_check(seed, task.id, check.label))
    except CheckFailed as failed:
        failure = failed.failure
    except INTERRUPTIONS:
        raise
    except BaseException as fault:  # what ends a program, or a test of pytest's, is no Exception
        # Our own check could not cope with what came back. No points: that is failing closed.
        words = "This check could not make sense of what your function returned"
        failure = Failure(f"{words} ({type(fault).__name__}).")
    calls = answer.calls[before:]
    if failure is None:
        return misconduct(calls, check.quiet)
    return failure, calls[-1] if calls else None


def _result(task: Exercise, check: Check, failure: Failure | None) -> CheckResult:
    passed = failure is None
    # One point is earned by all checks together, so none of them has a share.
    share = 0.0 if task.points == 1 else check.points
    return CheckResult(check.label, passed, share if passed else 0.0, share, failure)


def _with_call(failure: Failure, task: Exercise, call: Call) -> Failure:
    """Add the failing case and, if nothing came back from it, ask for the `return`."""
    text = failure.call or case_text(task, call)
    failure = replace(failure, given=given(task, call))
    returned = call.error is not None or call.value is not None
    if returned or (call.probe is not None and NOTHING not in failure.what):
        return replace(failure, call=text)
    return replace(failure, call=text, advice=RETURN_MISSING)


def _on_one_branch(failure: Failure | None, calls: list[Call]) -> Failure | None:
    """Where other calls did return something, say that this one took another branch."""
    if failure is None or failure.advice != RETURN_MISSING:
        return failure
    if all(call.value is None for call in calls if call.probe is None):
        return failure
    words = "Here your function returns nothing, elsewhere it does: which branch has no `return`?"
    return replace(failure, advice=words)


def _is_stub(calls: list[Call]) -> bool:
    """Whether every call ended in the stub's NotImplementedError."""
    return bool(calls) and all(
        call.error is not None and call.error.type == "NotImplementedError" for call in calls
    )


def _next_step(task: Exercise, attempted: bool, found: Diagnosis, failure: Failure) -> str:
    """What to try now, in the order of what helps most."""
    more = f'`hint("{task.id}")`'
    if not attempted:
        return (
            "Replace the line that raises NotImplementedError, and run that cell before this one. "
            f"{more} helps to begin."
        )
    if found.hint:
        first = "" if found.is_whole else " first"
        return f"Mend that{first} and check again; {more} opens the next hint."
    if found.related or found.suspects:
        which = "of these does your code do" if found.suspects else "line of yours does that"
        return f"Which {which}? {more} opens the next hint."
    if failure.error is not None and failure.error.place:
        return f"Look at {failure.error.place}; {more} opens the next hint."
    if _OTHER_FORM.search(failure.what):
        return f"Compare the form of your result with the task; {more} opens the next hint."
    if failure.call is not None and len(failure.call) < _SHORT_CALL and "..." not in failure.call:
        return f"Try the failing case by hand; {more} opens the next hint."
    return f"Follow the failing case through your code; {more} opens the next hint."
