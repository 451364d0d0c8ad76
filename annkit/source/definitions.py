"""The source of what a learner defined in a notebook: a function, a class, a named lambda.

`inspect` cannot find a class of a notebook, and needs help with everything else there; but each
cell's text is known to `linecache` under the file name that the code carries.

Not here: what else the definition needs (`annkit.exercises.my_ann.harvest`).
"""

import ast
import inspect
import linecache
from types import FunctionType
from typing import Any


class NoSource(Exception):
    """The source was not found; the text says why, for the learner."""


def function_source(function: FunctionType) -> str:
    """Source of a function's `def`, decorators included, or of the line that names a lambda.

    Raises:
        NoSource: it is not there, or makes no sense outside the function around it.
    """
    code = function.__code__
    if function.__closure__:
        raise NoSource(f"`{function.__name__}` uses variables of a function around it")
    lines = linecache.getlines(code.co_filename)
    for node in _statements(lines):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name == code.co_name and _first_line(node) == code.co_firstlineno:
                return _text(lines, node)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and code.co_name == "<lambda>":
            inside = (n for n in ast.walk(node) if isinstance(n, ast.Lambda))
            if any(n.lineno == code.co_firstlineno for n in inside):
                return _text(lines, node)
    raise NoSource(f"the text of `{function.__name__}` was not found")


def class_source(cls: type) -> str:
    """Source of a class, found through its methods, followed by methods set from outside.

    Raises:
        NoSource: it has no methods of its own, or their text is gone.
    """
    own = _methods(cls)
    inside = [f for f in own.values() if f.__qualname__.startswith(f"{cls.__qualname__}.")]
    if not inside:
        raise NoSource(f"the class `{cls.__name__}` has no methods written in it")
    code = inside[0].__code__
    lines = linecache.getlines(code.co_filename)
    for node in _statements(lines):
        spans = node.lineno <= code.co_firstlineno <= (node.end_lineno or 0)
        if isinstance(node, ast.ClassDef) and node.name == cls.__name__ and spans:
            return _text(lines, node) + _set_from_outside(cls, own)
    raise NoSource(f"the text of the class `{cls.__name__}` was not found")


def _methods(cls: type) -> dict[str, FunctionType]:
    """The functions in a class by name, taken out of properties and the like."""
    found = {}
    for name, value in vars(cls).items():
        value = getattr(value, "__func__", getattr(value, "fget", value))
        if isinstance(value, FunctionType) and value.__module__ == cls.__module__:
            found[name] = value
    return found


def _set_from_outside(cls: type, methods: dict[str, FunctionType]) -> str:
    """Source of the methods given to a class after its `class` statement."""
    pieces = []
    for name, function in methods.items():
        if "." not in function.__qualname__ and function.__name__ != "<lambda>":
            source = function_source(function)
            pieces.append(f"\n\n{source}\n\n{cls.__name__}.{name} = {function.__name__}\n")
    return "".join(pieces)


def _statements(lines: list[str]) -> list[Any]:
    """All statements of a file or cell, outer ones first; none if it cannot be parsed."""
    try:
        tree = ast.parse("".join(lines))
    except SyntaxError:
        return []
    return [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]


def _first_line(node: Any) -> int:
    decorators = getattr(node, "decorator_list", [])
    return int(min([node.lineno, *(decorator.lineno for decorator in decorators)]))


def _text(lines: list[str], node: Any) -> str:
    text = "".join(lines[_first_line(node) - 1 : node.end_lineno])
    return inspect.cleandoc("\n" + text).rstrip() + "\n"
