"""Calling an answer and writing down everything about the call.

This is the part that runs next to the learner's object: in the notebook, or in another process.
It takes a request and gives a reply, both JSON-able. Besides the value it reports, at no cost to
whoever wrote the check: the exception and its line, arguments changed by the call or by any call
that a probe makes, memory shared with them, warnings, those that were hidden, what of the process
was changed, printed text and the time.

Not here: what the reply means (`answer`, `tasks.expect`, `judge`).
"""

import inspect
import linecache
import time
import traceback
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np

from annkit.exercises.calls.containment import PATIENCE, OutOfTime, Quiet, time_limit
from annkit.exercises.calls.own_code import is_own
from annkit.exercises.calls.probe import compile_probe
from annkit.exercises.calls.surroundings import Borrowed, Hearing
from annkit.exercises.calls.wire import Rng, decode, describe_type, encode

MAX_MESSAGE = 400
# What no call can change, and generators, which are meant to be used up.
_NOT_LOOKED_AT = (int, float, bool, complex, str, type(None), np.random.Generator)

_compiled = lru_cache(maxsize=256)(compile_probe)


def observe(target: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Answer one request about the learner's object.

    Args:
        target: what the learner handed in.
        request: `{"kind": "describe"}`, `{"kind": "value"}`, or `{"kind": "call" or "probe",
            "args": encoded tuple, "kwargs": encoded dict, "seconds": budget}`, a probe with
            `"source"` and `"name"`; "patience" if it is not the usual one.

    Returns:
        a reply: for a description `{"callable", "none", "type", "plain"}`; else a dictionary
        with "value" (encoded), "error", "mutated", "shares_memory", "warnings", "hidden",
        "changed", "printed", "seconds".
    """
    if request["kind"] == "describe":
        return {
            "callable": callable(target),
            "none": target is None,
            "type": describe_type(target),
            "plain": encode(target),
        }
    if request["kind"] == "value":
        return _reply(value=encode(target))
    args, kwargs = _arguments(request["args"]), _arguments(request["kwargs"])
    if request["kind"] == "probe":
        function = _compiled(request["source"], request["name"])
        given = target if isinstance(target, type) or not callable(target) else Watched(target)
        return _call(function, target, (given, *args), kwargs, request)
    mismatch = _signature_mismatch(target, args, kwargs)
    if mismatch:
        return _reply(error=["TypeError", mismatch, 0, "", ""])
    return _call(target, target, args, kwargs, request)


def _arguments(encoded: Any) -> Any:
    """Decode arguments; every `Rng` becomes a fresh generator."""
    decoded = decode(encoded)
    if isinstance(decoded, dict):
        return {name: with_generator(value) for name, value in decoded.items()}
    return tuple(with_generator(value) for value in decoded)


def with_generator(value: Any) -> Any:
    """The value as an answer gets it: a fresh generator in the place of its seed."""
    return np.random.default_rng(value.seed) if isinstance(value, Rng) else value


def _call(
    function: Callable[..., Any],
    target: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    request: dict[str, Any],
) -> dict[str, Any]:
    value: Any = None
    error = None
    start = time.perf_counter()
    limit = time_limit(request["seconds"], request.get("patience", PATIENCE))
    with Borrowed() as borrowed, Hearing() as heard, Quiet() as quiet:
        try:
            with limit:
                value = encode_result = function(*args, **kwargs)
                value = encode(encode_result)
                shares = _shares_memory(encode_result, args, kwargs)
        except OutOfTime as over:
            if not limit.has_struck:  # then it is one around this call, whose time is not its own
                raise
            error = ["OutOfTime", _message(over), 0, "", ""]
        except KeyboardInterrupt:
            raise
        except BaseException as raised:
            error = _describe_error(raised, target)
    seconds = time.perf_counter() - start
    return _reply(
        value=None if error else value,
        error=error,
        mutated=_mutated(request, args, kwargs, function),
        shares_memory=not error and shares,
        warnings=[list(one) for one in heard.warnings],
        hidden=heard.hidden,
        changed=[*borrowed.changed, *heard.changed],
        printed=quiet.text,
        seconds=seconds,
    )


def _reply(
    value: Any = None,
    error: list[Any] | None = None,
    mutated: list[str] | None = None,
    shares_memory: bool = False,
    warnings: list[list[str]] | None = None,
    hidden: list[str] | None = None,
    changed: list[str] | None = None,
    printed: str = "",
    seconds: float = 0.0,
) -> dict[str, Any]:
    return {
        "value": value,
        "error": error,
        "mutated": mutated or [],
        "shares_memory": shares_memory,
        "warnings": warnings or [],
        "hidden": hidden or [],
        "changed": changed or [],
        "printed": printed,
        "seconds": seconds,
    }


def _signature_mismatch(target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Say how the call does not fit the function's parameters; empty if it does."""
    try:
        signature = inspect.signature(target)
    except (TypeError, ValueError):
        return ""
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        name = getattr(target, "__name__", "answer")
        given = [f"{len(args)} argument{'s' if len(args) != 1 else ''}"] if args else []
        given += [f"{key}=…" for key in kwargs]
        called = " and ".join(given) or "no arguments"
        return f"yours is {name}{signature}, but it is called with {called}: {error}"
    return ""


def _describe_error(raised: BaseException, target: Any) -> list[Any]:
    """What was raised, and where in the learner's code.

    Returns:
        [type, message, line number, source line, function]: lines are counted in the answer's own
        cell or file; or in another function of the learner's, which then is named.
    """
    kind, message = type(raised).__name__, _message(raised)
    codes = _codes_of(target)
    own = {code.co_filename for code in codes}
    frames = [
        (frame.f_code, line)
        for frame, line in traceback.walk_tb(raised.__traceback__)
        if frame.f_code.co_filename in own or is_own(frame.f_code.co_filename)
    ]
    if not frames:
        return [kind, message, 0, "", ""]
    # `tuple(inputs)` in a constructor fails for what was handed to it, a line further out.
    is_handed = frames[-1][0].co_name == "__init__" and "not iterable" in message
    code, line = frames[-2 if is_handed and len(frames) > 1 else -1]
    text = linecache.getline(code.co_filename, line).strip()[:200]
    if code.co_name.startswith("<") or any(code in _within(one) for one in codes):
        return [kind, message, line, text, ""]
    return [kind, message, line - code.co_firstlineno + 1, text, code.co_name]


def _message(raised: BaseException) -> str:
    """The beginning of an exception's text; empty if it has none that can be had."""
    try:
        return str(raised)[:MAX_MESSAGE]
    except Exception:
        return ""


def _codes_of(target: Any) -> list[CodeType]:
    """The code of a function, or of a class's own methods."""
    functions = [target, *vars(target).values()] if isinstance(target, type) else [target]
    codes = (
        getattr(inspect.unwrap(function), "__code__", None)
        for function in functions
        if callable(function)
    )
    return [code for code in codes if isinstance(code, CodeType)]


def _within(code: CodeType) -> list[CodeType]:
    """A function's code and that of the functions inside it."""
    inner = [one for one in code.co_consts if isinstance(one, CodeType)]
    return [code, *(deeper for one in inner for deeper in _within(one))]


def _mutated(
    request: dict[str, Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    function: Callable[..., Any],
) -> list[str]:
    """Names of the arguments that differ from what was sent, or from what a probe handed on."""
    changed: list[str] = []
    seen: set[int] = set()
    is_probe = request["kind"] == "probe"
    if is_probe:
        first, args = args[0], args[1:]
        if isinstance(first, Watched):
            changed, seen = first.finish(), {id(arg) for arg in first.seen}
    sent_args, sent_kwargs = request["args"]["tuple"], request["kwargs"]["dict"]
    places = [
        place
        for place, (sent, arg) in enumerate(zip(sent_args, args, strict=True))
        if id(arg) not in seen and differs(sent, arg)
    ]
    # Asking for names takes longer than all the rest, and nearly nobody changes anything.
    names = _parameter_names(function)[is_probe:] if places else []
    changed += [_name_at(names, place) for place in places]
    return changed + [name for name, sent in sent_kwargs if differs(sent, kwargs[name])]


def _shares_memory(value: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    results = value if isinstance(value, tuple | list) else (value,)
    given = [arg for arg in (*args, *kwargs.values()) if type(arg) is np.ndarray]
    return any(
        # Handing back the very argument is a choice; a view of it is easily overlooked.
        type(result) is np.ndarray and result is not arg and np.may_share_memory(result, arg)
        for result in results[:20]
        for arg in given
    )


class Watched:
    """Stands for a learner's function in a probe, which builds arguments of its own.

    What was sent to the probe does not tell whether those were changed, so the stand-in compares
    every argument with what it was before the call. Asked for something else, it answers as the
    function does. A class is handed over as it is: its methods are given numbers and nodes, which
    no call changes.

    Attributes:
        changed: names of the parameters whose argument a call changed, in order, once each.
        seen: what was looked at, of all calls, kept alive, so that no other object has its `id`.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        """No call is made yet."""
        self.changed: list[str] = []
        self.seen: list[Any] = []
        self._function, self._names = function, _parameter_names(function)
        self._open: list[list[tuple[int | str, Any, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        """Whatever else is asked is asked of the function."""
        return getattr(self._function, name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function, and compare its arguments afterwards."""
        given: list[tuple[int | str, Any]] = [*enumerate(args), *kwargs.items()]
        watched = [one for one in given if type(one[1]) not in _NOT_LOOKED_AT]
        before = [(place, arg, encode(arg)) for place, arg in watched]
        self.seen += [arg for _, arg in watched]
        # A generator works after its call: it is looked at again at the end.
        self._open.append(before)
        result = self._function(*args, **kwargs)
        self._look(before)
        if not isinstance(result, Iterator):
            self._open = [one for one in self._open if one is not before]
        return result

    def finish(self) -> list[str]:
        """Look at the calls that were not over, and return the names of what was changed."""
        for before in self._open:
            self._look(before)
        return self.changed

    def _look(self, before: list[tuple[int | str, Any, Any]]) -> None:
        for place, arg, sent in before:
            name = place if isinstance(place, str) else _name_at(self._names, place)
            if name not in self.changed and differs(sent, arg):
                self.changed.append(name)


def differs(sent: Any, now: Any) -> bool:
    """Whether an argument is no longer what it was when encoded."""
    # A generator is meant to be used up; everything else must be as it was.
    if isinstance(now, np.random.Generator):
        return False
    after = encode(now)
    return after != sent and not _both_nan(after, sent)


def _both_nan(a: Any, b: Any) -> bool:
    return isinstance(a, float) and isinstance(b, float) and a != a and b != b


def _parameter_names(function: Callable[..., Any]) -> list[str]:
    """Names of a function's parameters in order; none if they are not to be had."""
    try:
        return list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return []


def _name_at(names: list[str], place: int) -> str:
    """The name of the argument at a place, counted from 0."""
    return names[place] if place < len(names) else f"argument {place + 1}"
