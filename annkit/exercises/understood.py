"""Understood, or only passed? Now and then a pass is followed by one question on one's own code.

It is asked once in three first passes at the most, so never twice in a row, never where marks are
made, and changes no points. It stands below the card and waits for nobody.

Not here: what is asked (`understanding.own_lines`), showing it (`review`).
"""

import zlib
from typing import Any

import numpy as np

from annkit.exercises.record.progress_log import Record, marks_are_made, read_record, remember
from annkit.exercises.record.progress_state import is_pass
from annkit.exercises.record.schedule import OWN
from annkit.exercises.review import ask_about
from annkit.exercises.tasks.task import Exercise
from annkit.exercises.understanding.own_lines import line_question

_EVERY = 3  # first passes


def ask_now_and_then(task: Exercise, answer: Any) -> None:
    """After a pass: ask about the learner's function, if it is time for that.

    Args:
        task: the exercise that has passed.
        answer: the learner's function.
    """
    if marks_are_made() or not is_time(read_record(), task.id):
        return
    question = line_question(task, answer, np.random.default_rng(zlib.crc32(task.id.encode())))
    if question is not None:
        remember(OWN, task.id, asked=True)
        ask_about(task.id, OWN, question)


def is_time(record: Record, id: str) -> bool:
    """Whether this was a first pass, and the third one at least since the last question.

    Args:
        record: with the pass.
        id: what has passed.
    """
    passed: set[str] = set()
    since = 0
    is_first = False
    for event in record.events:
        if event["event"] == OWN:
            since = 0
        if not is_pass(event):
            continue
        is_first = event["id"] not in passed
        passed.add(event["id"])
        since += is_first and "letters" not in event
    last = next((e["id"] for e in reversed(record.events) if e["event"] == "check"), "")
    return is_first and last == id and since >= _EVERY
