"""The failing case as Python that one can paste into a cell and run.

A call is shown with its arguments by name: arrays with the digits that matter, generators by
their seed. A probe calls the learner's function in its own way, so it is run once more with a
stand-in that looks at its first call: what it hands over is shown, callables by their name or
their source, with what that source refers to above the call. A probe that does more than that
says itself how its case is written (`probe(shown=…)`).

Formulas of SymPy's are written with `sp.`, below a line that makes their letters.

What is large is shortened by `...`, with every bracket closed.

Not here: results side by side (`values`).
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call
from annkit.exercises.calls.observe import with_generator
from annkit.exercises.calls.probe import Probe, compile_probe
from annkit.exercises.calls.wire import Opaque, Rng
from annkit.exercises.cards.values import DIGITS, number, short
from annkit.exercises.tasks.task import Exercise

WIDTH = 92
MOST_ENTRIES = 48  # of an array that is shown in full
FEW_ENTRIES = 4  # arrays so small show more digits
MOST_LINES = 16  # of what stands above a call
MOST_TEXT = 400
MOST_ITEMS = 8
_NO_BREAK = "\xa0"


def case_text(task: Exercise, call: Call) -> str:
    """The case of a recorded call, as Python.

    Args:
        task: the exercise; the names of parameters are those of its reference.
        call: a direct call or one that a probe made.
    """
    try:
        if call.made_by is None:
            return _Case().written(task, call.args, call.kwargs)
        if call.made_by.shown is not None:
            return call.made_by.shown(*call.args)
        if isinstance(task.answer, type):
            raise LookupError("what a probe does with a class, only the probe can say")
        args, kwargs = first_call(call.made_by, call.arguments()[0])
        return _Case(call.made_by.source).written(task, args, kwargs)
    except Exception:  # a case that cannot be written must not hide the verdict
        given = ", ".join(map(short, call.args))
        doing = (call.probe or "called").replace("_", " ")
        return f"# {task.object_name}, {doing}" + (f": {given}" if given else "")


def given(task: Exercise, call: Call) -> dict[str, Any] | None:
    """What the learner's function gets in a recorded call: name of the parameter → value.

    None where a class is asked, or where no single call can be had.
    """
    try:
        if isinstance(task.answer, type):
            return None
        args, kwargs = handed(call)
        return dict(inspect.signature(task.answer).bind(*args, **kwargs).arguments)
    except Exception:  # a case that cannot be handed over must not hide the verdict
        return None


def handed(call: Call) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """What the learner's function gets in a recorded call, made anew; of a probe's, in its first.

    Raises:
        LookupError: the probe calls nothing.
    """
    args, kwargs = call.arguments()
    if call.made_by is not None:
        args, kwargs = first_call(call.made_by, args)
    values = {name: with_generator(value) for name, value in kwargs.items()}
    return tuple(map(with_generator, args)), values


class _Stop(BaseException):
    """The stand-in has seen what it wanted."""


class _StandIn:
    """Called instead of the learner's function; keeps the first call's arguments."""

    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = {}  # noqa: RUF012

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        self.args, self.kwargs = args, kwargs
        raise _Stop


def first_call(probe: Probe, args: tuple[Any, ...]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return what a probe hands to the learner's function first.

    Raises:
        LookupError: it calls nothing.
    """
    stand_in = _StandIn()
    try:
        compile_probe(probe.source, probe.name)(stand_in, *map(with_generator, args))
    except _Stop:
        return stand_in.args, stand_in.kwargs
    raise LookupError("the probe calls nothing")


def code(value: Any) -> str:
    """One value as Python; what has no such text by a short description."""
    return _Case().code(value)


