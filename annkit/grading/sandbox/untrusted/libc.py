"""The few system calls Python has no function for, by ctypes.

Not here: what they are good for (`landlock`, `seccomp`, `namespaces`).
"""

import ctypes
import os
import platform
from typing import Any

_libc = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38


def call(name: str, *args: Any) -> int:
    """Call a function of the C library that returns -1 on failure.

    Raises:
        OSError: with the call's name.
    """
    result = int(getattr(_libc, name)(*args))
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
    return result


def prctl(option: int, *values: Any) -> int:
    """Call prctl; missing values are 0."""
    padded = [*values, 0, 0, 0, 0][:4]
    return call("prctl", option, *(v if hasattr(v, "_obj") else ctypes.c_ulong(v) for v in padded))


def exit_at(number: int) -> None:
    """Have a signal end this process at once, with the signal's number as its exit status.

    By default the kernel spares the first process of a namespace; and Python's own handlers wait
    until what is computed in C has come to its end.
    """
    _libc.signal(number, _libc._exit)


def processor_clock(pid: int) -> int:
    """The clock that tells, by `time.clock_gettime`, how long a process has worked in all.

    Raises:
        OSError: there is no such process.
    """
    clock = ctypes.c_int()
    code = _libc.clock_getcpuclockid(pid, ctypes.byref(clock))
    if code:
        raise OSError(code, f"clock_getcpuclockid: {os.strerror(code)}")
    return clock.value


def is_linux() -> bool:
    """Whether any of this can exist here."""
    return platform.system() == "Linux"
