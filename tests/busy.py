"""A busy machine: endless loops that take the processors away from what is tested.

Not here: what must be true all the same (tests/exercises, tests/grading).
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

LOOPS = 6


@contextmanager
def busy_machine() -> Iterator[None]:
    """Six processes that never rest, until the block is done."""
    command = [sys.executable, "-I", "-S", "-c", "print(flush=True)\nwhile True: pass"]
    loops = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(LOOPS)]
    try:
        for loop in loops:
            assert loop.stdout is not None
            loop.stdout.read(1)
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.communicate()
