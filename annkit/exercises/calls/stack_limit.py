"""Ending code that nests too deep in a browser, where Python's own limit comes too late.

A call that goes through C, as every operator of a class does, takes room on a stack. Python watches
it, raises `RecursionError` in time, and frees a long chain of objects one after the other. In a
browser there is a second stack, of WebAssembly, which Python cannot see and which is full first.
Then all ends: the kernel no longer answers, and its variables are gone. So Python is told that its
own stack is shorter.

The second stack of Pyodide 314 in V8 is full after 224 to 291 calls through C, which are 109 kB or
more of Python's, and in the midst of freeing some thousand objects, from 40 kB on. Importing a
large package needs about as much: this is for a call of an answer, not for a whole cell. A longer
stack for cells would not help: with 96 kB, long chains still end the kernel. A ufunc that calls
itself does so with 64 kB as well: it takes 19 kB at a time, and steps over the 8 kB in which Python
raises its error, to where Python gives up itself. Such a cell needs a new kernel.

Not here: a function in Python that calls itself, which takes no room on either; endless loops
(`without_timers`).
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# Bytes. Python raises its error 16 kB before the end, and frees no deeper from 32 kB before it on.
_SIZE = 64 * 1024
_PROTECT = "PyUnstable_ThreadState_SetStackProtection"  # new in Python 3.14
_RESET = "PyUnstable_ThreadState_ResetStackProtection"

_is_on = False


@contextmanager
def short_stack() -> Iterator[None]:
    """Raise `RecursionError` in the block before a browser's stack is full; else do nothing."""
    global _is_on
    if _is_on or not _is_needed():
        yield
        return
    address, python = ctypes.c_void_p, ctypes.pythonapi
    thread = ctypes.PYFUNCTYPE(address)(("PyThreadState_Get", python))()
    top = ctypes.PYFUNCTYPE(ctypes.c_size_t)(("emscripten_stack_get_base", python))()
    protect = ctypes.PYFUNCTYPE(ctypes.c_int, address, address, ctypes.c_size_t)
    reset = ctypes.PYFUNCTYPE(None, address)
    _is_on = True
    try:
        protect((_PROTECT, python))(thread, top - _SIZE, _SIZE)
        yield
    finally:
        reset((_RESET, python))(thread)
        _is_on = False


def _is_needed() -> bool:
    return sys.platform == "emscripten" and hasattr(ctypes.pythonapi, _PROTECT)
