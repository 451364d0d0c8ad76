"""Digests: what a verdict depends on, in a few letters.

Not here: which of them make up a submission's key (`run`).
"""

import hashlib
from functools import cache
from pathlib import Path

from annkit.grading.rebuild.notebook import MAX_BYTES
from annkit.grading.sandbox.visible import PACKAGE

_TRUSTED_PARTS = ("exercises", "grading", "source", "symbolic")


def digest(*parts: str | bytes) -> str:
    """A digest of several parts, which cannot run into one another."""
    whole = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


@cache
def grader_digest(exercises: tuple[Path, ...]) -> str:
    """A digest of everything that decides a mark: this package's judging parts, the exercises."""
    files = [path for part in _TRUSTED_PARTS for path in sorted((PACKAGE / part).rglob("*.py"))]
    return digest(*(path.read_bytes() for path in (*files, *exercises)))


def file_digest(path: Path | None) -> str:
    """A digest of a file that was handed in; one word for one that is not there or not read."""
    if path is None:
        return "missing"
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
        return "unreadable"
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"
