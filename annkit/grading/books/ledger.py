"""The ledger: one line for every verdict, appended once it is in the gradebook, never changed.

Whoever is killed at any moment and starts again reads here what is done. A line is on the disk
before the next submission is written; a torn last line counts as not written.

Not here: the gradebook (`gradebook`), what a verdict is (`verdict`).
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from annkit.files import append
from annkit.grading.marking.verdict import Verdict, from_plain

NAME = "annkit-ledger.jsonl"


class Ledger:
    """The ledger of a course directory.

    Args:
        path: its file; made with the first line.
    """

    def __init__(self, path: Path) -> None:
        """Remember the file."""
        self._path = path

    def verdicts(self) -> Iterator[Verdict]:
        """All verdicts, oldest first; lines that cannot be read are passed over."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            for line in file:
                try:
                    yield from_plain(json.loads(line)["verdict"])
                except (ValueError, KeyError, TypeError):
                    continue

    def append(self, verdict: Verdict) -> None:
        """Write a line and have it on the disk before returning.

        Raises:
            OSError: it is not written, and nothing of it is left.
        """
        entry = {"written": datetime.now(UTC).isoformat(), "verdict": verdict.plain()}
        line = json.dumps(entry).encode("ascii") + b"\n"
        append(self._path, line, mode=0o600, on_disk=True)