class _Case:
    """Writes one call.

    Attributes:
        above: name → the lines that define it, in the order in which they must run.
    """

    def __init__(self, source: str = "") -> None:
        """Functions whose text is in `source` are written by it."""
        self.above: dict[str, str] = {}
        self._letters: dict[str, None] = {}  # in the order in which they were met
        self._source = source

    def written(self, task: Exercise, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        names = _names(task.answer, len(args)) if len(args) + len(kwargs) > 1 else [""] * len(args)
        given = [*zip(names, args, strict=True), *kwargs.items()]
        parts = [(name, self.code(value)) for name, value in given]
        texts = [f"{name}={text}" if name else text for name, text in parts]
        line = f"{task.object_name}({', '.join(texts)})"
        if len(line) > WIDTH or "\n" in line:
            inner = "".join(f"{_wrapped(text)},\n" for text in texts)
            line = f"{task.object_name}(\n{inner})"
        return "\n".join([*self.letters_line(), *self.above.values(), line])

    def letters_line(self) -> list[str]:
        """The line that makes the letters of the formulas written so far, if there are any."""
        if not self._letters:
            return []
        names, text = ", ".join(self._letters), " ".join(self._letters)
        return [f'{names} = sp.symbols("{text}")']

    def code(self, value: Any) -> str:
        if isinstance(value, Rng):
            return f"np.random.default_rng({value.seed})"
        if isinstance(value, np.random.Generator):
            return f"np.random.default_rng({value.bit_generator.seed_seq.entropy})"  # type: ignore[attr-defined]
        if isinstance(value, np.ndarray):
            return _array(value)
        if isinstance(value, bool | int | float | complex | np.generic):
            return _number(value, _digits(np.asarray(value)))
        if isinstance(value, str):
            return _text(value)
        if isinstance(value, dict):
            items = (f"{self.code(key)}: {self.code(item)}" for key, item in value.items())
            return "{" + ", ".join(_few(items, "'...': ...")) + "}"
        if isinstance(value, list | tuple):
            start, end = "[]" if isinstance(value, list) else "()"
            shown = _few(map(self.code, value[: MOST_ENTRIES + 1]))
            comma = "," if isinstance(value, tuple) and len(shown) == 1 else ""
            return start + ", ".join(shown) + comma + end
        if isinstance(value, FunctionType):
            return self._function(value)
        if type(value).__module__.startswith("sympy."):
            return self._formula(value)
        name = getattr(value, "__name__", "")
        if name and getattr(np, name, None) is value:
            return f"np.{name}"
        return value.description if isinstance(value, Opaque) else short(value)

    def _formula(self, value: Any) -> str:
        """What SymPy made, as it prints it, its functions found in `sp`."""
        atoms = sorted(value.atoms(), key=str)
        self._letters |= {str(one): None for one in atoms if getattr(one, "is_Symbol", False)}
        return re.sub(r"\b(?=[A-Za-z]\w*\()", "sp.", str(value))

    def _function(self, function: FunctionType) -> str:
        """A function by its name or, for a lambda, its source; what it needs goes above."""
        node = _node_of(function.__code__, self._source)
        name = function.__name__
        if node is None:
            in_numpy = getattr(np, name, None) is function
            return f"np.{name}" if in_numpy else name
        for free, cell in zip(
            function.__code__.co_freevars, function.__closure__ or (), strict=True
        ):
            self._define(free, cell.cell_contents)
        if isinstance(node, ast.Lambda):
            return " ".join((ast.get_source_segment(self._source, node) or name).split())
        if name not in self.above:
            lines = self._source.splitlines()[node.lineno - 1 : node.end_lineno]
            self._put(name, textwrap.dedent("\n".join(lines)))
        return name

    def _define(self, name: str, value: Any) -> None:
        if name in self.above or name == "np":
            return
        if isinstance(value, ModuleType):
            self._put(name, f"import {value.__name__}")
        elif isinstance(value, FunctionType) and value.__name__ == name:
            self._function(value)
        else:
            self._put(name, _wrapped(f"{name} = {self.code(value)}").strip())

    def _put(self, name: str, text: str) -> None:
        self.above[name] = text
        if sum(part.count("\n") + 1 for part in self.above.values()) > MOST_LINES:
            raise LookupError("too much stands above the call")


def _names(answer: Callable[..., Any], count: int) -> list[str]:
    """Names of the first parameters; empty ones where they cannot be given by name."""
    parameters = list(inspect.signature(answer).parameters.values())[:count]
    named = all(one.kind is one.POSITIONAL_OR_KEYWORD for one in parameters)
    if not named or len(parameters) < count:
        return [""] * count
    return [one.name for one in parameters]


def _node_of(code: CodeType, source: str) -> ast.FunctionDef | ast.Lambda | None:
    """The part of a probe's source that a code object was made from."""
    if not code.co_filename.startswith("<probe "):
        return None
    places = [
        (line, column)
        for line, _, column, _ in code.co_positions()
        if line is not None and column is not None and (line, column) != (code.co_firstlineno, 0)
    ]
    fitting = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.Lambda)
        and node.lineno == code.co_firstlineno
        and (isinstance(node, ast.FunctionDef) == (code.co_name != "<lambda>"))
        and all(_is_inside(place, node) for place in places)
    ]
    return min(fitting, key=lambda node: node.end_col_offset or 0, default=None)


