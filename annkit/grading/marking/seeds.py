"""Seeds of the inputs that official marks are made with.

A seed follows from a secret of the course, the student and the exercise: nobody can know it
beforehand, and handing in again does not draw again.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

SECRET_FILE = ".annkit-secret"
_LENGTH = 64


class SecretError(Exception):
    """The course's secret is there but cannot be one."""


def course_secret(course: Path) -> bytes:
    """The secret of a course directory, made on first use and readable by its owner only.

    Raises:
        OSError: the file can be neither read nor made.
        SecretError: the file is damaged.
    """
    path = course / SECRET_FILE
    if not path.exists():
        _make(path)
    secret = path.read_bytes().strip()
    if len(secret) < _LENGTH:
        raise SecretError(f"{path} is damaged; restore it, or remove it to draw a new one")
    return secret


def _make(path: Path) -> None:
    """Write a new secret, whole or not at all, and never over one that is there."""
    descriptor, temporary = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(_LENGTH // 2).encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # somebody else was quicker
            os.link(temporary, path)
    finally:
        os.unlink(temporary)


def seed_for(secret: bytes, student: str, exercise: str) -> int:
    """A seed of 48 bits for one student and one exercise."""
    message = "\0".join((student, exercise)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hmac.new(secret, message, hashlib.sha256).digest()[:6], "big")
