"""The source of what a learner defined in a notebook: a function, a class, a named lambda.

`inspect` cannot find a class of a notebook, and needs help with everything else there; but each
cell's text is known to `linecache` under the file name that the code carries.

Not here: what else the definition needs (`annkit.exercises.my_ann.harvest`).
"""

import ast
import inspect
import linecache
from pathlib import Path
from types import FunctionType
from typing import Any

from annkit.source.names import names_of


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
    lines = _lines(code.co_filename)
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

    A class without methods is looked for by its name, in the cells that were run last.

    Raises:
        NoSource: its text is not there, or not the one that made it.
    """
    own = methods_of(cls)
    inside = [f.__code__ for f in own.values() if f.__qualname__.startswith(f"{cls.__qualname__}.")]
    for code in inside:
        for node in _classes(_lines(code.co_filename), cls.__name__):
            if node.lineno <= code.co_firstlineno <= (node.end_lineno or 0):
                return _text(_lines(code.co_filename), node) + _set_from_outside(cls, own)
    for file_name in [] if inside else _cells_run_last():
        for node in _classes(_lines(file_name), cls.__name__):
            if _could_make(node, cls):
                return _text(_lines(file_name), node)
    if not inside:
        raise NoSource(f"the class `{cls.__name__}` has no methods written in it")
    raise NoSource(f"the text of the class `{cls.__name__}` was not found")


def _classes(lines: list[str], name: str) -> list[ast.ClassDef]:
    """The definitions of a class in a file or cell."""
    if not any(name in line for line in lines):
        return []
    return [one for one in _statements(lines) if isinstance(one, ast.ClassDef) and one.name == name]


def _cells_run_last() -> list[str]:
    """Names under which the texts of cells are known, the newest first."""
    return [name for name in reversed(linecache.cache) if not Path(name).is_file()]


def _could_make(node: ast.ClassDef, cls: type) -> bool:
    """Whether a definition has what a class has, and nothing else."""
    bound = names_of(ast.Module(node.body, [])).bound
    declared = {
        one.target.id
        for one in node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    }
    plain = {name for name in vars(cls) if not name.startswith("_")}
    return bound - declared <= plain <= bound | declared


def _lines(file_name: str) -> list[str]:
    """The lines of a cell, or those that a file has now."""
    if Path(file_name).is_file():
        linecache.checkcache(file_name)
    return linecache.getlines(file_name)


def methods_of(cls: type) -> dict[str, FunctionType]:
    """The functions in a class by name, taken out of properties and the like.

    What a class decorator has made, which has no text, is not among them.
    """
    found = {}
    for name, value in vars(cls).items():
        value = getattr(value, "__func__", getattr(value, "fget", value))
        is_function = isinstance(value, FunctionType)
        if not is_function or value.__globals__.get("__name__") != cls.__module__:
            continue
        if value.__code__.co_filename != "<string>":
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