def _is_inside(place: tuple[int, int], node: ast.FunctionDef | ast.Lambda) -> bool:
    start = node.lineno, node.col_offset
    return start <= place <= (node.end_lineno or 0, node.end_col_offset or 0)


def _wrapped(text: str) -> str:
    """A text in lines of the card's width; lines are never broken inside a text in quotes."""
    if len(text) <= WIDTH or "'" in text or '"' in text:
        return f"    {text}"
    rows = re.findall(r"\[[^\[\]]*\]", text)
    if len(rows) > 1 and max(map(len, rows)) < WIDTH - len("        "):
        # A row stays in one line: its spaces are not to be broken at.
        text = re.sub(r"\[[^\[\]]*\]", lambda row: row[0].replace(" ", _NO_BREAK), text)
    filled = textwrap.fill(
        text,
        WIDTH,
        initial_indent="    ",
        subsequent_indent="        ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled.replace(_NO_BREAK, " ")


def _few(items: Iterable[str], rest: str = "...") -> list[str]:
    """All items, or the first ones where all would be too many and too long."""
    texts, length = [], 0
    for text in items:
        texts.append(text)
        length += len(text)
        if len(texts) > MOST_ITEMS and length > MOST_TEXT:
            return [*texts[:MOST_ITEMS], rest]
    return texts


def _text(value: str) -> str:
    text = repr(value)
    return text if len(text) <= MOST_TEXT else f"{value[: MOST_TEXT - 20]!r} '...'"


def _array(array: np.ndarray) -> str:
    if array.size == 0:
        return f"np.zeros({array.shape})"
    is_counting = array.ndim == 1 and len(array) > MOST_ITEMS and array.dtype.kind in "iuf"
    if is_counting and (np.diff(array.astype(float)) == 1).all():
        first, last = (_nested(np.asarray(end), DIGITS[0], 1) for end in (array[0], array[-1] + 1))
        return f"np.arange({first}, {last})"
    digits = _digits(array)
    most = max(array.shape, default=1) if array.size <= MOST_ENTRIES else 4
    text = f"np.array({_nested(array, digits, most)}"
    kind = "" if array.dtype.name in ("float64", "int64", "bool", "complex128") else array.dtype
    return f"{text}, np.{kind})" if kind else f"{text})"


def _nested(array: np.ndarray, digits: int, most: int) -> str:
    if array.ndim == 0:
        return re.sub(r"\.0$", ".", _number(array[()], digits))
    inner = ", ".join(_nested(row, digits, most) for row in array[:most])
    return f"[{inner}{', ...' if len(array) > most else ''}]"


def _digits(array: np.ndarray) -> int:
    """So many that entries keep their differences: a thousandth of their spread is seen.

    In a row of large numbers that lie close together, a hundredth of the row's own spread.
    """
    least = 1 if array.size <= FEW_ENTRIES else 0
    if array.dtype.kind not in "fc" or not np.isfinite(array).all() or array.size == 0:
        return DIGITS[least]
    values = np.abs(array).astype(float)
    spread = float(np.ptp(values)) or float(values.max()) or 1.0
    in_rows = np.ptp(values, axis=-1) if array.ndim else np.zeros(0)
    step = min(1e-3 * spread, 1e-2 * float(np.min(in_rows[in_rows > 0], initial=spread)))
    for digits in DIGITS[least:]:
        shown = np.array([float(f"{x:.{digits - 1}e}") for x in values.ravel()])
        if np.abs(shown - values.ravel()).max() <= step:
            break
    return digits


def _number(value: Any, digits: int) -> str:
    """A number whose type can be read off: 2 is an integer, 2.0 a float."""
    if isinstance(value, float | np.floating):
        exact = repr(float(value))
        if not np.isfinite(value):
            return f"np.{exact}" if exact != "-inf" else "-np.inf"
        text = exact if len(exact) <= 9 else number(value, digits)
        return text if re.search(r"[.e]", text) else f"{text}.0"
    return number(value, digits)
