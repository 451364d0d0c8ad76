"""Seeds of the inputs that official marks are made with.

A seed follows from a secret of the course, the student and the exercise: nobody can know it
beforehand, and handing in again does not draw again.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

SECRET_FILE = ".annkit-secret"


def course_secret(course: Path) -> bytes:
    """The secret of a course directory, made on first use and readable by its owner only.

    Raises:
        OSError: the file can be neither read nor made.
    """
    path = course / SECRET_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_hex(32).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()


def seed_for(secret: bytes, student: str, exercise: str) -> int:
    """A seed of 48 bits for one student and one exercise."""
    message = "\0".join((student, exercise)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hmac.new(secret, message, hashlib.sha256).digest()[:6], "big")
