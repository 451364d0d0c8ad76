"""Which names a piece of code binds, and which it looks up outside itself.

Names are resolved by Python's scoping rules on the syntax tree: a function's own variable is never
mistaken for a global, whatever either is called. Every rule of Python that gives a name to a scope
stands here, so the answer is the same under every Python that parses the code, and however deep it
is nested.

Not here: what to do about a name (`forbidden` rules some out, `needed_cells` follows others).
"""

import ast
import builtins
import math
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

# Stands for "any name": what a star import binds.
ANY = "*"
_BUILTINS = frozenset(dir(builtins))
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True)
class Names:
    """The names of one piece of code.

    Attributes:
        bound: assigned, imported or defined at its top level, or with `global` by what stands
            inside; `ANY` for a star import.
        members: bound in the body of a class.
        at_once: looked up while the code itself runs: defaults, annotations, base classes.
        later: looked up only when a function defined here is called.
        by_global: bound by nothing but a function that declares them with `global`.
    """

    bound: frozenset[str]
    members: frozenset[str]
    at_once: frozenset[str]
    later: frozenset[str]
    by_global: frozenset[str]

    @property
    def looked_up(self) -> frozenset[str]:
        """Everything that is looked up among the globals, built-in names included."""
        return self.at_once | self.later

    @property
    def used(self) -> frozenset[str]:
        """Everything that is looked up among the globals, built-in names left out."""
        return self.looked_up - _BUILTINS

    @property
    def wanted(self) -> frozenset[str]:
        """What has to be there before a call, built-in names included, since any can be covered.

        A global that only functions assign is among it: one may read it first.
        """
        return self.looked_up - (self.bound - self.by_global)


def names_of(code: str | ast.AST) -> Names:
    """Sort the names of a piece of code.

    Args:
        code: Python source, or a syntax tree, which stays as it is.

    Returns:
        What it binds and what it looks up.

    Raises:
        SyntaxError: the source is not Python.

    Example:
        >>> sorted(names_of("def f(x, k=scale): return helper(x) * k").used)
        ['helper', 'scale']
    """
    module = _Scope("module")
    waiting = [(ast.parse(code) if isinstance(code, str) else code, module)]
    while waiting:  # no recursion: an expression of a thousand terms is a thousand levels deep
        node, scope = waiting.pop()
        waiting.extend(scope.take(node))
    at_once: set[str] = set()
    later: set[str] = set()
    bound, members = set(module.bound), set()
    for scope in module.all:
        (at_once if scope.runs_at_once else later).update(filter(scope.means_global, scope.read))
        bound |= scope.bound & scope.declared_global
        members |= scope.bound if scope.kind == "class" else set()
    return Names(*map(frozenset, (bound, members, at_once, later, bound - module.bound)))


def bound_name(alias: ast.alias) -> str:
    """The name an import binds: `import a.b` binds a, `import a.b as c` binds c."""
    return alias.asname or alias.name.partition(".")[0]


def root_name(node: ast.AST, through: type | tuple[type, ...] = ast.Attribute) -> str:
    """`a` of `a.b.c`, "" if it does not begin with a name.

    Args:
        node: an expression.
        through: what may follow the name; attributes, if nothing else is said.
    """
    while isinstance(node, through):
        node = node.value  # type: ignore[attr-defined]
    return node.id if isinstance(node, ast.Name) else ""


def parts_at_once(function: Function) -> list[ast.expr]:
    """What of a function runs where it stands, before any call: all but its body."""
    return [*_decorators_and_defaults(function), *_annotations(function)]


def _decorators_and_defaults(function: Function) -> list[ast.expr]:
    defaults = (*function.args.defaults, *function.args.kw_defaults)
    return [*getattr(function, "decorator_list", ()), *filter(None, defaults)]


def _annotations(function: Function) -> list[ast.expr]:
    returned = getattr(function, "returns", None)
    return [*filter(None, (*(one.annotation for one in _parameters(function)), returned))]


def _parameters(function: Function) -> list[ast.arg]:
    given = function.args
    every = (*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg)
    return [*filter(None, every)]


_Inner = Generator[tuple[ast.AST, "_Scope"], None, None]
_Place = tuple[float, float]
_NEVER = (math.inf, math.inf)
_IMPLICIT = {"__module__": (0.0, 0.0), "__qualname__": (0.0, 0.0)}


