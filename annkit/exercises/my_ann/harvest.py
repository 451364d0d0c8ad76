"""What a learner's definition needs to stand alone: its helpers, constants and imports.

Not here: a definition's text (`annkit.source.definitions`), writing the file (`keep`).
"""

import inspect
import math
import sys
from dataclasses import dataclass, field
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from annkit.exercises.calls.wire import describe_type
from annkit.source.definitions import NoSource, class_source, function_source
from annkit.source.names import names_of

MAX_CONSTANT = 2_000  # characters


@dataclass
class Harvest:
    """Everything that is to be kept of one answer.

    Attributes:
        definitions: sources of the answer itself; several if a class extends an earlier one of
            the same name, oldest first.
        helpers: name → source of what it uses from the notebook; what others use comes first.
        imports: name → the statement that binds it.
        missing: names that could not be kept.
    """

    definitions: list[str] = field(default_factory=list)
    helpers: dict[str, str] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def harvest(target: Any, name: str) -> Harvest:
    """Collect an answer with what it needs.

    Args:
        target: the learner's function or class.
        name: the name it must have.

    Raises:
        NoSource: the answer's own text was not found.
    """
    result = Harvest(_definitions(target))
    target = bare(target)
    own_name = defined_name(target)
    if own_name != name and name not in names_of(result.definitions[-1]).bound:
        result.definitions.append(f"{name} = {own_name}\n")
    namespace = _namespace(target)
    for definition in result.definitions:
        _collect(definition, namespace, target.__module__, result, {name, own_name})
    return result


def bare(target: Any) -> Any:
    """The function or class under its decorators, whose source has them again."""
    inner = getattr(target, "pyfunc", target)  # np.vectorize calls it so
    return inspect.unwrap(inner) if callable(inner) else inner


def defined_name(target: Any) -> str:
    """The name after `def` or `class`, whatever a decorator made of it."""
    return str(target.__code__.co_name if isinstance(target, FunctionType) else target.__name__)


def _definitions(target: Any) -> list[str]:
    inner = bare(target)
    if isinstance(inner, FunctionType):
        source = function_source(inner)
        if inner is not target and not source.startswith("@") and "lambda" not in source:
            raise NoSource(f"it was made from `{defined_name(inner)}` by a call; use `def`")
        return [source]
    if not isinstance(target, type):
        raise NoSource(f"{describe_type(target)} has no text of its own; use `def`")
    history = [
        cls
        for cls in reversed(target.__mro__)
        if cls.__module__ == target.__module__ and cls.__name__ == target.__name__
    ]
    return list(dict.fromkeys(class_source(cls) for cls in history))


def _namespace(target: Any) -> dict[str, Any]:
    """The global names that the answer sees."""
    if isinstance(target, FunctionType):
        return target.__globals__
    methods = (value for value in vars(target).values() if isinstance(value, FunctionType))
    return next((m.__globals__ for m in methods if m.__module__ == target.__module__), {})


def _collect(
    source: str, namespace: dict[str, Any], home: str, result: Harvest, seen: set[str]
) -> None:
    for name in sorted(names_of(source).needed - seen):
        seen.add(name)
        if name not in namespace:
            result.missing.append(name)
            continue
        value = namespace[name]
        if getattr(bare(value), "__module__", None) == home and callable(value):
            _collect_helper(name, value, namespace, home, result, seen)
        elif constant := _constant(name, value, result):
            result.helpers[name] = constant
        elif statement := _import(name, value):
            result.imports[name] = statement
        else:
            result.missing.append(name)


def _collect_helper(
    name: str, value: Any, namespace: dict[str, Any], home: str, result: Harvest, seen: set[str]
) -> None:
    try:
        sources = _definitions(value)
    except NoSource:
        result.missing.append(name)
        return
    for source in sources:
        _collect(source, namespace, home, result, seen)
    text = "\n\n".join(sources)
    # The notebook may know it by another name than its `def` has.
    own_name = defined_name(bare(value))
    alias = "" if name in names_of(text).bound else f"\n\n{name} = {own_name}\n"
    result.helpers[name] = text + alias


def _constant(name: str, value: Any, result: Harvest) -> str:
    """An assignment that makes a simple value again, or nothing if it is not simple."""
    if type(value) is np.ndarray and value.dtype.kind in "biuf" and np.isfinite(value).all():
        text = f"{name} = np.array({value.tolist()!r}, dtype={value.dtype.name!r})\n"
        if len(text) <= MAX_CONSTANT:
            result.imports.setdefault("np", "import numpy as np")
            return text
        return ""
    text = f"{name} = {value!r}\n" if _is_simple(value) else ""
    return text if len(text) <= MAX_CONSTANT else ""


def _is_simple(value: Any) -> bool:
    if value is None or type(value) in (bool, int, str):
        return True
    if type(value) is float:
        return math.isfinite(value)
    if type(value) in (list, tuple, set) and len(value) <= MAX_CONSTANT and value:
        return all(map(_is_simple, value))
    if type(value) is dict and len(value) <= MAX_CONSTANT:
        return all(map(_is_simple, [*value, *value.values()]))
    return type(value) in (list, tuple)


def _import(name: str, value: Any) -> str:
    """The statement that binds a name to a module or to something out of one."""
    if isinstance(value, ModuleType):
        module = value.__name__
        return f"import {module}" if module == name else f"import {module} as {name}"
    own_name = str(getattr(value, "__name__", name))
    for module in (str(getattr(value, "__module__", "")), "numpy", "math"):
        there = getattr(sys.modules.get(module), own_name, None)
        if there is value and module != "__main__":
            alias = "" if own_name == name else f" as {name}"
            return f"from {module} import {own_name}{alias}"
    return ""
