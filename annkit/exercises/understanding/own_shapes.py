"""Questions about values inside a learner's function: what shape, or what number, is it there?

Names are asked about after their line, and parts of a line where they stand. What can be read off
the call, such as a copy of an input, is not asked about.

Not here: the function and its calls (`own_function`).
"""

import ast
import math
from collections.abc import Iterable, Iterator

import numpy as np

from annkit.exercises.calls.followed import Followed
from annkit.exercises.cards.case import given
from annkit.exercises.cards.values import short
from annkit.exercises.tasks.question import Option
from annkit.exercises.understanding.own_function import Made, Own, enough
from annkit.exercises.understanding.own_numbers import SIMPLEST, shuffled

_LONGEST = 40  # characters of an expression
_BRIEF = 6  # characters of a number
# What changes nothing: NumPy's functions but for its `random`, and these methods of arrays.
_METHODS = {"sum", "mean", "max", "min", "dot", "reshape", "ravel", "transpose", "std", "var"}
_RENAMES = {"asarray", "array", "copy", "astype", "float64", "atleast_1d"}
_YES = "Yes: that is what it is when your code runs."
_Shape = tuple[int, ...]
# Where a shape is, in words; the shape; what has it; the shapes of what is there besides.
_Place = tuple[str, _Shape, ast.expr, list[_Shape]]


def which_shape(own: Own, rng: np.random.Generator) -> Made:
    """What is the shape of a name, or of a part of a line?"""
    parts = {node.lineno: list(_parts(node)) for node in own.plain_statements()}
    for call in shuffled(own.calls[:SIMPLEST], rng):
        seen = own.follow(call, parts)
        if seen is None:
            continue
        inputs = {np.shape(value) for value in _arrays((given(own.task, call) or {}).values())}
        places = list(_shapes_seen(own, seen))
        for place in rng.permutation(len(places)):
            where, shape, node, near = places[place]
            if 0 in shape or (shape in inputs and not _reshapes(node)):
                continue
            options = {str(shape): Option(f"`{shape}`", _YES, True)}
            for other in _near_shapes(shape, near):
                options.setdefault(str(other), Option(f"`{other}`", f"It is `{shape}`."))
            chosen = enough(options)
            if chosen:
                return f"{own.forms(call)}\n\nWhat is the shape of {where}?", chosen
    return None


def which_number(own: Own, rng: np.random.Generator) -> Made:
    """What number is a name after its line?"""
    for call in shuffled(own.whole[:SIMPLEST], rng):
        seen = own.follow(call)
        if seen is None:
            continue
        inputs = [
            v for v in (given(own.task, call) or {}).values() if not isinstance(v, np.ndarray)
        ]
        for line, name, _ in _assigned(own):
            numbers = seen.numbers.get(line, {})
            if seen.lines.count(line) != 1:
                continue
            if name not in numbers or not math.isfinite(numbers[name]):
                continue
            right = short(numbers[name])
            is_exact = len(right) <= _BRIEF and float(right) == round(numbers[name], 12)
            if not is_exact or any(right == short(value) for value in inputs):
                continue
            others = [v for other, v in numbers.items() if other != name]
            options = {right: Option(f"`{right}`", _YES, True)}
            for value in (*others, -numbers[name], numbers[name] + 1):
                options.setdefault(short(value), Option(f"`{short(value)}`", f"It is {right}."))
            chosen = enough(options)
            if chosen:
                after = f"after line {own.shown[line]}"
                return f"{own.words(call)}\n\nWhat is `{name}` {after}?", chosen
    return None


def _shapes_seen(own: Own, seen: Followed) -> Iterator[_Place]:
    for line, name, node in _assigned(own):
        shape = seen.shapes.get(line, {}).get(name)
        if shape:
            where = f"`{name}` after line {own.shown[line]}{_first_time(seen, line)}"
            yield where, shape, node, list(seen.shapes[line].values())
    for (line, text), shape in seen.looked_at.items():
        if shape:
            where = f"`{text}` in line {own.shown[line]}{_first_time(seen, line)}"
            node = ast.parse(text, mode="eval").body
            yield where, shape, node, list(seen.shapes.get(line, {}).values())


def _reshapes(node: ast.expr) -> bool:
    """Whether an expression is more than a calculation entry by entry."""
    return any(
        (isinstance(one, ast.BinOp) and isinstance(one.op, ast.MatMult))
        or (isinstance(one, ast.Call) and any(key.arg == "axis" for key in one.keywords))
        or (isinstance(one, ast.Attribute) and one.attr in {"T", "newaxis", "einsum", "outer"})
        for one in ast.walk(node)
    )


def _first_time(seen: Followed, line: int) -> str:
    return ", the first time it runs" if seen.lines.count(line) > 1 else ""


def _assigned(own: Own) -> Iterator[tuple[int, str, ast.expr]]:
    """Line, name and value of each plain assignment that does more than give a new name."""
    for node in own.plain_statements():
        if isinstance(node, ast.Assign) and not _is_rename(node.value):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield node.lineno, target.id, node.value


def _is_rename(node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in _RENAMES
    return isinstance(node, ast.Name | ast.Constant)


def _parts(statement: ast.stmt) -> Iterator[str]:
    """The parts of a statement that can be looked at beforehand, as text."""
    value = getattr(statement, "value", None)
    for node in ast.walk(value) if isinstance(value, ast.expr) else ():
        is_all = node is value and isinstance(statement, ast.Assign)
        if isinstance(node, ast.BinOp | ast.Call) or _is_transposed(node):
            text = ast.unparse(node)
            if not is_all and len(text) <= _LONGEST and _is_harmless(node):
                yield text


def _is_transposed(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "T"


def _is_harmless(node: ast.AST) -> bool:
    """Whether an expression can be evaluated once more: it calls nothing that changes anything."""
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in _RENAMES:
        return False
    return all(
        isinstance(call.func, ast.Attribute)
        and (_is_numpy(call.func.value) or call.func.attr in _METHODS)
        for call in calls
    )


def _is_numpy(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy")


def _arrays(values: Iterable[object]) -> Iterator[np.ndarray]:
    """All arrays in some values, in lists and tuples too."""
    for value in values:
        if isinstance(value, np.ndarray):
            yield value
        elif isinstance(value, list | tuple):
            yield from _arrays(value)


def _near_shapes(shape: tuple[int, ...], others: Iterable[tuple[int, ...]]) -> Iterator[_Shape]:
    """Shapes that one might take for this one."""
    yield from (other for other in others if other)
    yield shape[::-1]
    yield (*shape, 1)
    if len(shape) > 1:
        yield shape[:1]
        yield shape[1:]
    yield (1, *shape)
