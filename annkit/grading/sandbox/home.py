"""A home folder for the processes of a sandbox that has no file system of its own.

The lock on it is the kernel's and goes with the process that holds it, however that ends. So who
makes a folder first removes those that a killed grader has left behind.

Not here: the scratch space of namespaces, which is gone with them (`visible.SCRATCH`).
"""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "annkit-sandbox-"


class Home:
    """A folder of this process.

    Attributes:
        path: where it is.
    """

    def __init__(self) -> None:
        """Make it, and remove what nobody holds any more."""
        for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            _remove_if_left(left)
        self.path, self._lock = _made()

    def close(self) -> None:
        """Remove it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def _made() -> tuple[Path, int]:
    """A new folder, and the lock on it."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return path, lock
        os.close(lock)  # somebody else took it for one that was left behind


def _remove_if_left(path: Path) -> None:
    """Remove a folder of this user's if no process holds it."""
    try:
        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return
    try:
        if os.fstat(lock).st_uid == os.getuid():
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
    except OSError:
        pass  # held
    finally:
        os.close(lock)
