"""Walking an answer's source for what is against a rule.

Every name is looked at in the place where it stands: a function's own variables may be called
anything, a docstring or a message may mention anything, an argument that is text may not.

Not here: what is against the rule (`forbidden`), where text does no harm (`forbidden_text`).
"""

import ast
import symtable
from collections.abc import Collection, Iterator

from annkit.source.forbidden import BY_HAND, HIDES, PIECES, TEXT, Rule, Use, unreadable
from annkit.source.forbidden_names import READERS
from annkit.source.forbidden_text import (
    folded,
    is_name_or_number,
    is_number,
    is_text,
    last_name,
    naming,
    puts_together,
    unread,
)

# Here its names are the learner's own answers.
OWN_MODULE = "my_ann"


def search(
    rule: Rule,
    tree: ast.AST,
    bound: Collection[str] = (),
    defined: Collection[str] = (),
    modules: Collection[str] = (),
) -> list[Use]:
    """Everything against a rule in a source, by line.

    Args:
        rule: what is forbidden.
        tree: a module or a statement.
        bound: names that are known not to need a look: imports, the learner's own.
        defined: those that the learner's own `def` or `class` binds for sure; they may have a
            forbidden name.
        modules: those that were imported: what they hold is never the learner's own.
    """
    try:
        one = _Search(rule, tree, frozenset(bound), frozenset(defined), frozenset(modules))
        found = list(dict.fromkeys(one.walk(tree)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [unreadable()]
    return sorted(found, key=lambda use: use.line)


class _Search:
    """One pass over one source."""

    def __init__(
        self,
        rule: Rule,
        tree: ast.AST,
        bound: frozenset[str],
        defined: frozenset[str],
        modules: frozenset[str],
    ) -> None:
        self.rule = rule
        self.defined = defined
        self.modules = modules
        self.outer = outer_names(tree)
        names, self.parts = _made(tree)
        self.known = bound | defined | names

    def walk(self, node: ast.AST, is_name: bool = False) -> Iterator[Use]:
        """The uses in a node and everything below it.

        Args:
            node: where to begin.
            is_name: whether it is part of a name, a key or a message.
        """
        line = getattr(node, "lineno", 0)
        text = folded(node)
        if text is not None:
            yield from self.rule.judge_text(text, line, is_name)
            return
        yield from self.look(node)
        if not is_name and puts_together(node):
            yield Use(puts_together(node), line, PIECES, certain=False)
        for_people, names = unread(node), naming(node)
        for child in ast.iter_child_nodes(node):
            if child not in for_people:
                yield from self.walk(child, is_name or child in names)
            elif isinstance(child, ast.JoinedStr):
                for piece in child.values:
                    if isinstance(piece, ast.FormattedValue):
                        yield from self.walk(piece.value, True)

    def look(self, node: ast.AST) -> Iterator[Use]:
        """The uses in a node itself."""
        line = getattr(node, "lineno", 0)
        match node:
            case ast.Name(id="__match_args__"):
                yield Use("__match_args__", line, HIDES, around=True)
            case ast.Name(id=name) if name in self.outer:
                if name not in self.rule.names or name not in self.defined:
                    yield from self.rule.judge_name(name, line, self.known, name)
            case ast.Attribute(attr=name):
                if name.startswith("__") and name.endswith("__"):
                    yield Use(ast.unparse(node)[:60], line, HIDES, around=True)
                else:
                    own = () if _first_name(node) in self.modules else self.parts
                    yield from self.rule.judge_name(name, line, own, ast.unparse(node)[:60])
            case ast.Import(names=names):
                for alias in names:
                    yield from self.rule.judge_module(alias.name, line)
            case ast.ImportFrom(module=module, names=names):
                yield from self.rule.judge_module(module or ".", line)
                own = self.known if module == OWN_MODULE else ()
                for alias in names:
                    if alias.name != "*":
                        shown = f"{module}.{alias.name}"
                        yield from self.rule.judge_name(alias.name, line, own, shown)
            case ast.ClassDef(body=body):
                for method in body:
                    if isinstance(method, ast.FunctionDef) and method.name in self.rule.names:
                        yield Use(method.name, method.lineno, BY_HAND)
            case ast.MatchClass(cls=cls, patterns=patterns, kwd_attrs=names):
                if patterns:
                    yield Use(f"case {ast.unparse(cls)[:40]}(…)", line, HIDES, certain=False)
                for name in names:
                    yield from self.rule.judge_name(name, line, self.parts, name)
            case ast.Call():
                yield from self.look_at_call(node)
            case ast.Constant(value=number):
                yield from self.rule.judge_number(number, line)
            case ast.BinOp(op=ast.Pow()):
                yield from self.rule.judge_number(_constant_power(node), line)

    def is_evaluated(self, node: ast.AST) -> bool:
        """Whether an argument is a text that says more than a harmless name or a number."""
        text = folded(node)
        if text is None:
            return isinstance(node, ast.JoinedStr)
        return self.rule.names_one(text) or not is_name_or_number(text)

    def look_at_call(self, call: ast.Call) -> Iterator[Use]:
        """Text that a call evaluates."""
        name = last_name(call.func)
        if name not in READERS:
            return
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        reads_all = name in ("sympify", "_sympify", "S")
        nested = (node for arg in given for node in ast.walk(arg) if is_text(node))
        if any(map(self.is_evaluated, [*given, *(nested if reads_all else ())])):
            yield Use(f"{name}(text)", call.lineno, TEXT)
        elif reads_all and not all(map(is_number, given)):
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


def _made(tree: ast.AST) -> tuple[frozenset[str], frozenset[str]]:
    """Names that the source itself makes, and what it makes parts of an object."""
    names: set[str] = set()
    parts: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name, ctx=ast.Store()):
                parts.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.FunctionDef(name=name):
                names.add(name)
            case ast.ClassDef(name=name, body=body):
                names.add(name)
                parts |= _names_in(body)
            case ast.alias(name=name, asname=asname):
                names.add(asname or name.partition(".")[0])
    return frozenset(names), frozenset(parts)


def _names_in(body: list[ast.stmt]) -> set[str]:
    """Methods of a class and names that its body assigns."""
    methods = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    inner = (
        node
        for one in body
        if isinstance(one, ast.Assign | ast.AnnAssign)
        for node in ast.walk(one)
    )
    stored = (n for n in inner if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    return methods | {name.id for name in stored}


def _first_name(node: ast.AST) -> str:
    """`a` of `a.b.c`, "" if it does not begin with a name."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _constant_power(node: ast.BinOp) -> object:
    """The value of a power of two numbers that are written out; None if it is none, or huge."""
    try:
        base, exponent = ast.literal_eval(node.left), ast.literal_eval(node.right)
        return float(base) ** float(exponent)
    except (ValueError, TypeError, ArithmeticError, SyntaxError):
        return None
