"""The handle through which checks reach a learner's answer.

A check never holds the answer itself. It calls the handle, which sends plain data to wherever the
answer lives and gets plain data back; so the same check runs in the notebook and, unchanged, on
an answer locked away in another process. The handle writes down every call for the diagnosis.
What went wrong is told by a `Failure`, which a check raises as `CheckFailed`.

Not here: what happens next to the answer (`observe`), comparing values (`tasks.expect`).
"""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from annkit.exercises.calls.observe import observe
from annkit.exercises.calls.probe import Probe
from annkit.exercises.calls.wire import WireError, decode, encode

# A transport takes a request to the answer and brings the reply: both JSON-able.
Transport = Callable[[dict[str, Any]], dict[str, Any]]

DEFAULT_SECONDS = 10.0
# What of the process a call may have changed, and what is said of it; see `surroundings`.
CHANGES = {
    "recursion limit": "Your function raises Python's recursion limit. Here a call keeps the "
    "thousand frames that Python gives by itself.",
    "error state": "Your function leaves NumPy's error state changed; it was set back.",
    "filters": "Your function leaves a filter of warnings behind; it was taken away.",
    "random": "Your function uses the generator of `random` that all code shares; it was set back.",
    "np.random": "Your function uses NumPy's global generator (`np.random…`), which all code "
    "shares; it was set back.",
    "environment": "Your function changes `os.environ`; it was set back.",
    "folder": "Your function changes the working directory; it was set back.",
}
# What is read of a reply's remarks; `observe` sends no more.
_MAX_REMARKS = 50
_MAX_WORDS = 2_000
_MAX_LINE = 999


@dataclass(frozen=True)
class ErrorInfo:
    """An exception that the learner's own code raised.

    Attributes:
        type: the exception's class name, like `"ValueError"`.
        message: its text, shortened.
        line_number: the line in the learner's cell or file, counted from 1; 0 if unknown.
        line: that line's source, stripped; `""` if unknown.
        function: the function it stands in, where the lines are those of another function than
            the answer; else `""`.
    """

    type: str
    message: str
    line_number: int = 0
    line: str = ""
    function: str = ""

    @property
    def place(self) -> str:
        """Where it was raised: "line 3", "line 3 of `dense_gradients`"; empty if unknown."""
        if not self.line:
            return ""
        return f"line {self.line_number}" + (f" of `{self.function}`" if self.function else "")

    def __str__(self) -> str:
        """One line a learner can read: what was raised, and where."""
        text = f"{self.type}: {self.message}" if self.message else self.type
        return f"{text} ({self.place}: {self.line})" if self.line else text


@dataclass(frozen=True, eq=False)  # may hold arrays, whose equality is no single truth value
class Failure:
    """Why one check failed, in the order a card tells it.

    Attributes:
        what: a sentence: what is not right.
        call: the failing case as the learner would type it, `"sigmoid([0, 1])"`; None if the
            failure belongs to no call.
        expected: what the check wanted (plain data), or None.
        got: what the answer returned (plain data), or None.
        compared: whether `expected` and `got` are to be shown side by side.
        why: half a sentence that says where the expectation comes from; may be empty.
        error: the exception the learner's code raised, if it did.
        advice: a likely cause, in general; not said beside a mistake that is known by name.
        given: what the learner's function got in this case, by the names of its parameters.
        besides: what any call owes, "leaves its input as it was", where that is missing and the
            check's own question is answered right.
    """

    what: str
    call: str | None = None
    expected: Any = None
    got: Any = None
    compared: bool = False
    why: str = ""
    error: ErrorInfo | None = None
    advice: str = ""
    given: dict[str, Any] | None = None
    besides: str = ""


class CheckFailed(Exception):
    """A check found something wrong; carries the `Failure` a card is made from."""

    def __init__(self, failure: Failure) -> None:
        """Keep the failure; its sentence is the exception's text."""
        super().__init__(failure.what)
        self.failure = failure


