"""Code that a time limit lets through before it strikes.

An exception from outside can arrive between any two bytecodes. In the midst of a context's
beginning or end it would leave half of it behind: a timer that nobody stops, a function of `sys`
that nobody puts back, and from then on every answer is said to change what it never touched. In a
callback, whose exceptions go nowhere, it would be lost. Both are soon through.

Not here: the limits (`containment`, `without_timers`); the learner's own interruption, which comes
at once wherever it is.
"""

import gc
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any, TypeVar
from weakref import WeakSet, WeakValueDictionary

Undisturbed = TypeVar("Undisturbed", bound=Callable[..., Any])

# Where the standard library's weak sets and dictionaries are.
_WEAK = {one.__init__.__code__.co_filename for one in (WeakSet, WeakValueDictionary)}

_undisturbed: set[CodeType] = set()


def undisturbed(function: Undisturbed) -> Undisturbed:
    """Mark a function that is interrupted by no limit, nor is what it calls.

    Of a generator this holds while its own code runs; what it yields to has limits as ever.
    """
    _undisturbed.add(function.__code__)
    return function


def must_wait(frame: FrameType | None) -> bool:
    """Whether an exception must not be raised in this frame now.

    It runs undisturbed code or was called by some, or it is a callback that swallows exceptions:
    one of the collector, or one that tells a weak set or dictionary that a thing has gone.
    """
    callbacks = [getattr(one, "__code__", None) for one in gc.callbacks]
    while frame is not None:
        code = frame.f_code
        if code in _undisturbed or code in callbacks or code.co_filename in _WEAK:
            return True
        frame = frame.f_back
    return False
