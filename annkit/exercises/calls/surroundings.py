"""The process that an answer runs in: handed back as it was, and heard where it is silenced.

`only_new_objects_collected`: a chain of ten thousand nodes is enough for Python's garbage
collector to look through everything that the process holds, and beside NumPy, SymPy and a notebook
that takes longer than most checks. Meanwhile it looks through the new ones only.

`Borrowed`: what a call changes for everybody is undone after it and said: the recursion limit,
the state of the global random generators, environment variables, the working directory. Two of
these are also the same for every call, so that no verdict depends on the session around it. Each
call has as many frames for recursion as a fresh program, and `sys.setrecursionlimit` is noted but
changes nothing: deep recursion ends as an error that a card explains, never as a crash of the
kernel. (Whoever took that function from `sys` beforehand does change the limit, for one call;
that is noted, too.) Once an answer has drawn from the global random generators they are seeded
anew for every call, each time differently: such an answer is seen to vary, as it would be if
nothing were put back.

`numpy_as_it_comes`: whoever has NumPy raise its errors, in a notebook or in a file of exercises,
means their own code. A check that asks `exp` for more than there is means what NumPy does by
itself.

`Hearing`: NumPy tells of an overflow, a division by 0 or an invalid value by a warning. An answer
can hide that, by `np.errstate`, `np.seterr` or a filter of `warnings`, and nothing is more stable
for it. So while a call runs, NumPy does not warn by itself but tells a `Hearing`, which gives the
warning in its place and sees whether it arrives; and where the answer's own code asks NumPy to
ignore such errors, NumPy tells of them all the same, to be written down as hidden. Results are
the same either way. What libraries ignore inside themselves is their business: a right
`logsumexp` does. `errstate` and `seterr` both look up `_make_extobj` when they are used, so it
does not matter how or when an answer got hold of them.

Not here: time and printing (`containment`); errors that Python raises and all hear.
"""

import gc
import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from types import FrameType, TracebackType
from typing import Any

import numpy as np
from numpy._core import _ufunc_config as _config

from annkit.exercises.calls.own_code import is_own
from annkit.exercises.calls.undisturbed import undisturbed

# Frames that a fresh program has.
_FRAMES = 1000
MAX_HEARD = 20
MAX_WORDS = 400
_NEVER = 2**30  # collections of younger objects before one of all
_KINDS = ("divide", "over", "invalid")
# Of these NumPy's user reads nothing; "log" is how a Hearing is told.
_SILENT = ("ignore", "call", "print")

_seeds = count(1)
# Python's own, whoever else has put a function in its place.
_set_limit = sys.setrecursionlimit
_ufunc_config: Any = _config  # private, and so without types


