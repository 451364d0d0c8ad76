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
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from types import CodeType, FrameType
from typing import Any, Protocol

from annkit.exercises.calls.stack_limit import short_stack

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


# Begins a budget of so many seconds.
Begin = Callable[[float], _Budget]
# Whether code must not be interrupted now; is told a limit's own code.
MustWait = Callable[[FrameType | None, Collection[CodeType]], bool]


def can_watch() -> bool:
    """Whether one of the two ways is there."""
    return _threads_start() or hasattr(sys, "monitoring")


def watched(
    begin: Begin, seconds: float, error: type[BaseException], must_wait: MustWait
) -> AbstractContextManager[None]:
    """Interrupt the block once it has used up a budget, if that can be done.

    Args:
        begin: begins a budget.
        seconds: of the first one.
        error: what is raised, with the budget's words.
        must_wait: tells a thread where it must not be raised.
    """
    if _threads_start():
        return _ByAThread(begin, seconds, error, must_wait)
    if hasattr(sys, "monitoring"):
        return _in_a_browser(begin, seconds, error)
    return nullcontext()


def _threads_start() -> bool:
    try:
        thread = threading.Thread(target=int)
        thread.start()
    except RuntimeError:
        return False
    thread.join()
    return True


class _ByAThread:
    """A limit kept by a second thread, which strikes between two bytecodes of the first one.

    That may be in the midst of a limit's own beginning or end, where an exception would leave a
    thread behind that nobody stops, or in a callback, which swallows it. So it waits until they are
    through.
    """

    def __init__(
        self, begin: Begin, seconds: float, error: type[BaseException], must_wait: MustWait
    ) -> None:
        self._begin, self._seconds, self._error = begin, seconds, error
        self._must_wait = must_wait
        self._is_over, self._lock = threading.Event(), threading.Lock()
        self._words = ""

    def __enter__(self) -> None:
        self._watched = threading.get_ident()
        self._budget = self._begin(self._seconds)
        threading.Thread(target=self._watch, daemon=True).start()

    def __exit__(self, kind: object, raised: BaseException | None, trace: object) -> None:
        try:
            self._end()
        except self._error as late:
            raised = late
        # What is raised from outside is a class without words.
        if isinstance(raised, self._error) and not raised.args:
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
                if self._is_over.is_set() or self._budget.left > 0 or self._is_busy():
                    continue
                self._words = self._words or self._budget.words
                self._budget = self._begin(_AGAIN)
                _raise_in(self._watched, self._error)

    def _is_busy(self) -> bool:
        """Whether the first thread is where nothing may strike it."""
        return self._must_wait(sys._current_frames().get(self._watched), _BEGIN_AND_END)


_BEGIN_AND_END = (_ByAThread.__enter__.__code__, _ByAThread.__exit__.__code__)


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


@contextmanager
def _in_a_browser(begin: Begin, seconds: float, error: type[BaseException]) -> Iterator[None]:
    with short_stack(), _by_events(begin, seconds, error):
        yield


@contextmanager
def _by_events(begin: Begin, seconds: float, error: type[BaseException]) -> Iterator[None]:
    monitoring: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore]
    tool = next((number for number in _TOOLS if monitoring.get_tool(number) is None), None)
    if tool is None:  # two limits around each other hold already
        yield
        return
    budget, count = begin(seconds), 0

    def look(*event: Any) -> None:
        nonlocal budget, count
        count += 1
        if count % _EVERY == 0 and budget.left <= 0:
            words = budget.words
            budget = begin(_AGAIN)
            raise error(words)

    events = (monitoring.events.PY_START, monitoring.events.JUMP)
    monitoring.use_tool_id(tool, "annkit")
    try:
        for event in events:
            monitoring.register_callback(tool, event, look)
        monitoring.set_events(tool, events[0] | events[1])
        yield
    finally:
        monitoring.set_events(tool, 0)
        for event in events:
            monitoring.register_callback(tool, event, None)
        monitoring.free_tool_id(tool)
