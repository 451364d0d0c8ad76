"""Calling a function with one thing after another in a process of its own.

What ends that process, never ends in it, or goes on there behind the caller's back, costs the thing
that it came from: a fresh process goes on with the next one.

Not here: workers that judge (`pool`), submissions, which nobody trusts (`sandbox`).
"""

import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeVar

from annkit.exercises.calls.containment import PATIENCE
from annkit.grading.sandbox.untrusted.libc import PR_SET_PDEATHSIG, is_linux, prctl

# On the clock, for a process to start on a machine that is very busy.
_START_SECONDS = 240.0
# A fork of a process that has threads is not safe.
_spawn = multiprocessing.get_context("spawn")

Thing = TypeVar("Thing")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Ended:
    """There is no result.

    Attributes:
        words: what happened in place of one.
    """

    words: str


def each_elsewhere(
    function: Callable[[Thing], Result], things: Sequence[Thing], seconds: float
) -> Iterator[Result | Ended]:
    """What a function gives for each thing, or how its process ended at it.

    Args:
        function: of a module, since it travels, as things and results do.
        things: in order.
        seconds: of processor time that it may take for each.

    Raises:
        OSError: no process starts here.
    """
    left = list(things)
    while left:
        ours, theirs = _spawn.Pipe(duplex=False)
        words = (theirs, function, tuple(left), seconds)
        process = _spawn.Process(target=_serve, args=words, daemon=True)
        process.start()
        assert process.pid is not None
        theirs.close()
        result: Result | Ended | None = None
        try:
            _expect_begun(ours, process)
            while left and not isinstance(result, Ended):
                if not ours.poll(seconds * PATIENCE):
                    result = Ended("no end")
                else:
                    try:
                        result = ours.recv()
                    except (EOFError, OSError):
                        process.join()
                        result = Ended(how_it_ended(process.exitcode))
                left.pop(0)
                yield result
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)  # with all that it has started
            process.kill()
            process.join()
            ours.close()


def _expect_begun(pipe: Connection, process: BaseProcess) -> None:
    """Make sure that what happens from here on is the function's doing.

    Raises:
        OSError: no process starts here.
    """
    try:
        has_begun = pipe.poll(_START_SECONDS) and pipe.recv()
    except (EOFError, OSError):
        has_begun = False
    if not has_begun:
        raise OSError("no process starts in which files could be tried; is there enough memory?")


def how_it_ended(status: int | None) -> str:
    """How a process ended that was to go on, in words.

    Args:
        status: its exit code, or minus the number of a signal.
    """
    if status is None or status >= 0:
        return f"ends the program, with status {status}"
    if -status == signal.SIGXCPU:
        return "no end"
    return f"the program was ended by {signal.Signals(-status).name}"


def _serve(
    pipe: Connection,
    function: Callable[[Thing], Result],
    things: Sequence[Thing],
    seconds: float,
) -> None:
    """The life of the process: nobody but its caller interrupts it, what it prints is no result."""
    os.setsid()
    if is_linux():
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    with suppress(OSError):
        os.dup2(2, 1)
    own = os.getpid()
    pipe.send(True)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    for thing in things:
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 1, most))
        result: Result | Ended = function(thing)
        if os.getpid() != own:
            os._exit(0)  # a copy of this process
        if going_on := _still_going_on():
            result = Ended(going_on)
        pipe.send(result)
        if going_on:
            os._exit(0)


def _still_going_on() -> str:
    """What a function has left behind that goes on by itself; "" if nothing."""
    others = [one.name for one in threading.enumerate() if one is not threading.current_thread()]
    if others:
        return f"leaves a thread running ({others[0]})"
    timers = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)
    if any(signal.getitimer(timer)[0] for timer in timers):
        return "leaves a timer running"
    with suppress(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
        return "leaves a process running"
    return ""
