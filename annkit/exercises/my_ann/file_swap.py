"""Replacing a small text file as a whole: other notebooks wait, and a crash leaves the old one.

Not here: what is in the file (`own_module`).
"""

import errno
import importlib.util
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annkit.files import write

LOCK_SECONDS = 2.0
STALE_SECONDS = 10.0


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other notebooks from writing a file meanwhile.

    A lock that a dead kernel left behind is broken after a few seconds.

    Raises:
        OSError: the lock stayed taken, or the folder cannot be written.
    """
    path = path.with_name(f".{path.stem}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > STALE_SECONDS:
                    path.unlink()
                    continue
            if time.monotonic() > end:
                raise BlockingIOError(
                    errno.EAGAIN, "another notebook is writing it; check again"
                ) from None
            time.sleep(0.02)
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()


def swap(path: Path, text: str) -> None:
    """Replace a Python file; its compiled form is dropped."""
    write(path, text.encode())
    with suppress(OSError, NotImplementedError):
        # Two writes in one second can leave a compiled file that looks up to date.
        Path(importlib.util.cache_from_source(str(path))).unlink()