class _Scope:
    """A stretch of code that has names of its own: a module, class, function or comprehension.

    Args:
        kind: "module", "class", "function", or "inline" for what runs where it stands.
        outer: the scope around it.
        private: the class whose name is put before private names like `__x`.
    """

    def __init__(self, kind: str, outer: "_Scope | None" = None, private: str = "") -> None:
        self.kind = kind
        self.outer = outer
        self.private = private
        self.all: list[_Scope] = outer.all if outer else []
        self.all.append(self)
        self.runs_at_once: bool = kind != "function" and (outer is None or outer.runs_at_once)
        self.bound: set[str] = set()
        self.declared_global: set[str] = set()
        self.declared_nonlocal: set[str] = set()
        # Local without a value: declared by an annotation, deleted, or gone after `except`.
        self.empty: set[str] = set()
        # Name → where it is read first; in a class, from where on it has a value for sure.
        self.read: dict[str, _Place] = {}
        self.settled = _IMPLICIT.copy() if kind == "class" else {}

    def means_global(self, name: str) -> bool:
        """Whether a name that is read here is, or may be, looked up among the globals."""
        if self.kind == "module" or name in self.declared_global:
            return True
        if self.kind == "class" and (self.owns(name) or name in _IMPLICIT):
            # A class looks among its own names, then at once among the globals.
            return name in self.empty or self.read[name] < self.settled.get(name, _NEVER)
        scope: _Scope | None = self
        while scope is not None and scope.kind != "module":
            if scope.kind == "class" and scope is not self:
                if name == "__class__":  # the one name of a class that its methods see
                    return False
            elif name in scope.declared_global:
                return True
            elif scope.owns(name):
                return False
            scope = scope.outer
        return True

    def owns(self, name: str) -> bool:
        """Whether a name is a variable of this scope."""
        return (name in self.bound or name in self.empty) and name not in self.declared_nonlocal

    def take(self, node: ast.AST) -> _Inner:
        """Note the names of a node; what stands inside comes back with the scope it is in."""
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                self._bind(name)
            case ast.Name(id=name, ctx=context):
                self._look_up(name, node)
                if isinstance(context, ast.Del):
                    self.empty.add(self._full(name))
            case ast.AugAssign(target=ast.Name(id=name)):
                self._look_up(name, node)
            case ast.Global(names=names):
                self.declared_global.update(map(self._full, names))
            case ast.Nonlocal(names=names):
                self.declared_nonlocal.update(map(self._full, names))
            case ast.alias():
                self._bind(bound_name(node))
            case ast.ExceptHandler(name=str(name)):
                self._bind(name)
                self.empty.add(self._full(name))
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                self._bind(name)
            case ast.MatchMapping(rest=str(name)):
                self._bind(name)
        yield from self._inside(node)

    def _bind(self, name: str) -> None:
        self.bound.add(self._full(name))

    def _look_up(self, name: str, node: ast.AST) -> None:
        place = (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))
        full = self._full(name)
        self.read[full] = min(place, self.read.get(full, place))

    def _full(self, name: str) -> str:
        """A name as Python knows it: private names of a class carry the class's name."""
        is_private = self.private and name.startswith("__") and not name.endswith("__")
        return f"_{self.private}{name}" if is_private else name

    def _inside(self, node: ast.AST) -> _Inner:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                yield from self._take_function(node)
            case ast.ClassDef():
                yield from self._take_class(node)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                yield from self._take_comprehension(node)
            case ast.NamedExpr(target=target, value=value):
                yield from ((target, self._around_comprehensions()), (value, self))
            case ast.AnnAssign(target=ast.Name(id=name), value=None):
                if node.simple:  # `(x): int` declares nothing
                    self.empty.add(self._full(name))
                yield node.annotation, self
            case _ if type(node).__name__ == "TypeAlias":
                yield from self._take_type_alias(node)
            case _:
                yield from ((child, self) for child in ast.iter_child_nodes(node))

    def _take_function(self, node: Function) -> _Inner:
        yield from ((part, self) for part in _decorators_and_defaults(node))
        around = yield from self._take_type_parameters(node)
        yield from ((part, around) for part in _annotations(node))
        inside = _Scope("function", around, self.private)
        for parameter in _parameters(node):
            inside._bind(parameter.arg)
        if isinstance(node, ast.Lambda):
            yield node.body, inside
        else:
            self._bind(node.name)
            yield from ((statement, inside) for statement in node.body)

    def _take_class(self, node: ast.ClassDef) -> _Inner:
        self._bind(node.name)
        yield from ((decorator, self) for decorator in node.decorator_list)
        around = yield from self._take_type_parameters(node)
        yield from ((base, around) for base in (*node.bases, *node.keywords))
        inside = _Scope("class", around, node.name.lstrip("_"))
        for statement in node.body:
            end = (statement.end_lineno or 0, statement.end_col_offset or 0)
            for name in _bound_for_sure(statement):
                inside.settled.setdefault(inside._full(name), end)
            yield statement, inside

    def _take_comprehension(self, node: _Comprehension) -> _Inner:
        inside = _Scope("inline", self, self.private)
        first, *others = node.generators
        yield first.iter, self  # the first list is made outside
        yield from ((one, inside) for one in (first.target, *first.ifs, *others))
        parts = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
        yield from ((part, inside) for part in parts)

    def _take_type_alias(self, node: Any) -> _Inner:
        """`type X = …`, from Python 3.12 on; its value is worked out when somebody asks."""
        yield node.name, self
        around = yield from self._take_type_parameters(node)
        yield node.value, _Scope("function", around, self.private)

    def _take_type_parameters(
        self, node: ast.AST
    ) -> Generator[tuple[ast.AST, "_Scope"], None, "_Scope"]:
        """Those of `def f[T: Bound]`, from Python 3.12 on; returns the scope that sees them."""
        parameters = getattr(node, "type_params", [])
        if not parameters:
            return self
        around = _Scope("inline", self, self.private)
        bounds = _Scope("function", around, self.private)
        for parameter in parameters:
            around._bind(parameter.name)
            yield from ((child, bounds) for child in ast.iter_child_nodes(parameter))
        return around

    def _around_comprehensions(self) -> "_Scope":
        scope = self
        while scope.kind == "inline" and scope.outer:
            scope = scope.outer
        return scope


def _bound_for_sure(statement: ast.stmt) -> list[str]:
    """Names that have a value after a statement, if it ends at all."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            return [bound_name(alias) for alias in aliases]
        case ast.Assign(targets=targets):
            inner = [node for target in targets for node in ast.walk(target)]
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target, value=ast.expr()):
            inner = [target]
        case _:
            return []
    return [n.id for n in inner if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
