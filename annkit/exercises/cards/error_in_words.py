"""Python's own errors in a learner's words: the entry that fits one, out of two tables.

Python and NumPy say what went wrong inside them; here it is said what went wrong in the learner's
line. The original message stays on the card.

An entry's head is the exception's class name (several with bars between them), a pattern in its
message and, behind "in", a pattern in the line that raised it; there `{it}` stands for the first
group of the message. The first entry that fits is told, so the special stands above the general.

Not here: the words (`errors_in_calculating`, `errors_in_reaching`), where the exception was raised
(`annkit.exercises.calls.observe`).
"""

import re
from typing import NamedTuple

from annkit.exercises.cards import errors_in_calculating, errors_in_reaching

_IT = "{it}"


class _Entry(NamedTuple):
    """What one kind of error means; an empty pattern fits every line, known or not."""

    types: list[str]
    message: re.Pattern[str]
    line: str
    words: str

    def fits(self, message: str, line: str) -> bool:
        """Whether the message is of this kind, and the line that raised it."""
        found = self.message.search(message)
        if found is None:
            return False
        it = re.escape(found[1] or "") if self.message.groups else ""
        return re.search(self.line.replace(_IT, it), line) is not None


def _read(table: str) -> list[_Entry]:
    entries = []
    for block in table.strip().split("\n\n"):
        head, *words = (line for line in block.split("\n") if not line.startswith("#"))
        types, _, rest = head.partition(":")
        message, _, line = rest.partition("  in  ")
        text = " ".join(map(str.strip, words))
        entries.append(_Entry(types.split("|"), re.compile(message.strip()), line.strip(), text))
    return entries


ENTRIES = _read(errors_in_calculating.TABLE) + _read(errors_in_reaching.TABLE)


def in_words(type: str, message: str, line: str = "") -> str:
    """Say what an exception means; empty for the rarer ones.

    Args:
        type: its class name.
        message: its text.
        line: the learner's line that raised it, if known.
    """
    for entry in ENTRIES:
        if type in entry.types and entry.fits(message, line):
            return entry.words
    return ""
