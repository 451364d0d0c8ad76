"""Remarks on what calls did besides returning a value; they cost nothing.

Results that lie in an argument's memory, warnings of NumPy's, changes to the process that runs it.

Not here: what costs a check (`judge`), noticing any of it (`calls.observe`).
"""

from annkit.exercises.calls.answer import Call, Failure
from annkit.exercises.cards.case import case_text
from annkit.exercises.tasks.task import Exercise

_SHORT = 60  # characters of a call that fits into a sentence

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


def remarks(
    task: Exercise, calls: list[Call], failure: Failure | None, shown: Call | None
) -> tuple[str, ...]:
    """What is remarked of an answer, right or wrong.

    Args:
        task: the exercise.
        calls: all calls of the answer.
        failure: what the card shows; what it says is not said twice.
        shown: the call on the card, whose warnings count: those of others can't be looked at; None
            where nothing is to be said of them.
    """
    notes = []
    if any(call.shares_memory for call in calls):
        notes.append(_on_shared_memory(task, calls))
    if shown is not None and shown.warned and failure and "NumPy warned" not in failure.what:
        message = next(text for kind, text in shown.warnings if kind == "RuntimeWarning")
        notes.append(f"NumPy warned during this call: “{message}”.")
    changed = {name for call in calls for name in call.changed}
    return (*notes, *(words for name, words in _CHANGED.items() if name in changed))


def _on_shared_memory(task: Exercise, calls: list[Call]) -> str:
    """What is said of results that lie in their argument's memory; of a few, in which call."""
    if all(call.shares_memory for call in calls if call.error is None):
        return (
            "Your function returns its own input, or a view of it: changing one changes the other."
        )
    cases = (case_text(task, call) for call in calls if call.shares_memory)
    short = next((case for case in cases if len(case) < _SHORT and "\n" not in case), "")
    return (
        "For some inputs your function returns a view of its own input: changing one changes the "
        "other." + f" One of them: `{short}`." * bool(short)
    )
