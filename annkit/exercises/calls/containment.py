"""Containing a call of an answer: its time is bounded, and what it says is kept out of the card.

A budget is seconds of processor time, so that no card and no mark depends on who else uses the
machine; ten times as many may pass on the clock, for code that sleeps, or waits for input or for
itself. Where Linux tells how long code was ready and others had the processor, that is nobody's
fault and not counted. Printed text is kept (the beginning of it), rich displays are held back, and
figures that the call opened are closed again.

Not here: what is told of a call (`observe`), limits on memory or processes, which need another
process (`annkit.grading.sandbox`).
"""

import io
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from types import FrameType
from typing import Any

from annkit.exercises.calls.undisturbed import must_wait, undisturbed
from annkit.exercises.calls.without_timers import Limit, can_watch, watched

# Seconds that may pass on the clock for each second of processor time.
PATIENCE = 10.0
# The budget of code that has caught an interruption, until the next one.
_AGAIN = 0.1
# The shortest pause between two looks at the clocks.
_TICK = 0.001
# Characters that are kept of what a call prints.
_MAX_PRINTED = 2_000


class Budget:
    """Seconds of processor time, with so many times more on the clock behind them.

    Args:
        seconds: of processor time.
        patience: seconds on the clock for each of them.
        processor: tells the processor time used so far; that of this thread if None, since the
            other threads of a kernel (its own, those of BLAS) are nobody's answer.
    """

    def __init__(
        self, seconds: float, patience: float, processor: Callable[[], float] | None = None
    ) -> None:
        """Start now."""
        self._seconds = seconds
        self._patience = patience
        self._processor = processor or time.thread_time
        # How long other threads have been ready is told to nobody but themselves.
        self._seconds_ready = _nobody_tells if processor else _seconds_ready
        self._processor_start, self._clock_start = self._processor(), time.monotonic()
        self._ready_start: float | None = None

    @property
    def used(self) -> float:
        """Seconds of the budget that are gone, be it by working or by waiting."""
        worked, waited = self._spent()
        return max(worked, waited / self._patience)

    @property
    def left(self) -> float:
        """Seconds before whose end one thread cannot use it up; none, or less, once it is."""
        worked, waited = self._spent()
        return min(self._seconds - worked, self._seconds * self._patience - waited)

    @property
    def is_over(self) -> bool:
        """Whether one thread has used it up; quickly told as long as there was no time for that."""
        return time.monotonic() - self._clock_start >= self._seconds and self.left <= 0

    @property
    def words(self) -> str:
        """What to say of code that has used it up."""
        has_worked = self._spent()[0] >= self._seconds
        seconds = self._seconds * (1 if has_worked else self._patience)
        return f"still running after {seconds:g} seconds"

    def _spent(self) -> tuple[float, float]:
        """Processor time since the start, and time on the clock in which others didn't run.

        The first look is the first to ask for others: most code is through before it, and what
        they took until then is little beside the patience.
        """
        ready = self._seconds_ready()
        if self._ready_start is None:
            self._ready_start = ready
        waited = time.monotonic() - self._clock_start - (ready - self._ready_start)
        return self._processor() - self._processor_start, waited


def _nobody_tells() -> float:
    return 0.0


def _seconds_ready() -> float:
    """How long this thread has been ready while others had the processor; 0 if nobody tells."""
    try:
        with open("/proc/thread-self/schedstat", "rb") as file:
            return int(file.read().split()[1]) / 1e9
    except OSError:
        return 0.0


class Interruption(BaseException):
    """Comes from outside of the code in which it is raised: no handler in there may keep it."""


class OutOfTime(Interruption):
    """Raised inside the code that used up its budget; no `except Exception` catches it."""

    def __str__(self) -> str:
        """What to say of the code; code that caught an interruption may meet one without words."""
        return super().__str__() or "still running when its time was over"


# Nobody who runs code of others may take these for what that code has raised.
INTERRUPTIONS = (Interruption, KeyboardInterrupt)


def _has_timers() -> bool:
    return hasattr(signal, "setitimer") and hasattr(time, "thread_time")


def can_stop() -> bool:
    """Whether a loop that never ends can be stopped here."""
    return _has_timers() or can_watch()


