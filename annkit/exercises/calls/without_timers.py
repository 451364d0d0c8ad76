"""Ending code that never ends where the platform has no timers, or outside the main thread.

Two ways, tried in this order. A second thread watches the budget and has the exception raised in
the first one, between two bytecodes: on Windows, and in a thread of a kernel. Where no thread can
be started, as in a browser, Python tells of every jump backwards and every function that begins
(`sys.monitoring`, from Python 3.12 on), and every so many of these the clock is read. Either stops
a loop in Python; a single call that sleeps or computes for long is waited for. Processor time is
that of the whole process: that of another thread cannot be read everywhere.

Not here: limits with timers, which are tried first (`containment`).
"""

import ctypes
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from typing import Any, Protocol

from annkit.exercises.calls.stack_limit import short_stack
from annkit.exercises.calls.undisturbed import must_wait, undisturbed

# The budget of code that has caught an interruption, until the next one, in seconds.
_AGAIN = 0.1
# The shortest pause between two looks at the clocks.
_TICK = 0.001
_EVERY = 64  # events between two looks at the clock
_TOOLS = (3, 4)  # numbers that `sys.monitoring` leaves to anybody


class _Budget(Protocol):
    """What is left of a budget, and what to say once it is used up."""

    @property
    def left(self) -> float:
        """Seconds."""

    @property
    def words(self) -> str:
        """A sentence."""


class Limit(AbstractContextManager[None], Protocol):
    """A block that is interrupted once a budget is used up."""

    @property
    def has_struck(self) -> bool:
        """Whether it was: what interrupts a block can also be a limit around this one."""


# Begins a budget of so many seconds.
Begin = Callable[[float], _Budget]


def can_watch() -> bool:
    """Whether one of the two ways is there."""
    return _threads_start() or hasattr(sys, "monitoring")


def watched(begin: Begin, seconds: float, error: type[BaseException]) -> Limit:
    """Interrupt the block once it has used up a budget, if that can be done.

    Args:
        begin: begins a budget.
        seconds: of the first one.
        error: what is raised, with the budget's words.
    """
    if _threads_start():
        return _ByAThread(begin, seconds, error)
    if hasattr(sys, "monitoring"):
        return _ByEvents(begin, seconds, error)
    return _NoLimit()


class _NoLimit(nullcontext[None]):
    """Where nothing can interrupt the block."""

    has_struck = False


@undisturbed  # whoever waits for a thread that was struck in its beginning waits for ever
def _threads_start() -> bool:
    try:
        thread = threading.Thread(target=int)
        thread.start()
    except RuntimeError:
        return False
    thread.join()
    return True


class _ByAThread:
    """A limit kept by a second thread, which strikes between two bytecodes of the first one."""

    def __init__(self, begin: Begin, seconds: float, error: type[BaseException]) -> None:
        self._begin, self._seconds, self._error = begin, seconds, error
        self._is_over, self._lock = threading.Event(), threading.Lock()
        self._words = ""

    @property
    def has_struck(self) -> bool:
        return bool(self._words)

    @undisturbed
    def __enter__(self) -> None:
        self._outer: _ByAThread | None = getattr(_here, "limit", None)
        if self._outer is not None and self._outer._has_come_to_strike():
            # Its thread might never find a moment between many short limits.
            raise self._error(self._outer._words)
        self._watched = threading.get_ident()
        self._budget = self._begin(self._seconds)
        threading.Thread(target=self._watch, daemon=True).start()
        _here.limit = self

    @undisturbed
    def __exit__(self, kind: object, raised: BaseException | None, trace: object) -> None:
        _here.limit = self._outer
        try:
            self._end()
        except self._error as late:
            raised = late
        # What is raised from outside is a class without words; it may be of a limit around this.
        if self._words and isinstance(raised, self._error) and not raised.args:
            raise self._error(self._words) from None

    def _end(self) -> None:
        """Have nothing raised any more, also if something arrives just now."""
        try:
            with self._lock:
                self._is_over.set()
            if self._words:
                _catch_last(self._watched, self._error)
        except self._error:
            self._end()
            raise

    def _watch(self) -> None:
        while not self._is_over.wait(max(self._budget.left, _TICK)):
            with self._lock:
                is_busy = must_wait(sys._current_frames().get(self._watched))
                if not self._is_over.is_set() and not is_busy and self._has_come_to_strike():
                    _raise_in(self._watched, self._error)

    def _has_come_to_strike(self) -> bool:
        """Whether the budget is used up; then another, short one begins."""
        if self._budget.left > 0:
            return False
        self._words = self._words or self._budget.words
        self._budget = self._begin(_AGAIN)
        return True


# The innermost limit of each thread.
_here = threading.local()


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Have an exception raised in a thread at its next bytecode."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


def _catch_last(thread: int, error: type[BaseException]) -> None:
    """See to it that no exception is under way to this thread.

    One that may not have arrived gives way to another, which does arrive. Python can also take one
    back, but then looks for it for ever: a call that is traced would never begin (Python 3.11).
    """
    with suppress(error):
        _raise_in(thread, error)
        while True:
            pass


class _ByEvents:
    """A limit kept by Python itself, which tells of jumps and beginnings in the block."""

    has_struck = False

    def __init__(self, begin: Begin, seconds: float, error: type[BaseException]) -> None:
        self._begin, self._seconds, self._error = begin, seconds, error
        self._count = 0
        self._stack = ExitStack()

    @undisturbed
    def __enter__(self) -> None:
        self._stack.enter_context(short_stack())
        self._monitoring: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore]
        get_tool = self._monitoring.get_tool
        tool = next((number for number in _TOOLS if get_tool(number) is None), None)
        if tool is None:  # two limits around each other hold already
            return
        self._budget = self._begin(self._seconds)
        self._monitoring.use_tool_id(tool, "annkit")
        self._stack.callback(self._forget, tool)
        events = self._monitoring.events
        for event in (events.PY_START, events.JUMP):
            self._monitoring.register_callback(tool, event, self._look)
        self._monitoring.set_events(tool, events.PY_START | events.JUMP)

    @undisturbed
    def __exit__(self, *reason: object) -> None:
        self._stack.close()

    def _forget(self, tool: int) -> None:
        self._monitoring.set_events(tool, 0)
        for event in (self._monitoring.events.PY_START, self._monitoring.events.JUMP):
            self._monitoring.register_callback(tool, event, None)
        self._monitoring.free_tool_id(tool)

    def _look(self, *event: Any) -> None:
        self._count += 1
        if self._count % _EVERY or self._budget.left > 0:
            return
        if must_wait(sys._getframe(1)):
            self._count = -1  # look at the next one: every so many could be just such a moment
            return
        self.has_struck = True
        words = self._budget.words
        self._budget = self._begin(_AGAIN)
        raise self._error(words)
