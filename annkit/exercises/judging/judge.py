"""Judging an answer: every check runs, points are added, the report is made.

Everything fails closed: an exception, a missing value or a fault in a check itself earns nothing
and says why. Each check has a random generator of its own, derived from the seed, the exercise
and the check's label, so adding one check leaves the inputs of the others as they were.

A choice of letters and a text are judged here too: they need no calls.

Not here: naming the mistake (`diagnose`), the report and its card (`cards.report`), what a task
rules out (`ruled_out`).
"""

import re
import zlib
from dataclasses import replace
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Answer, Call, CheckFailed, Failure, Transport, here
from annkit.exercises.calls.wire import WireError, decode
from annkit.exercises.cards.report import CheckResult, Report, nothing_earned
from annkit.exercises.cards.values import call_text
from annkit.exercises.judging.diagnose import Diagnosis, diagnose
from annkit.exercises.judging.ruled_out import ruled_out
from annkit.exercises.tasks.catalogue import course
from annkit.exercises.tasks.compare import describe
from annkit.exercises.tasks.task import Check, Exercise, Explanation, Question, Task

# A call this short can be worked through with pencil and paper.
_SHORT_CALL = 60
# More letters than any question has options are a sentence, not a choice.
_MAX_LETTERS = 8

# What is said of a change to the process; see `Call.changed`.
_CHANGED = {
    "recursion limit": "Your function raises Python's recursion limit. Here a call keeps the "
    "thousand frames that Python gives by itself.",
    "error state": "Your function leaves NumPy's error state changed; it was set back.",
    "filters": "Your function leaves a filter of warnings behind; it was taken away.",
    "random": "Your function uses the generator of `random` that all code shares; it was set back.",
    "np.random": "Your function uses NumPy's global generator (`np.random…`), which all code "
    "shares; it was set back.",
    "environment": "Your function changes `os.environ`; it was set back.",
    "folder": "Your function changes the working directory; it was set back.",
}


def run(id: str, answer: Any, seed: int = 0) -> Report:
    """Judge an answer to an exercise of the course.

    Args:
        id: the exercise.
        answer: a function or class, or plain data where the exercise asks for that.
        seed: of the random inputs; the notebook uses 0.

    Returns:
        the report. Nothing is shown, and nothing is raised because of the answer.

    Raises:
        UnknownExercise: no exercise has this id; the text names the nearest ones.
    """
    task = course().load(id)
    broken = ruled_out(task, answer) if isinstance(task, Exercise) and task.forbidden else None
    return broken or judge(task, answer, seed)


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
        return _judge_question(task, answer)
    return _judge_explanation(task, answer)


def check_rng(seed: int, id: str, label: str) -> np.random.Generator:
    """The generator of one check's random inputs."""
    return np.random.default_rng([seed, zlib.crc32(f"{id}/{label}".encode())])


def _judge_exercise(task: Exercise, transport: Transport, seed: int) -> Report:
    answer = Answer(transport, task.object_name, task.seconds)
    unusable = _why_unusable(task, answer)
    if unusable is not None:
        return nothing_earned(task, unusable, attempted=not answer.describe()["none"])
    results, made = [], []
    for check in task.checks:
        before = len(answer.calls)
        results.append(_run_check(task, check, answer, seed))
        made.append(answer.calls[before:])
    passed = all(result.passed for result in results)
    points = sum(result.points for result in results)
    if task.points == 1:
        points = float(passed)
    attempted = not _is_stub(answer.calls)
    notes = _notes(answer.calls)
    failure = next((result.failure for result in results if result.failure is not None), None)
    found = Diagnosis()
    if not passed and attempted:
        shown = next(
            calls for result, calls in zip(results, made, strict=True) if not result.passed
        )
        found = diagnose(task, [*answer.calls, *_diagnostic_calls(task, answer, seed)], shown)
    return Report(
        id=task.id,
        title=task.title,
        kind=task.kind,
        passed=passed,
        points=float(points),
        max_points=float(task.points),
        checks=tuple(results),
        attempted=attempted,
        mistake=found.mistake,
        mistake_text=found.text,
        suspects=found.suspects,
        related=found.related,
        next_step="" if failure is None else _next_step(task, attempted, found, failure),
        notes=notes,
    )


def _diagnostic_calls(task: Exercise, answer: Answer, seed: int) -> list[Call]:
    """Make the calls of the answer that the checks would make if none of them stopped early.

    A check ends at its first failure, so the calls made so far may not tell two mistakes apart;
    those that the reference meets do.
    """
    reference = Answer(here(task.answer), task.object_name, task.seconds)
    for check in task.checks:
        _run_check(task, check, reference, seed)
    calls = []
    for call in reference.calls:
        try:
            calls.append(answer.send(call.request))
        except CheckFailed:  # the answer ran out of time: what was seen must do
            break
    return calls


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


def _run_check(task: Exercise, check: Check, answer: Answer, seed: int) -> CheckResult:
    before = len(answer.calls)
    failure = None
    try:
        check.function(answer, check_rng(seed, task.id, check.label))
    except CheckFailed as failed:
        failure = failed.failure
    except Exception as fault:
        # Our own check could not cope with what came back. No points: that is failing closed.
        failure = Failure(
            "This check could not make sense of what your function returned "
            f"({type(fault).__name__})."
        )
    calls = answer.calls[before:]
    failure = failure or _misconduct(calls, check.quiet)
    if failure is not None and failure.call is None and calls:
        failure = _with_call(failure, answer.name, calls[-1])
    passed = failure is None
    # One point is earned by all checks together, so none of them has a share.
    share = 0.0 if task.points == 1 else check.points
    return CheckResult(check.label, passed, share if passed else 0.0, share, failure)


