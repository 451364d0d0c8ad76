"""Seeds of the inputs that official marks are made with.

A seed follows from a secret of the course, the student and the exercise: nobody can know it
beforehand, and handing in again does not draw again.

Not here: the inputs that are drawn with them (`annkit.exercises.judging.judge`).
"""

import hashlib
import hmac
import secrets
from pathlib import Path

from annkit.files import write

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
        # Whoever asks holds the course's lock, so nobody else draws one meanwhile.
        fresh = secrets.token_hex(_LENGTH // 2).encode("ascii")
        write(path, fresh, mode=0o600, on_disk=True)
    secret = path.read_bytes().strip()
    if len(secret) < _LENGTH:
        raise SecretError(f"{path} is damaged; restore it, or remove it to draw a new one")
    return secret


def seed_for(secret: bytes, student: str, exercise: str) -> int:
    """A seed of 48 bits for one student and one exercise."""
    message = "\0".join((student, exercise)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hmac.new(secret, message, hashlib.sha256).digest()[:6], "big")
