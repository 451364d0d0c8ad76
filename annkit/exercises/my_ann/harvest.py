"""What a learner's definition needs to stand alone: its helpers, constants and imports.

Not here: a definition's text (`annkit.source.definitions`), that of a value (`value_text`), writing
the file (`keep`).
"""

import ast
import builtins
import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from annkit.exercises.calls.wire import describe_type
from annkit.exercises.my_ann.own_module import MODULE
from annkit.exercises.my_ann.value_text import attributes_of, attributes_used, text_of
from annkit.exercises.tasks.home_folder import home
from annkit.source.definitions import NoSource, class_source, function_source, methods_of
from annkit.source.names import names_of

# Its objects stand for Python's own in a notebook, `open` for one.
_SHELLS = ("IPython", "ipykernel")
# With it no annotation is worked out when the file is imported.
LAZY_ANNOTATIONS = "from __future__ import annotations"


@dataclass
class Harvest:
    """Everything that is to be kept of one answer.

    Attributes:
        definitions: sources of the answer itself; several if a class extends an earlier one of
            the same name, oldest first.
        helpers: name → source of what it uses from the notebook; what others use comes first.
        imports: name → the statement that binds it; for what came from the learner's own module
            that is an import from there.
        missing: names that could not be kept.
    """

    definitions: list[str] = field(default_factory=list)
    helpers: dict[str, str] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def sources(self) -> list[str]:
        """The texts of the answer and of all its helpers."""
        return [*self.definitions, *self.helpers.values()]


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
    collector = _Collector(_namespace(target), target.__module__, result, {name, own_name})
    for definition in result.definitions:
        collector.collect(definition)
    result.missing += _attributes_left_out(result)
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
        if cls.__module__ in (target.__module__, MODULE) and cls.__name__ == target.__name__
    ]
    return list(dict.fromkeys(filter(None, map(_class_text, history))))


def _class_text(cls: type) -> str:
    """A class's text; one that is in the file already may have changed there since."""
    try:
        return class_source(cls)
    except NoSource:
        if cls.__module__ == MODULE:
            return ""
        raise


def _namespace(target: Any) -> dict[str, Any]:
    """The global names that the answer sees."""
    if isinstance(target, FunctionType):
        return target.__globals__
    methods = methods_of(target).values() if isinstance(target, type) else ()
    at_home = next((method.__globals__ for method in methods), None)
    return _names_in(_module_of(target)) if at_home is None else at_home


def _names_in(module: str) -> dict[str, Any]:
    return getattr(sys.modules.get(module), "__dict__", {})


class _Collector:
    """Collects what sources use of a notebook.

    Args:
        namespace: the notebook's names.
        home: the module that the notebook is.
        result: what is added to.
        seen: names that need no look.
    """

    def __init__(
        self, namespace: dict[str, Any], home: str, result: Harvest, seen: set[str]
    ) -> None:
        self._namespace, self._home, self._result, self._seen = namespace, home, result, seen
        self._lost: set[str] = set()

    def collect(self, source: str) -> None:
        """Add what a source uses."""
        tree = ast.parse(source)
        annotated = names_of(tree).wanted
        plain = names_of(_Bare().visit(tree)).wanted
        for name in sorted(annotated - self._seen):
            if _is_built_in(name, self._namespace):
                continue
            self._seen.add(name)
            if self._add(name):
                continue
            if name in plain:
                self._result.missing.append(name)
            else:
                self._result.imports["annotations"] = LAZY_ANNOTATIONS
                self._seen.remove(name)

    def _add(self, name: str) -> bool:
        """Add what a name stands for; tells whether that can be had."""
        if name not in self._namespace:
            return False
        value = self._namespace[name]
        if _module_of(value) == self._home and callable(value):
            return self._add_helper(name, value)
        if text := text_of(value, self._named):
            self._result.helpers[name] = f"{name} = {text}\n"
            return True
        if statement := _import(name, value):
            self._result.imports[name] = statement
            return True
        return False

    def _add_helper(self, name: str, value: Any) -> bool:
        try:
            sources = _definitions(value)
        except NoSource:
            return False
        for source in sources:
            self.collect(source)
        text = "\n\n".join(sources)
        # The notebook may know it by another name than its `def` has.
        own_name = defined_name(bare(value))
        alias = "" if name in names_of(text).bound else f"\n\n{name} = {own_name}\n"
        self._result.helpers[name] = text + alias
        return True

    def _named(self, value: Any) -> str:
        """The name by which a function, class or module of a container is known in the file."""
        if value is np:
            self._result.imports.setdefault("np", "import numpy as np")
            return "np"
        own_name = name_in_module(value)
        there = self._namespace.get(own_name)
        if not own_name.isidentifier() or getattr(builtins, own_name, None) is value:
            return own_name if own_name.isidentifier() else ""
        if _module_of(value) == self._home and callable(value):
            return self._known(own_name) if _is_same(value, there) else ""
        top = _top(value)
        name = own_name if there is value or top == MODULE else f"{top}_{own_name}"
        statement = _import(name, value)
        if statement:
            self._result.imports[name] = statement
        return name if statement else ""

    def _known(self, name: str) -> str:
        """A name of the notebook, once it is added."""
        if name not in self._seen:
            self._seen.add(name)
            if not self._add(name):
                self._lost.add(name)
        return "" if name in self._lost else name