def _misconduct(calls: list[Call], quiet: bool) -> Failure | None:
    """A failure for what a call did besides returning the right value."""
    for call in calls:
        if call.mutated:
            names = " and ".join(f"`{name}`" for name in call.mutated)
            return Failure(
                f"Your function changed its own input {names}.",
                why="whoever called it still needs the input as it was: work on a copy",
            )
        if quiet and call.warned:
            message = next(text for kind, text in call.warnings if kind == "RuntimeWarning")
            return Failure(
                f"NumPy warned: “{message}”.",
                why="the task asks for a formula that stays in range; note that `np.where` "
                "computes both of its branches before it chooses",
            )
        if quiet and call.hidden:
            return Failure(
                f"The warning is hidden, not avoided: NumPy still meets “{call.hidden[0]}”.",
            )
    return None


def _with_call(failure: Failure, name: str, call: Call) -> Failure:
    if call.request["kind"] == "value":
        return failure
    return replace(failure, call=call_text(name, call.args, call.kwargs, call.probe))


def _is_stub(calls: list[Call]) -> bool:
    """Whether every call ended in the stub's NotImplementedError."""
    return bool(calls) and all(
        call.error is not None and call.error.type == "NotImplementedError" for call in calls
    )


def _next_step(task: Exercise, attempted: bool, found: Diagnosis, failure: Failure) -> str:
    """What to try now, in the order of what helps most."""
    more = f'hint("{task.id}")'
    if not attempted:
        return f"Replace the line that raises NotImplementedError. {more} helps to begin."
    if found.hint:
        return f"Read hint {found.hint}: {more} opens them one after the other."
    if found.related:
        return f"Which line of yours does that? {more} helps."
    if failure.error is not None and failure.error.line:
        return f"Look at line {failure.error.line_number} of your code; {more} helps."
    if failure.call is not None and len(failure.call) < _SHORT_CALL and "…" not in failure.call:
        return f"Try the failing case by hand, then {more}."
    return f"Print what your function computes on the way, line by line; {more} helps."


def _notes(calls: list[Call]) -> tuple[str, ...]:
    """Remarks that cost nothing."""
    notes = []
    if any(call.shares_memory for call in calls):
        notes.append(
            "Your function returns its own input, or a view of it: changing one changes the other."
        )
    if any(call.warned for call in calls):
        message = next(t for c in calls for kind, t in c.warnings if kind == "RuntimeWarning")
        notes.append(f"NumPy warned during a call: “{message}”.")
    changed = {name for call in calls for name in call.changed}
    return (*notes, *(words for name, words in _CHANGED.items() if name in changed))


def _judge_question(task: Question, answer: Answer) -> Report:
    """Judge a choice of letters; the option chosen explains itself."""
    chosen = _letters(answer.value)
    span = f"from {task.letters[0]} to {task.letters[-1]}"
    if not chosen:
        unread = Failure(f"Expected a letter {span} as text.")
        return nothing_earned(task, unread, attempted=chosen is None)
    if not set(chosen) <= set(task.letters):
        unknown = Failure(f"There is no option {chosen!r:.20}: choose {span}.")
        return nothing_earned(task, unknown, attempted=True)
    passed = chosen == task.answer
    wrong = sorted(set(chosen) - set(task.answer))
    told = task.options[task.letters.index((wrong or list(chosen))[0])]
    failure: Failure | None = None
    if wrong:
        failure = Failure(f"Option {wrong[0]} is not right.")
    elif not passed:
        failure = Failure("What you chose is right, but not all of the answer.")
    points = float(task.points) if passed else 0.0
    return Report(
        id=task.id,
        title=task.title,
        kind=task.kind,
        passed=passed,
        points=points,
        max_points=float(task.points),
        checks=(CheckResult(task.title, passed, points, float(task.points), failure),),
        mistake=f"option_{wrong[0]}" if wrong else None,
        mistake_text=told.why,
        next_step="" if passed else "Think it over, then choose again.",
    )


def _letters(value: Any) -> str | None:
    """A choice as sorted lower-case letters; "" for none yet, None if it is no choice at all."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return None
    words = re.findall(r"[^\W_]+", value.lower())
    if len("".join(words)) > _MAX_LETTERS or (len(words) > 1 and any(len(w) > 1 for w in words)):
        return None
    return "".join(sorted(set("".join(words))))


def _judge_explanation(task: Explanation, answer: Answer) -> Report:
    """Report that a person reads this; no machine gives points for a text."""
    value = answer.value
    written = isinstance(value, str) and bool(value.strip())
    sentence = (
        "A person reads this one; compare yours with the model explanation meanwhile."
        if written
        else "Nothing is written yet."
    )
    return Report(
        id=task.id,
        title=task.title,
        kind=task.kind,
        passed=False,
        points=0.0,
        max_points=float(task.points),
        checks=(CheckResult(task.title, False, 0.0, float(task.points), Failure(sentence)),),
        attempted=written,
        next_step=f'solution("{task.id}") shows a model explanation and the marking scheme.',
    )
