"""What an answer does whose mistake has no name: told on the notebook's own inputs.

Official marks draw inputs for every student, so two wrong answers of a class never return the same.
On the inputs of the notebook, which are everyone's and no secret, they do: answers that make the
same mistake there give the same values, call by call, however they are written.

Not here: the points, which are made before this (`score`), groups of a class
(`annkit.grading.class_report.tally`).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from annkit.exercises import Exercise, judge_through
from annkit.exercises.calls.answer import Call, Transport, read_reply
from annkit.exercises.cards.report import failure_text
from annkit.grading.sandbox.session import SubmissionFault

NOTEBOOK_SEED = 0
_DIGITS = 5  # two arrangements of one formula differ by rounding, far below this
_MAX_LETTERS = 1_200


def observed(task: Exercise, transport: Transport) -> tuple[str, str]:
    """Judge an answer once more, on the notebook's inputs.

    Args:
        task: the exercise.
        transport: to the answer.

    Returns:
        a digest, the same for answers that behave the same, and the failing case in words as the
        learner's own card has it; both empty if the answer does not last that long.
    """
    calls: dict[str, Call] = {}

    def carry(request: dict[str, Any]) -> dict[str, Any]:
        reply = transport(request)
        if "seconds" in request:  # a call; a question about the answer has no budget
            # A digest is the same on every machine, whatever budget calls have there.
            asked = {name: value for name, value in request.items() if name != "seconds"}
            calls[json.dumps(asked, sort_keys=True)] = read_reply(request, reply)
        return reply

    try:
        report = judge_through(task, carry, NOTEBOOK_SEED)
    except SubmissionFault:
        return "", ""
    failed = report.first_failure
    if failed is None or failed.failure is None:
        return "", ""
    words = "\n".join(filter(None, [failure_text(failed.failure), report.related]))
    said = sorted(f"{request} → {_outline(call)}" for request, call in calls.items())
    digest = hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16], words[:_MAX_LETTERS]


def _outline(call: Call) -> str:
    """A call's result without what differs between two ways to write the same."""
    return call.error.type if call.error is not None else _rounded(call.value)


def _rounded(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"{value.shape} {_rounded(value.ravel().tolist())}"
    if isinstance(value, float | complex):
        # −0 and 0 are the same result
        return f"{value + 0:.{_DIGITS}g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_rounded(one)}" for key, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_rounded, value))}]"
    return str(value)
