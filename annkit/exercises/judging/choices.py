"""Judging what needs no calls: a choice of letters, and a text.

Not here: functions and classes (`judge`), the click on a question (`annkit.show.cards`).
"""

from annkit.exercises.calls.answer import Answer, Failure
from annkit.exercises.cards.report import CheckResult, Report, nothing_earned, report_on
from annkit.exercises.tasks.question import Explanation, Question, letters_in


def judge_question(task: Question, answer: Answer) -> Report:
    """Judge a choice of letters; the option chosen explains itself."""
    chosen = letters_in(answer.value)
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
    return report_on(
        task,
        [CheckResult(task.title, passed, points, float(task.points), failure)],
        passed,
        points,
        mistake=f"option_{wrong[0]}" if wrong else None,
        mistake_text=told.why,
        next_step="" if passed else "Think it over, then choose again.",
    )


def judge_explanation(task: Explanation, answer: Answer) -> Report:
    """Report that a person reads this; no machine gives points for a text."""
    value = answer.value
    written = isinstance(value, str) and bool(value.strip())
    sentence = (
        "A person reads this one; compare yours with the model explanation meanwhile."
        if written
        else "Nothing is written yet."
    )
    return report_on(
        task,
        [CheckResult(task.title, False, 0.0, float(task.points), Failure(sentence))],
        attempted=written,
        next_step=f'`solution("{task.id}")` shows a model explanation and the marking scheme.',
    )
