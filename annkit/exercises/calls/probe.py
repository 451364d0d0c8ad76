"""Probes: small functions that run next to the learner's object and return plain data.

A class, or a function that wants a callable, cannot be judged by plain arguments alone. A probe
travels to the answer as source, is called there with the learner's object first, and returns raw
values. The verdict on those values stays with the check.

Not here: running a probe (`observe`), judging what it returns (`tasks.expect`).
"""

import ast
import builtins
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, overload

from annkit.source.names import names_of

_BUILTINS = vars(builtins).copy()


@dataclass(frozen=True)
class Probe:
    """A self-contained function as text.

    Attributes:
        name: the function's name.
        source: its source, without the decorator.
        shown: writes a case as Python, from what the probe is given besides the learner's object;
            None if the first call that the probe makes shows it well enough.
    """

    name: str
    source: str
    shown: Callable[..., str] | None = None

    @property
    def hands_on(self) -> bool:
        """Whether it calls the learner's object once, and returns what that returns."""
        (function,) = ast.parse(self.source).body
        assert isinstance(function, ast.FunctionDef)
        called = [
            node
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == function.args.args[0].arg
        ]
        last = function.body[-1]
        return isinstance(last, ast.Return) and called == [last.value]

    def __call__(self, *args: Any) -> Any:
        """Refuse: a probe runs next to the answer only."""
        raise TypeError(f"call this probe through the handle: answer.probe({self.name}, …)")


@overload
def probe(function: Callable[..., Any]) -> Probe: ...
@overload
def probe(*, shown: Callable[..., str]) -> Callable[[Callable[..., Any]], Probe]: ...
def probe(
    function: Callable[..., Any] | None = None, *, shown: Callable[..., str] | None = None
) -> Probe | Callable[[Callable[..., Any]], Probe]:
    """Mark a self-contained function as a probe.

    Args:
        function: takes the learner's object first, then plain data; imports what it needs inside
            itself and returns plain data.
        shown: writes a case for the card, as Python one can paste; see `Probe`.

    Raises:
        ValueError: the function uses a name that would not exist next to the answer.
    """
    if function is None:
        return lambda function: replace(probe(function), shown=shown)
    name = function.__name__
    if function.__code__.co_freevars:
        raise ValueError(f"probe {name} is a closure; pass values as arguments")
    lines = textwrap.dedent(inspect.getsource(function)).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("def "))
    source = "\n".join(lines[start:]) + "\n"
    names = names_of(source)
    outside = sorted((names.used | names.bound) - {name})
    if outside:
        raise ValueError(
            f"probe {name} uses {', '.join(outside)} from outside itself; "
            "a probe travels alone: import or define it inside"
        )
    return Probe(name, source)


def compile_probe(source: str, name: str) -> Callable[..., Any]:
    """Make the function of a probe's source again.

    It means Python's own built-ins, whatever the learner's code has put in their place since.
    """
    namespace: dict[str, Any] = {"__builtins__": dict(_BUILTINS)}
    exec(compile(source, f"<probe {name}>", "exec"), namespace)
    return namespace[name]
