"""Who stands behind a pseudonym: a file of its own, so that a student can be forgotten.

The ledger names students by pseudonyms drawn at random, which say nothing by themselves, and seals
what quotes their work. Without its line here nobody can tell any more whose the ledger's lines are,
nor read what is sealed in them, the teacher included.

Not here: what is written about a student (`ledger`), how it is sealed (`sealing`).
"""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from annkit.files import append, write
from annkit.grading.books.sealing import new_key, seal, unseal

FILE_NAME = "annkit-identities.jsonl"


@dataclass(frozen=True)
class _Identity:
    """A line of the file; an earlier edition gave no keys."""

    pseudonym: str
    student: str
    key: str = ""


class Pseudonyms:
    """The pseudonyms of a course directory.

    Args:
        course: the course directory; the file is made with the first student.
    """

    def __init__(self, course: Path) -> None:
        """Read what is there; a torn last line counts as not written, a later one stands first."""
        self._path = course / FILE_NAME
        self._behind: dict[str, _Identity] = {}
        if self._path.exists():
            for line in self._path.read_bytes().splitlines():
                try:
                    entry = _Identity(**json.loads(line))
                except (ValueError, TypeError):
                    continue
                self._behind[entry.pseudonym] = entry
        self._pseudonyms = {one.student: name for name, one in self._behind.items()}

    def known(self, student: str) -> str | None:
        """A student's pseudonym if there is one."""
        return self._pseudonyms.get(student)

    def of(self, student: str) -> str:
        """A student's pseudonym; a new one is on the disk before it is used.

        Raises:
            OSError: it could not be written, and is not used.
        """
        known = self._pseudonyms.get(student)
        if known is not None and self._behind[known].key:
            return known
        entry = _Identity(known or f"p-{secrets.token_hex(6)}", student, new_key())
        append(self._path, _line(entry), mode=0o600, on_disk=True)
        self._behind[entry.pseudonym] = entry
        self._pseudonyms[student] = entry.pseudonym
        return entry.pseudonym

    def student(self, pseudonym: str) -> str | None:
        """Who it is; None for one who was forgotten."""
        entry = self._behind.get(pseudonym)
        return None if entry is None else entry.student

    def sealed(self, student: str, words: bytes) -> str:
        """Words about a student, to be read as long as the student is not forgotten."""
        return seal(self._behind[self.of(student)].key, words)

    def opened(self, pseudonym: str, sealed: str) -> bytes:
        """The same words.

        Raises:
            ValueError: the student was forgotten, or the words are damaged.
        """
        entry = self._behind.get(pseudonym)
        if entry is None:
            raise ValueError(f"nobody knows who {pseudonym} is")
        return unseal(entry.key, sealed)

    def forget(self, student: str) -> str | None:
        """Take a student out of the file; returns the pseudonym, or None if there was none.

        Raises:
            OSError: the file is as it was.
        """
        name = self._pseudonyms.get(student)
        if name is None:
            return None
        rest = {one: entry for one, entry in self._behind.items() if one != name}
        write(self._path, b"".join(map(_line, rest.values())), on_disk=True)
        self._behind = rest
        del self._pseudonyms[student]
        return name


def _line(entry: _Identity) -> bytes:
    return json.dumps(asdict(entry)).encode("ascii") + b"\n"
