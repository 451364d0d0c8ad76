"""Digests: what a verdict depends on, in a few letters.

Not here: which of them make up a submission's key (`run`).
"""

import hashlib
from functools import cache
from pathlib import Path

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


def content_digest(content: bytes) -> str:
    """A digest of a file that was handed in, as any other program computes it (SHA-256)."""
    return hashlib.sha256(content).hexdigest()
