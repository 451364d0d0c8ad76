"""One grader at a time in a course directory: a second one waits until the first is done.

The lock is the kernel's and goes with the process, however that ends.

Not here: others who have the gradebook open (`books.gradebook`).
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = ".annkit-lock"


@contextmanager
def only_grader(course: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold a course directory's lock.

    Args:
        course: the course directory.
        say: told, in words, if somebody else has it and this waits.

    Raises:
        OSError: the directory cannot be written.
    """
    descriptor = os.open(course / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
            say(f"Another annkit grade is at work here (process {holder}); waiting for it.")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        yield
    finally:
        os.close(descriptor)
