"""Walking an answer's source for what is against a rule.

Every name is looked at in the place where it stands: a function's own variables may be called
anything, a docstring or a message may mention anything, an argument that is text may not.

Not here: what is against the rule (`forbidden`).
"""

import ast
import re
import symtable
from collections.abc import Collection, Iterator

from annkit.exercises.forbidden import BY_HAND, HIDES, TEXT, Rule, Use, unreadable
from annkit.exercises.forbidden_names import EXCEPTIONS, NAMERS, READERS

_NAME_OR_NUMBER = re.compile(r"[\w\s]*|[-+\d./*\s]*")


def search(
    rule: Rule, tree: ast.AST, bound: Collection[str] = (), defined: Collection[str] = ()
) -> list[Use]:
    """Everything against a rule in a source, by line.

    Args:
        rule: what is forbidden.
        tree: a module or a statement.
        bound: names that are known not to need a look: imports, the learner's own.
        defined: those that the learner's own `def` or `class` binds for sure; they may have a
            forbidden name.
    """
    try:
        walk = _Search(rule, frozenset(bound), frozenset(defined), tree).walk(tree)
        found = list(dict.fromkeys(walk))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [unreadable()]
    return sorted(found, key=lambda use: use.line)


class _Search:
    """One pass over one source."""

    def __init__(
        self, rule: Rule, bound: frozenset[str], defined: frozenset[str], tree: ast.AST
    ) -> None:
        self.rule = rule
        self.defined = defined
        self.outer = outer_names(tree)
        self.known = bound | defined | _made(tree)

    def walk(self, node: ast.AST) -> Iterator[Use]:
        """The uses in a node and everything below it."""
        text = _folded(node)
        if text is not None:
            yield from self.rule.judge_text(text, getattr(node, "lineno", 0))
            return
        yield from self.look(node)
        harmless_text = _harmless_text(node)
        for child in ast.iter_child_nodes(node):
            if not (child in harmless_text and _folded(child) is not None):
                yield from self.walk(child)

    def look(self, node: ast.AST) -> Iterator[Use]:
        """The uses in a node itself."""
        line = getattr(node, "lineno", 0)
        match node:
            case ast.Name(id=name) if name in self.outer:
                if name not in self.rule.names or name not in self.defined:
                    yield from self.rule.judge_name(name, line, self.known, name)
            case ast.Attribute(attr=name):
                if name.startswith("__") and name.endswith("__"):
                    yield Use(ast.unparse(node)[:60], line, HIDES, around=True)
                else:
                    yield from self.rule.judge_name(name, line, self.known, ast.unparse(node)[:60])
            case ast.Import(names=names):
                for alias in names:
                    yield from self.rule.judge_module(alias.name, line)
            case ast.ImportFrom(module=module, names=names):
                yield from self.rule.judge_module(module or ".", line)
                for alias in names:
                    if alias.name != "*":
                        shown = f"{module}.{alias.name}"
                        yield from self.rule.judge_name(alias.name, line, self.known, shown)
            case ast.ClassDef(body=body):
                for method in body:
                    if isinstance(method, ast.FunctionDef) and method.name in self.rule.names:
                        yield Use(method.name, method.lineno, BY_HAND)
            case ast.MatchClass(kwd_attrs=names):
                for name in names:
                    yield from self.rule.judge_name(name, line, self.known, name)
            case ast.Call():
                yield from self.look_at_call(node)
            case ast.Constant(value=number):
                yield from self.rule.judge_number(number, line)
            case ast.BinOp(op=ast.Pow()):
                yield from self.rule.judge_number(_constant_power(node), line)

    def is_evaluated(self, node: ast.AST) -> bool:
        """Whether an argument is a text that says more than a harmless name or a number."""
        text = _folded(node)
        if text is None:
            return isinstance(node, ast.JoinedStr)
        return self.rule.names_one(text) or _NAME_OR_NUMBER.fullmatch(text) is None

    def look_at_call(self, call: ast.Call) -> Iterator[Use]:
        """Text that a call may evaluate."""
        name = _last_name(call.func)
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        texts = [node for arg in given for node in ast.walk(arg) if _is_text(node)]
        nested = texts if name in ("sympify", "_sympify", "S") else []
        if name in READERS and any(map(self.is_evaluated, [*given, *nested])):
            yield Use(f"{name}(text)", call.lineno, TEXT)
        elif name not in NAMERS and name not in EXCEPTIONS and any(map(_looks_called, texts)):
            yield Use(f"{name or '…'}(text)", call.lineno, TEXT, certain=False)
        elif name in ("sympify", "_sympify", "S") and not all(map(_is_number, given)):
            yield Use(f"{name}(…)", call.lineno, TEXT, certain=False)


def outer_names(tree: ast.AST) -> frozenset[str]:
    """Names that a source means outside its functions: everything but their own variables."""
    names: set[str] = set()
    waiting = [symtable.symtable(ast.unparse(tree), "<answer>", "exec")]
    while waiting:
        scope = waiting.pop()
        waiting.extend(scope.get_children())
        at_top = scope.get_type() == "module"
        names |= {
            symbol.get_name() for symbol in scope.get_symbols() if at_top or symbol.is_global()
        }
    return frozenset(names)


def _made(tree: ast.AST) -> frozenset[str]:
    """Names, attributes and methods that the source itself makes."""
    made: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name, ctx=ast.Store()) | ast.Name(id=name, ctx=ast.Store()):
                made.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                made.add(name)
            case ast.alias(name=name, asname=asname):
                made.add(asname or name.partition(".")[0])
    return frozenset(made)


def _folded(node: ast.AST) -> str | None:
    """The text that an expression of constants is; None if it is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _folded(node.left), _folded(node.right)
        return None if left is None or right is None else left + right
    return None


def _harmless_text(node: ast.AST) -> Collection[ast.AST]:
    """Children whose text is read by nobody but people: docstrings, keys, messages."""
    match node:
        case ast.Expr(value=value):
            return [value]
        case ast.Dict(keys=keys):
            return [key for key in keys if key is not None]
        case ast.Subscript(slice=key):
            return [key]
        case ast.Call(func=func, args=args) if _last_name(func) in EXCEPTIONS | {"print"}:
            return args
    return []


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or _folded(node) is not None


def _constant_power(node: ast.BinOp) -> object:
    """The value of a power of two numbers that are written out; None if it is none, or huge."""
    try:
        base, exponent = ast.literal_eval(node.left), ast.literal_eval(node.right)
        return float(base) ** float(exponent)
    except (ValueError, TypeError, ArithmeticError, SyntaxError):
        return None


def _looks_called(node: ast.AST) -> bool:
    return "(" in ast.unparse(node).removeprefix("f")


def _is_number(node: ast.AST) -> bool:
    text = _folded(node)
    if text is not None:
        return _NAME_OR_NUMBER.fullmatch(text) is not None
    inner = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(inner, ast.Constant) and isinstance(inner.value, int | float)


def _last_name(node: ast.AST) -> str:
    """`c` of `a.b.c`, a name itself, "" for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
