"""Calling an answer and writing down everything about the call.

This is the part that runs next to the learner's object: in the notebook, or in another process.
It takes a request and gives a reply, both JSON-able. Besides the value it reports, at no cost to
whoever wrote the check: the exception and its line, arguments changed by the call, memory shared
with them, warnings, printed text and the time.

Not here: what the reply means (`answer`, `tasks.expect`, `judge`).
"""

import inspect
import linecache
import time
import traceback
import warnings
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from annkit.exercises.calls.containment import PATIENCE, OutOfTime, Quiet, time_limit
from annkit.exercises.calls.probe import compile_probe
from annkit.exercises.calls.wire import Rng, decode, describe_type, encode

MAX_MESSAGE = 400

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
        with "value" (encoded), "error", "mutated", "shares_memory", "warnings", "printed",
        "seconds".
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
        return _call(function, target, (target, *args), kwargs, request)
    mismatch = _signature_mismatch(target, args, kwargs)
    if mismatch:
        return _reply(error=["TypeError", mismatch, 0, ""])
    return _call(target, target, args, kwargs, request)


def _arguments(encoded: Any) -> Any:
    """Decode arguments; every `Rng` becomes a fresh generator."""
    decoded = decode(encoded)
    if isinstance(decoded, dict):
        return {name: _with_generator(value) for name, value in decoded.items()}
    return tuple(_with_generator(value) for value in decoded)


def _with_generator(value: Any) -> Any:
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
    # What the learner's session has silenced is heard again.
    heard = np.errstate(divide="warn", over="warn", invalid="warn")
    with heard, warnings.catch_warnings(record=True) as caught, Quiet() as quiet:
        warnings.simplefilter("always")
        try:
            with time_limit(request["seconds"], request.get("patience", PATIENCE)):
                value = encode_result = function(*args, **kwargs)
                value = encode(encode_result)
                shares = _shares_memory(encode_result, args, kwargs)
        except OutOfTime as over:
            error = ["OutOfTime", _message(over), 0, ""]
        except KeyboardInterrupt:
            raise
        except BaseException as raised:
            error = _describe_error(raised, target)
    seconds = time.perf_counter() - start
    given = args[1:] if request["kind"] == "probe" else args
    return _reply(
        value=None if error else value,
        error=error,
        mutated=_mutated(request, given, kwargs, function),
        shares_memory=not error and shares,
        warnings=[[w.category.__name__, str(w.message)[:MAX_MESSAGE]] for w in caught[:20]],
        printed=quiet.text,
        seconds=seconds,
    )


def _reply(
    value: Any = None,
    error: list[Any] | None = None,
    mutated: list[str] | None = None,
    shares_memory: bool = False,
    warnings: list[list[str]] | None = None,
    printed: str = "",
    seconds: float = 0.0,
) -> dict[str, Any]:
    return {
        "value": value,
        "error": error,
        "mutated": mutated or [],
        "shares_memory": shares_memory,
        "warnings": warnings or [],
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
    """Name, message and the learner's own line: [type, message, line number, source line]."""
    message = _message(raised)
    own = _file_of(target)
    frames = [
        (frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(raised.__traceback__)
        if frame.f_code.co_filename == own
    ]
    if not frames:
        return [type(raised).__name__, message, 0, ""]
    filename, line = frames[-1]
    return [type(raised).__name__, message, line, linecache.getline(filename, line).strip()[:200]]


def _message(raised: BaseException) -> str:
    """The beginning of an exception's text; empty if it has none that can be had."""
    try:
        return str(raised)[:MAX_MESSAGE]
    except Exception:
        return ""


def _file_of(target: Any) -> str | None:
    """The file or cell that defines a function, or the first method of a class."""
    functions = [target, *vars(target).values()] if isinstance(target, type) else [target]
    for function in functions:
        code = getattr(inspect.unwrap(function) if callable(function) else None, "__code__", None)
        if code is not None:
            return str(code.co_filename)
    return None


def _mutated(
    request: dict[str, Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    function: Callable[..., Any],
) -> list[str]:
    """Names of the arguments that differ from what was sent."""
    names = _parameter_names(function, request["kind"] == "probe")
    sent_args, sent_kwargs = request["args"]["tuple"], request["kwargs"]["dict"]
    changed = [
        names[i] if i < len(names) else f"argument {i + 1}"
        for i, (sent, arg) in enumerate(zip(sent_args, args, strict=True))
        if _differs(sent, arg)
    ]
    changed += [name for name, sent in sent_kwargs if _differs(sent, kwargs[name])]
    return changed


def _differs(sent: Any, now: Any) -> bool:
    # A generator is meant to be used up; everything else must be as it was.
    if isinstance(now, np.random.Generator):
        return False
    after = encode(now)
    return after != sent and not _both_nan(after, sent)


def _both_nan(a: Any, b: Any) -> bool:
    return isinstance(a, float) and isinstance(b, float) and a != a and b != b


def _parameter_names(function: Callable[..., Any], is_probe: bool) -> list[str]:
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return []
    return names[1:] if is_probe else names


def _shares_memory(value: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    results = value if isinstance(value, tuple | list) else (value,)
    given = [arg for arg in (*args, *kwargs.values()) if type(arg) is np.ndarray]
    return any(
        # Handing back the very argument is a choice; a view of it is easily overlooked.
        type(result) is np.ndarray and result is not arg and np.may_share_memory(result, arg)
        for result in results[:20]
        for arg in given
    )
