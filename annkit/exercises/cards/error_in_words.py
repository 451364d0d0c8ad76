"""The entry that fits an error of Python's, out of the table of words.

Not here: the words (`error_words`).
"""

import re
from typing import NamedTuple

from annkit.exercises.cards.error_words import TABLE


class _Entry(NamedTuple):
    """What one kind of error means; an empty pattern fits every line, known or not."""

    types: list[str]
    message: re.Pattern[str]
    line: re.Pattern[str]
    words: str


def _read(table: str) -> list[_Entry]:
    entries = []
    for block in table.strip().split("\n\n"):
        head, *words = (line for line in block.split("\n") if not line.startswith("#"))
        types, _, rest = head.partition(":")
        message, _, line = rest.partition("  in  ")
        text = " ".join(map(str.strip, words))
        told, written = (re.compile(pattern.strip()) for pattern in (message, line))
        entries.append(_Entry(types.split("|"), told, written, text))
    return entries


ENTRIES = _read(TABLE)


def in_words(type: str, message: str, line: str = "") -> str:
    """Say what an exception means; empty for the rarer ones.

    Args:
        type: its class name.
        message: its text.
        line: the learner's line that raised it, if known.
    """
    for entry in ENTRIES:
        if type in entry.types and entry.message.search(message) and entry.line.search(line):
            return entry.words
    return ""