def time_limit(seconds: float, patience: float = PATIENCE) -> Limit:
    """Interrupt the block with `OutOfTime` once it has used up a budget.

    Where the platform has timers (Linux, macOS) and the block runs in the main thread, it is
    interrupted between two bytecodes, again and again until it gives up; for elsewhere see
    `without_timers`. Limits may be nested; the outer one is looked at when the inner one is over.
    """
    if _has_timers() and threading.current_thread() is threading.main_thread():
        return _TimeLimit(seconds, patience)
    processor = getattr(time, "process_time", time.monotonic)
    return watched(lambda some: Budget(some, patience, processor), seconds, OutOfTime)


class _TimeLimit:
    """A limit kept by a timer, whose signal is answered between two bytecodes."""

    _budget: Budget  # of the block, from its beginning

    def __init__(self, seconds: float, patience: float) -> None:
        self._seconds, self._patience = seconds, patience
        self._is_on, self._words = False, ""

    @property
    def has_struck(self) -> bool:
        return bool(self._words)

    @undisturbed
    def __enter__(self) -> None:
        outer = getattr(signal.getsignal(signal.SIGALRM), "__self__", None)
        if isinstance(outer, _TimeLimit) and outer._is_on and outer._budget.is_over:
            # Its timer might never find a moment between many short limits.
            outer._strike()
        self._is_on = True
        self._budget = Budget(self._seconds, self._patience)
        self._previous = signal.signal(signal.SIGALRM, self._look)
        self._delay, self._interval = signal.getitimer(signal.ITIMER_REAL)
        if isinstance(outer, _TimeLimit) and outer._is_on:
            self._delay = self._delay or _TICK  # its alarm has come just now, to this one
        self._start = time.monotonic()  # after that delay was read: it is over no sooner
        # A thread cannot work for longer than the clock goes: to look any sooner would be in vain.
        signal.setitimer(signal.ITIMER_REAL, self._seconds)

    @undisturbed
    def __exit__(self, *reason: object) -> None:
        self._is_on = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._previous)
        if self._delay:
            left = self._delay - (time.monotonic() - self._start)
            signal.setitimer(signal.ITIMER_REAL, max(left, _TICK), self._interval)

    def _look(self, signum: int, frame: FrameType | None) -> None:
        if not self._is_on:
            return
        if must_wait(frame):
            signal.setitimer(signal.ITIMER_REAL, _TICK)
        elif self._budget.left > 0:
            signal.setitimer(signal.ITIMER_REAL, max(self._budget.left, _TICK))
        else:
            self._strike()

    def _strike(self) -> None:
        # On a busy machine code may be struck again before it is through with the first time.
        self._words = self._words or self._budget.words
        self._budget = Budget(_AGAIN, self._patience)
        signal.setitimer(signal.ITIMER_REAL, _AGAIN)
        raise OutOfTime(self._words)


class _Beginning(io.TextIOBase):
    """A text stream that remembers the first characters and counts no more."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        if len(self.text) < _MAX_PRINTED:
            self.text += text[: _MAX_PRINTED - len(self.text)]
        return len(text)

    def writable(self) -> bool:
        return True


class Quiet:
    """A context in which printing and displaying do not reach the notebook."""

    @undisturbed
    def __enter__(self) -> "Quiet":
        """Redirect standard output and error, hold back displays, remember open figures."""
        self._stream = _Beginning()
        self._stack = ExitStack()
        self._stack.enter_context(redirect_stdout(self._stream))
        self._stack.enter_context(redirect_stderr(self._stream))
        self._figures = _open_figures()
        self._shell = _shell()
        if self._shell is not None:
            self._publisher = self._shell.display_pub
            self._shell.display_pub = _Silent()
        return self

    @undisturbed
    def __exit__(self, *reason: object) -> None:
        """Put everything back."""
        if self._shell is not None:
            self._shell.display_pub = self._publisher
        for number in _open_figures() - self._figures:
            sys.modules["matplotlib.pyplot"].close(number)
        self._stack.close()

    @property
    def text(self) -> str:
        """The beginning of what was printed."""
        return self._stream.text


class _Silent:
    """A display publisher that publishes nothing."""

    is_publishing = False

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Drop the display."""

    def clear_output(self, wait: bool = False) -> None:
        """Leave the card alone."""


def _shell() -> Any:
    """The running IPython shell, or None; IPython is never imported for this."""
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()


def _open_figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set() if pyplot is None else set(pyplot.get_fignums())
