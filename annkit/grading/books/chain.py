"""The ledger's lines are a chain: each says by a digest which line it was written after.

So a line that was edited, moved or taken out shows at the next one. A small file beside the ledger
remembers its last line; if that is gone, the next one that is written says so for good. This tells
of slips and accidents. Whoever can write both files can forge both.

Lines of earlier editions are no part of it.

Not here: what stands in the lines (`ledger`), what else may be lost (`audit`).
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

END = ".annkit-ledger-end"
AFTER = "after"
NOTHING = ""  # what the first line is written after
# Of a line of an earlier edition, and of one whose writer was killed in its midst.
_UNSAID, _TORN = "unsaid", "torn"
# What a line is written after where nobody knows which line was the last.
_UNKNOWN = "unknown"


def digest_of(line: bytes) -> str:
    """What a line is known by, with or without its end."""
    return hashlib.sha256(line.rstrip(b"\n")).hexdigest()[:32]


def last(ledger: Path) -> str:
    """What the next line is written after: the last line, or the one that should be the last."""
    remembered, found, is_there, chained = _remembered(ledger), NOTHING, False, 0
    for line in _lines(ledger):
        found = digest_of(line)
        is_there |= found == remembered
        chained += _is_chained(line)
    if not remembered and chained > 1:
        return _UNKNOWN
    # Of a writer that was killed the file beside it may remember the line before.
    return found if is_there or not remembered else remembered


def breaks(ledger: Path) -> Iterator[str]:
    """Where the chain is broken, in words."""
    before, is_chained, chained, remembered = NOTHING, False, 0, _remembered(ledger)
    is_there = not remembered
    for number, line in enumerate(_lines(ledger), 1):
        after = _after(line)
        if is_chained if after == _UNSAID else after not in (_TORN, before):
            yield (
                f"line {number} was not written after line {number - 1}: a line was edited, moved, "
                "added or taken out there, or two graders wrote at once"
            )
        chained += _is_chained(line)
        is_chained = chained > 0
        before = digest_of(line)
        is_there |= before == remembered
    if not is_there:
        yield "its last line is not the one that was written last"
    if not remembered and chained > 1:
        yield f"{END} is gone, so nobody knows whether lines are missing at its end"


def _is_chained(line: bytes) -> bool:
    """Whether a line says what it was written after."""
    return _after(line) not in (_UNSAID, _TORN)


def _after(line: bytes) -> str:
    """What a line says it was written after, if it says so."""
    try:
        return str(json.loads(line).get(AFTER, _UNSAID))
    except (ValueError, AttributeError):
        return _TORN


def _lines(ledger: Path) -> Iterator[bytes]:
    if ledger.exists():
        with ledger.open("rb") as file:
            yield from file


def _remembered(ledger: Path) -> str:
    path = ledger.with_name(END)
    return path.read_text(encoding="ascii", errors="replace").strip() if path.exists() else NOTHING
