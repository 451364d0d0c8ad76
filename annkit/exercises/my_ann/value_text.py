"""The text that makes a value again: numbers, arrays, and what holds other things together.

Not here: what a function or class needs (`harvest`), the file they are kept in (`keep`).
"""

import ast
import math
from collections.abc import Callable, Iterable
from types import GenericAlias, SimpleNamespace, UnionType
from typing import Any

import numpy as np

MAX_CONSTANT = 2_000  # characters
_DEEPEST = 6

# The name by which a function, a class or a module is known in the file; "" if it has none there.
Named = Callable[[Any], str]


def text_of(value: Any, named: Named, depth: int = 0) -> str:
    """An expression that makes a value again; empty if there is none, or only a long one.

    Args:
        value: a number, a text, an array, or a container of such things; it may hold functions.
        named: gives a name to a function, class or module that a container holds.
        depth: how many containers are around it.
    """
    if depth > _DEEPEST:
        return ""
    text = _text_of(value, named, lambda one: text_of(one, named, depth + 1) or named(one))
    return text if len(text) <= MAX_CONSTANT else ""


def _text_of(value: Any, named: Named, part: Named) -> str:
    if value is None or type(value) in (bool, int, str, bytes, range):
        return repr(value)
    if type(value) in (float, complex):
        return repr(value) if _is_finite(value) else f"{type(value).__name__}('{value}')"
    if isinstance(value, np.generic | np.ndarray):
        return _array(value, named)
    if type(value) in (GenericAlias, UnionType):
        return _annotation(value, part)
    if type(value) in (list, tuple, set):
        return _collection(value, part)
    if type(value) is dict:
        pairs = [(part(key), part(one)) for key, one in value.items()]
        text = ", ".join(f"{key}: {one}" for key, one in pairs)
        return f"{{{text}}}" if all(map(all, pairs)) else ""
    if type(value) is SimpleNamespace:
        return _namespace(value, named, part)
    return ""


def _is_finite(value: complex) -> bool:
    return math.isfinite(value.real) and math.isfinite(value.imag)


def _array(value: Any, named: Named) -> str:
    if value.dtype.kind not in "biufc" or value.size > MAX_CONSTANT:
        return ""
    if not np.isfinite(value).all():
        return ""
    if isinstance(value, np.generic):
        return f"{named(np)}.{value.dtype.name.replace('bool', 'bool_')}({value.item()!r})"
    return f"{named(np)}.array({value.tolist()!r}, dtype={value.dtype.name!r})"


def _annotation(value: Any, part: Named) -> str:
    """`list[int]`, `int | None`."""
    inner = ["None" if one is type(None) else part(one) for one in value.__args__]
    if not all(inner):
        return ""
    if isinstance(value, UnionType):
        return " | ".join(inner)
    outer = part(value.__origin__)
    return outer and f"{outer}[{', '.join(inner)}]"


def _collection(value: Any, part: Named) -> str:
    if len(value) > MAX_CONSTANT:
        return ""
    parts = [part(one) for one in value]
    if not all(parts):
        return ""
    if isinstance(value, set):
        return f"{{{', '.join(sorted(parts))}}}" if parts else "set()"
    if isinstance(value, list):
        return f"[{', '.join(parts)}]"
    return f"({', '.join(parts)}{',' * (len(parts) == 1)})"


def _namespace(value: SimpleNamespace, named: Named, part: Named) -> str:
    """What can be had of a namespace; attributes that cannot are left out."""
    found = {name: part(one) for name, one in vars(value).items() if name.isidentifier()}
    return _written(named(SimpleNamespace), {k: text for k, text in found.items() if text})


def _written(maker: str, attributes: dict[str, str]) -> str:
    lines = "".join(f"    {name}={text},\n" for name, text in attributes.items())
    return f"{maker}(\n{lines})"


def attributes_of(text: str) -> dict[str, str]:
    """The attributes of a namespace by its assignment, as `text_of` writes it; else none."""
    match ast.parse(text).body:
        case [ast.Assign(value=ast.Call(func=ast.Name(), args=[], keywords=words))]:
            return {word.arg: ast.unparse(word.value) for word in words if word.arg}
    return {}


def joined(old: str, new: str) -> str:
    """The assignment of a namespace, with what only an older one has: others use that still."""
    attributes = attributes_of(new)
    kept = {name: text for name, text in attributes_of(old).items() if name not in attributes}
    if not attributes or not kept:
        return new
    name, maker = new.split("(")[0].split(" = ")
    return f"{name} = {_written(maker, {**attributes, **kept})}\n"


def attributes_used(name: str, sources: Iterable[str]) -> set[str]:
    """Attributes that some texts look up of a name."""
    return {
        node.attr
        for source in sources
        if name in source
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    }
