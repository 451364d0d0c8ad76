"""Who stands behind a pseudonym: a file of its own, so that a student can be forgotten.

The ledger names students by pseudonyms drawn at random, which say nothing by themselves. Without
its line here nobody can tell any more whose the ledger's lines are, the teacher included.

Not here: what is written about a student (`ledger`).
"""

import json
import secrets
from pathlib import Path

from annkit.files import append, write

FILE_NAME = "annkit-identities.jsonl"


class Pseudonyms:
    """The pseudonyms of a course directory.

    Args:
        course: the course directory; the file is made with the first student.
    """

    def __init__(self, course: Path) -> None:
        """Read what is there; a torn last line counts as not written."""
        self._path = course / FILE_NAME
        self._students: dict[str, str] = {}
        if self._path.exists():
            for line in self._path.read_bytes().splitlines():
                try:
                    entry = json.loads(line)
                    self._students[str(entry["pseudonym"])] = str(entry["student"])
                except (ValueError, KeyError, TypeError):
                    continue
        self._pseudonyms = {student: name for name, student in self._students.items()}

    def of(self, student: str) -> str:
        """A student's pseudonym; a new one is on the disk before it is used.

        Raises:
            OSError: it could not be written, and is not used.
        """
        known = self._pseudonyms.get(student)
        if known is not None:
            return known
        name = f"p-{secrets.token_hex(6)}"
        append(self._path, _line(name, student), mode=0o600, on_disk=True)
        self._students[name] = student
        self._pseudonyms[student] = name
        return name

    def student(self, pseudonym: str) -> str | None:
        """Who it is; None for one who was forgotten."""
        return self._students.get(pseudonym)

    def forget(self, student: str) -> str | None:
        """Take a student out of the file; returns the pseudonym, or None if there was none.

        Raises:
            OSError: the file is as it was.
        """
        name = self._pseudonyms.get(student)
        if name is None:
            return None
        rest = {one: who for one, who in self._students.items() if one != name}
        write(self._path, b"".join(_line(*pair) for pair in rest.items()), on_disk=True)
        self._students = rest
        del self._pseudonyms[student]
        return name


def _line(pseudonym: str, student: str) -> bytes:
    return json.dumps({"pseudonym": pseudonym, "student": student}).encode("ascii") + b"\n"