@contextmanager
@undisturbed
def only_new_objects_collected() -> Iterator[None]:
    """A context in which the garbage collector leaves out what has been there for a while."""
    youngest, young, old = gc.get_threshold()
    gc.set_threshold(youngest, young, _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(youngest, young, old)


def numpy_as_it_comes() -> np.errstate:
    """A context, or decorator, in which NumPy warns and raises as it does by itself."""
    return np.errstate(divide="warn", over="warn", under="ignore", invalid="warn")


class _Shared:
    """A random generator that all code of the process shares.

    What a call draws is given back, and a state is only compared as long as nobody draws.
    """

    def __init__(
        self,
        state: Callable[[], Any],
        restore: Callable[[Any], None],
        seed: Callable[[int], None],
    ) -> None:
        """The functions that ask for the state, set it, and start anew."""
        self.state, self._restore, self._seed = state, restore, seed
        self._is_drawn = False
        self._prepared: Any = None

    def prepare(self) -> None:
        """Before a call: another start than that of the last one, if such calls draw."""
        self._prepared = None
        if self._is_drawn:
            self._seed(next(_seeds))
            self._prepared = self.state()

    def put_back(self, before: Any) -> bool:
        """After a call: set the state from before it; whether the call drew."""
        now, start = self.state(), before if self._prepared is None else self._prepared
        has_drawn = not _same_state(now, start)
        self._is_drawn = self._is_drawn or has_drawn
        if has_drawn or self._prepared is not None:
            self._restore(before)
        return has_drawn


def _same_state(one: Any, other: Any) -> bool:
    if len(one) == 3:  # that of `random` is made of numbers only
        return bool(one == other)
    return bool(one[2:] == other[2:] and np.array_equal(one[1], other[1]))


_SHARED = {
    "random": _Shared(random.getstate, random.setstate, random.seed),
    "np.random": _Shared(np.random.get_state, np.random.set_state, np.random.seed),
}


def shared_generators() -> str:
    """The state of the random generators that all code shares."""
    return repr([shared.state() for shared in _SHARED.values()])


class Borrowed:
    """A context after which the process is as it was before.

    Attributes:
        changed: what the code inside changed: "recursion limit", "random", "np.random",
            "environment", "folder".
    """

    def __init__(self) -> None:
        """Nothing is changed yet."""
        self.changed: list[str] = []

    @undisturbed
    def __enter__(self) -> "Borrowed":
        """Note everything, and set what is the same for every call."""
        self._limit, self._function = sys.getrecursionlimit(), sys.setrecursionlimit
        self._given_limit = _depth() + _FRAMES
        _set_limit(self._given_limit)
        sys.setrecursionlimit = self._note_limit
        self._environment = _environment()
        self._folder = _folder()
        self._drawn = {name: shared.state() for name, shared in _SHARED.items()}
        for shared in _SHARED.values():
            shared.prepare()
        return self

    @undisturbed
    def __exit__(self, *reason: object) -> None:
        """Put everything back."""
        sys.setrecursionlimit = self._function
        if sys.getrecursionlimit() != self._given_limit:
            self.changed.append("recursion limit")
        _set_limit(self._limit)
        for name, shared in _SHARED.items():
            if shared.put_back(self._drawn[name]):
                self.changed.append(name)
        if _environment() != self._environment:
            self.changed.append("environment")
            os.environ.clear()
            for name, text in self._environment.items():
                os.environ[os.fsdecode(name)] = os.fsdecode(text)
        if self._folder and _folder() != self._folder:
            self.changed.append("folder")
            os.chdir(self._folder)

    def _note_limit(self, limit: int, /) -> None:
        if limit > self._given_limit and "recursion limit" not in self.changed:
            self.changed.append("recursion limit")


def _depth() -> int:
    frame: FrameType | None = sys._getframe()
    depth = 0
    while frame is not None:
        frame, depth = frame.f_back, depth + 1
    return depth


def _folder() -> str:
    """The working directory; empty if it has been removed."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def _environment() -> dict[Any, Any]:
    """The environment variables; without decoding them, where that is possible."""
    return dict(getattr(os.environ, "_data", os.environ))


class Hearing:
    """A context in which numeric errors are heard.

    Attributes:
        warnings: (category, message) of the warnings given, filled in on leaving.
        hidden: what NumPy met and the answer kept from being told.
        changed: "error state" and "filters" if the answer left them changed; both are as before
            after leaving.
    """

    def __init__(self) -> None:
        """Nothing is heard yet."""
        self.warnings: list[tuple[str, str]] = []
        self.hidden: list[str] = []
        self.changed: list[str] = []

    @undisturbed
    def __enter__(self) -> "Hearing":
        """Listen; what the learner's session has silenced is heard again."""
        self._recording = warnings.catch_warnings(record=True)
        self._caught: Any = self._recording.__enter__()
        warnings.simplefilter("always")
        self._filters, self._modules = list(warnings.filters), len(sys.modules)
        self._told = np.errstate(divide="log", over="log", invalid="log", call=self)
        self._told.__enter__()
        self._make = _ufunc_config._make_extobj
        _ufunc_config._make_extobj = self._state_of
        self._asked = np.geterr()
        return self

    @undisturbed
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put everything back as it was."""
        if np.geterr() != self._asked:
            self.changed.append("error state")
        # A library that is imported meanwhile (SciPy, by `lambdify`) may set filters of its own.
        if list(warnings.filters) != self._filters and len(sys.modules) == self._modules:
            self.changed.append("filters")
        _ufunc_config._make_extobj = self._make
        self._told.__exit__(kind, error, trace)
        self._recording.__exit__(kind, error, trace)
        self.warnings = [
            (one.category.__name__, str(one.message)[:MAX_WORDS])
            for one in self._caught[:MAX_HEARD]
        ]

    def write(self, text: str) -> None:
        """NumPy tells of an error that nobody silenced in NumPy: give the warning."""
        message = text.removeprefix("Warning: ").strip()
        before = len(self._caught)
        warnings.warn(message, RuntimeWarning, stacklevel=2)
        if len(self._caught) == before:
            self._hide(message)

    def __call__(self, kind: str, flag: int) -> None:
        """NumPy tells of an error that the answer asked it to ignore."""
        self._hide(f"{kind} encountered")

    def _hide(self, message: str) -> None:
        if len(self.hidden) < MAX_HEARD:
            self.hidden.append(message[:MAX_WORDS])

    def _state_of(self, **asked: Any) -> Any:
        """Make an error state, as `errstate` and `seterr` want one."""
        if is_own(_user_of_the_state(sys._getframe(1))):
            everything = asked.pop("all", None)
            for kind in _KINDS:
                mode = asked.get(kind) or everything
                if mode:
                    asked[kind] = "call" if mode in _SILENT else mode
            if everything and not asked.get("under"):
                asked["under"] = everything if everything in ("warn", "raise") else "ignore"
            asked.pop("call", None)
        elif "call" in asked:
            # Somebody else is to be called now, and does not know how to listen in our place.
            now = dict(np.geterr())
            for kind in _KINDS:
                if not (asked.get(kind) or asked.get("all")):
                    mode = str(now[kind])
                    asked[kind] = {"log": "warn", "call": "ignore"}.get(mode, mode)
        return self._make(**asked)


def _user_of_the_state(frame: FrameType) -> str:
    """The file of the code that uses `errstate` (in `with` or as a decorator) or `seterr`."""
    decorated = getattr(frame.f_locals.get("func"), "__code__", None)
    if decorated is not None:
        return str(decorated.co_filename)
    return frame.f_back.f_code.co_filename if frame.f_back is not None else ""
