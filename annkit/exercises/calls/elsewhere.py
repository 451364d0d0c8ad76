"""Calling a function with one thing after another in a process of its own.

What ends that process, never ends in it, or goes on there behind the caller's back, costs the thing
that it came from: a fresh process goes on with the next one. A teacher's own exercises are loaded
and tried so.

Not here: workers that judge (`annkit.grading.pool`), submissions, which nobody trusts
(`annkit.grading.sandbox`).
"""

import math
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeVar

from annkit.exercises.calls.containment import PATIENCE

# What is said of what was still running when its time was over.
NO_END = "no end"
# With this status a process ends that has lost what every program has open; and what is said of it.
LOST = 74
_LOST_WORDS = "closes standard input, output or error"
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
                    result = Ended(NO_END)
                else:
                    try:
                        result = ours.recv()
                    except (EOFError, OSError):
                        process.join()
                        result = Ended(how_it_ended(process.exitcode))
                left.pop(0)
                yield result
        finally:
            if hasattr(os, "killpg"):
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
    if status == LOST:
        return _LOST_WORDS
    if status is None or status >= 0:
        return f"ends the program, with status {status}"
    number = signal.Signals(-status)
    return NO_END if number.name == "SIGXCPU" else f"the program was ended by {number.name}"


def work_at_most(seconds: float) -> None:
    """Have the kernel end this process once it has worked for so long from now on.

    No code in it can keep that off by mistake, as it could a timer.

    Args:
        seconds: of processor time; infinity takes the limit away.
    """
    if sys.platform == "win32":
        return  # it is waited for by the clock
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    end = most
    if seconds < math.inf:
        end = int(time.process_time() + seconds) + 1
        end = end if most == resource.RLIM_INFINITY else min(end, most)
    resource.setrlimit(resource.RLIMIT_CPU, (end, most))


def standard_files() -> list[tuple[int, int] | None]:
    """What standard input, output and error are, to see whether they stay: device and number."""
    found: list[tuple[int, int] | None] = []
    for descriptor in range(3):
        try:
            status = os.fstat(descriptor)
            found.append((status.st_dev, status.st_ino))
        except OSError:
            found.append(None)
    return found


def refuse_copies() -> None:
    """Have nothing fork this process from now on: a copy would do its work a second time."""

    def refused(event: str, args: object) -> None:
        if event in ("os.fork", "os.forkpty"):
            raise RuntimeError("exercises and their checks fork nothing")

    sys.addaudithook(refused)


def _serve(
    pipe: Connection,
    function: Callable[[Thing], Result],
    things: Sequence[Thing],
    seconds: float,
) -> None:
    """The life of the process: nobody but its caller interrupts it, what it prints is no result."""
    if hasattr(os, "setsid"):
        os.setsid()
    threading.Thread(target=_end_with_the_caller, name="caller", daemon=True).start()
    with suppress(OSError):
        os.dup2(2, 1)
    refuse_copies()
    threads, files = set(threading.enumerate()), standard_files()
    pipe.send(True)
    for thing in things:
        work_at_most(seconds)
        result = function(thing)
        harm = _still_going_on(threads) or (_LOST_WORDS if standard_files() != files else "")
        pipe.send(Ended(harm) if harm else result)
        if harm:
            os._exit(0)


def _end_with_the_caller() -> None:
    """End this process when its caller has ended, however that was."""
    if (caller := multiprocessing.parent_process()) is not None:
        caller.join()
        os._exit(0)


def _still_going_on(threads: set[threading.Thread]) -> str:
    """What a function has left behind that goes on by itself; "" if nothing.

    Args:
        threads: those from before.
    """
    if others := [one.name for one in threading.enumerate() if one not in threads]:
        return f"leaves a thread running ({others[0]})"
    if hasattr(signal, "getitimer"):
        timers = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)
        if any(signal.getitimer(timer)[0] for timer in timers):
            return "leaves a timer running"
    if hasattr(os, "WNOHANG"):
        with suppress(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)
            return "leaves a process running"
    return ""