class _Bare(ast.NodeTransformer):
    """Takes annotations away: they are looked up when a definition runs, or never."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: Any) -> Any:
        node.returns = None
        return self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 — so ast calls it

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        node.annotation = ast.Constant(None)
        self.generic_visit(node)
        return node


def _is_same(one: Any, other: Any) -> bool:
    """Whether two functions or classes are one, or the same text that was run twice."""
    if one is other:
        return True
    try:
        return callable(other) and _definitions(one) == _definitions(other)
    except NoSource:
        return False


def _is_built_in(name: str, namespace: dict[str, Any]) -> bool:
    """Whether a name means what Python itself calls so."""
    if name not in dir(builtins):
        return False
    value = namespace.get(name, getattr(builtins, name))
    shell = _top(value) in _SHELLS
    return name.startswith("__") or shell or value is getattr(builtins, name)


def _module_of(value: Any) -> str:
    return str(getattr(bare(value), "__module__", "") or "")


def _top(value: Any) -> str:
    """The package that a value comes from."""
    module = value.__name__ if isinstance(value, ModuleType) else _module_of(value)
    return module.partition(".")[0]


def _attributes_left_out(result: Harvest) -> Iterator[str]:
    """What is used of a namespace and could not be kept in it."""
    for name, text in result.helpers.items():
        there = attributes_of(text)
        if there:
            used = attributes_used(name, result.sources)
            yield from (f"{name}.{one}" for one in sorted(used - set(there)))


def name_in_module(value: Any) -> str:
    """What a function, class or module is called where it was defined; empty if nothing."""
    if isinstance(value, ModuleType):
        return value.__name__.rpartition(".")[2]
    inner = bare(value)
    own_name = str(getattr(inner, "__name__", ""))
    there = _namespace(inner)
    if not own_name.isidentifier() or there.get(own_name, value) is not value:
        named = (name for name, one in there.items() if one is value and name[0] != "_")
        return next(named, own_name)
    return own_name


def _import(name: str, value: Any) -> str:
    """The statement that binds a name to a module or to something out of one."""
    if isinstance(value, ModuleType):
        module = value.__name__
        if not _is_everywhere(module):
            return ""
        return f"import {module}" if module == name else f"import {module} as {name}"
    own_name = name_in_module(value) or name
    alias = "" if own_name == name else f" as {name}"
    module = _module_of(value)
    if module == MODULE:
        return f"from {MODULE} import {own_name}{alias}" if own_name.isidentifier() else ""
    places = [module, "numpy", "math"]
    if inspect.isroutine(value) or isinstance(value, np.ufunc):
        places += sorted(sys.modules, key=len)
    found = (one for one in places if one != "__main__" and _has(one, own_name, value))
    place = next(found, "")
    if not place or not _is_everywhere(place):
        return ""
    return f"from {place} import {own_name}{alias}"


def _has(module: str, name: str, value: Any) -> bool:
    return _names_in(module).get(name) is value


def _is_everywhere(module: str) -> bool:
    """Whether a module can be imported from notebooks of other folders, too."""
    file = getattr(sys.modules.get(module.partition(".")[0]), "__file__", None)
    here = Path.cwd().resolve()
    return not file or Path(file).resolve().parent != here or here == home().resolve()