@dataclass(frozen=True, eq=False)  # each call is itself, whatever another one was like
class Call:
    """One observed call of an answer.

    Attributes:
        request: what was sent; sent again, it makes the same call.
        value: the decoded result, None if the call raised.
        error: the exception the learner's code raised, or None.
        mutated: names of the arguments that the call changed.
        shares_memory: whether the result is (a view of) an argument.
        warnings: (category, message) of the warnings given.
        hidden: what NumPy met and the answer kept from becoming a warning.
        changed: what of the process the call changed, names of `CHANGES`.
        printed: the beginning of what was printed.
        seconds: how long it took.
        made_by: the probe that made it, or None for a direct call.
    """

    request: dict[str, Any]
    value: Any = None
    error: ErrorInfo | None = None
    mutated: tuple[str, ...] = ()
    shares_memory: bool = False
    warnings: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    printed: str = ""
    seconds: float = 0.0
    made_by: Probe | None = None

    @cached_property
    def args(self) -> tuple[Any, ...]:
        """The positional arguments, to be looked at: whoever may change them wants `arguments`."""
        return self.arguments()[0]

    @cached_property
    def kwargs(self) -> dict[str, Any]:
        """The keyword arguments, likewise."""
        return self.arguments()[1]

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The arguments, positional and by name, decoded anew."""
        args, kwargs = (self.request.get(name) for name in ("args", "kwargs"))
        return tuple(decode(args) or ()), dict(decode(kwargs) or {})

    @cached_property
    def text(self) -> str:
        """The request as JSON, by which the same call is known again."""
        return json.dumps(self.request)

    @property
    def probe(self) -> str | None:
        """Name of the probe, or None for a direct call."""
        return self.request.get("name")

    @property
    def warned(self) -> bool:
        """Whether NumPy complained about the numbers: overflow, invalid value, division by 0."""
        return any(category == "RuntimeWarning" for category, _ in self.warnings)


def misconduct(calls: list[Call], quiet: bool) -> tuple[Failure | None, Call | None]:
    """A failure for what a call did besides returning the right value, and that call."""
    for call in calls:
        failure = _misconduct_of(call, quiet)
        if failure is not None:
            return failure, call
    return None, None


def _misconduct_of(call: Call, quiet: bool) -> Failure | None:
    if call.mutated:
        names = " and ".join(f"`{name}`" for name in call.mutated)
        return Failure(
            f"Your function changed its own input {names}.",
            why="the caller still needs the input as it was, so work on a copy",
            advice="`-=`, `x[…] = …` and methods such as `sort` and `pop` write into what came in; "
            "`x = x - …` makes a new one.",
            besides="leaves its input as it was",
        )
    if quiet and call.warned:
        message = next(text for kind, text in call.warnings if kind == "RuntimeWarning")
        return Failure(
            f"NumPy warned: “{message}”.",
            why="the task asks for a formula that stays in range",
            advice="`np.where` computes both of its branches before it chooses.",
        )
    if quiet and call.hidden:
        return Failure(
            f"The warning is hidden, not avoided: NumPy still meets “{call.hidden[0]}”.",
        )
    return None


class Answer:
    """What a check is given: call it like the learner's function.

    Args:
        transport: carries requests to the answer; `here(target)` for one in this process.
        name: the name shown in cards.
        seconds: of processor time, budget of a single call.
    """

    def __init__(self, transport: Transport, name: str, seconds: float = DEFAULT_SECONDS) -> None:
        """Start with an empty record of calls."""
        self.name = name
        self.calls: list[Call] = []
        self._transport = transport
        self._seconds = seconds
        self._timed_out: Failure | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the learner's function with plain data and return its result as plain data.

        Raises:
            CheckFailed: the learner's code raised, or ran out of time.
        """
        return self._result(self.attempt(*args, **kwargs))

    def probe(self, probe: Probe, *args: Any) -> Any:
        """Run a probe next to the learner's object and return its plain result.

        Raises:
            CheckFailed: the probe, or the learner's code in it, raised or ran out of time.
        """
        request = self._request("probe", args, {}) | {"source": probe.source, "name": probe.name}
        return self._result(self.send(request, probe))

    @property
    def value(self) -> Any:
        """The answer itself, if it is plain data."""
        return self.send({"kind": "value"}).value

    def attempt(self, *args: Any, **kwargs: Any) -> Call:
        """Call the learner's function and return the whole observation, raising nothing."""
        return self.send(self._request("call", args, kwargs))

    def describe(self) -> dict[str, Any]:
        """Whether the answer is callable or None, its type in words, its value encoded."""
        about = self._transport({"kind": "describe"})
        if not {"callable", "none", "type", "plain"} <= about.keys():
            return {"callable": False, "none": False, "type": "unknown", "plain": None}
        return about

    def send(self, request: dict[str, Any], probe: Probe | None = None) -> Call:
        """Send a request, record and return the call.

        Args:
            request: what to ask.
            probe: whose request it is, if it is one's.

        Raises:
            CheckFailed: an earlier call ran out of time, so that no more are made.
        """
        if self._timed_out is not None:
            raise CheckFailed(self._timed_out)
        call = replace(read_reply(request, self._transport(request)), made_by=probe)
        self.calls.append(call)
        if call.error is not None and call.error.type == "OutOfTime":
            self._timed_out = Failure(
                f"Your code was {call.error.message}, so it was stopped. "
                "Is there a loop that never ends?",
                error=call.error,
            )
        return call

    def _request(self, kind: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        return {
            "kind": kind,
            "args": encode(args),
            "kwargs": encode(kwargs),
            "seconds": self._seconds,
        }

    def _result(self, call: Call) -> Any:
        if self._timed_out is not None:
            raise CheckFailed(self._timed_out)
        if call.error is not None:
            raise CheckFailed(Failure(f"Your code raised {call.error.type}.", error=call.error))
        return call.value


def rng_of_check(seed: int, id: str, label: str) -> np.random.Generator:
    """The generator of one check's random inputs, which it is given beside the answer."""
    return np.random.default_rng([seed, zlib.crc32(f"{id}/{label}".encode())])


def here(target: Any) -> Transport:
    """A transport to an answer in this process."""
    return lambda request: observe(target, request)


def read_reply(request: dict[str, Any], reply: dict[str, Any]) -> Call:
    """Read a reply strictly: whatever does not fit counts as an error of the answer."""
    try:
        error = reply["error"]
        return Call(
            request=request,
            value=decode(reply["value"]),
            error=None if error is None else _read_error(error),
            mutated=tuple(str(name)[:80] for name in reply["mutated"][:_MAX_REMARKS]),
            shares_memory=reply["shares_memory"] is True,
            warnings=tuple(
                (str(kind)[:80], str(message)[:_MAX_WORDS])
                for kind, message in reply["warnings"][:_MAX_REMARKS]
            ),
            hidden=tuple(str(text)[:_MAX_WORDS] for text in reply["hidden"][:_MAX_REMARKS]),
            changed=tuple(name for name in CHANGES if name in reply["changed"][:_MAX_REMARKS]),
            printed=str(reply["printed"])[:_MAX_WORDS],
            seconds=float(reply["seconds"]),
        )
    except (WireError, KeyError, TypeError, ValueError, ArithmeticError) as problem:
        return Call(request, error=ErrorInfo("UnreadableReply", str(problem)[:200]))


def _read_error(error: Any) -> ErrorInfo:
    kind, message, line_number, line, function = error
    number = int(line_number)
    # No cell is that long: a number could otherwise carry hidden inputs into the feedback.
    number = number if 0 < number <= _MAX_LINE else 0
    return ErrorInfo(
        str(kind)[:80],
        str(message)[:_MAX_WORDS],
        number,
        str(line)[:_MAX_WORDS],
        function if type(function) is str and function.isidentifier() else "",
    )
