"""A budget of seconds for code that may never end.

Where the platform has interval timers (Linux, macOS) and the code runs in the main thread, the
code is interrupted between two bytecodes, again and again until it gives up. Elsewhere there is
no limit: the learner's own interrupt button is.

Not here: limits on memory or processes; those need another process (`annkit.grading`).
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OutOfTime(BaseException):
    """Raised inside the code that used up its budget; no `except Exception` catches it."""


# A bare `except:` in a loop catches the first interruption; the next ones follow at this pace.
_AGAIN = 0.2


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Interrupt the block with `OutOfTime` once it has run for so many seconds."""
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return
    running = True

    def interrupt(signum: int, frame: FrameType | None) -> None:
        if running:
            raise OutOfTime

    previous = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
