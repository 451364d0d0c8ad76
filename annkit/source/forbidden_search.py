"""Searching an answer's source for what is against a rule.

Every name is looked at in the place where it stands: a function's own variables may be called
anything, a docstring or a message may mention anything, an argument that is text may not. SymPy
evaluates text in many places (`sp.exp("diff(…)")` differentiates), and text need not stand there
in one piece. To call anything it needs a bracket: so text with a bracket, and whatever puts text
together, is worth a look unless it is a name, a key or a message.

Not here: what is against the rule (`forbidden`), which names are global (`names`).
"""

import ast
import re
from collections.abc import Collection, Iterator

from annkit.source.forbidden import BY_HAND, EXCEPTIONS, HIDES, PIECES, TEXT, Rule, Use, unreadable
from annkit.source.names import names_of, root_name

# Here its names are the learner's own answers.
_OWN_MODULE = "my_ann"
# They evaluate text; a number or an expression is harmless.
_READERS = frozenset(
    ("sympify", "_sympify", "S", "N", "nsimplify", "simplify", "expand", "factor", "Matrix", "subs")
)
# Text given to them is a name or a message and is never evaluated.
_NAMERS = frozenset(
    ("symbols", "Symbol", "Dummy", "Wild", "Function", "print", "join", "split", *EXCEPTIONS)
)
# What makes text of something else, or longer text of pieces.
_MAKERS = frozenset(("str", "repr", "format", "join"))
_NAME_OR_NUMBER = re.compile(r"[\w\s]*|[-+\d./*\s]*")


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
        names = names_of(tree)
        self.outer = names.looked_up | names.bound
        self.known = bound | defined | names.bound
        self.parts = names.members | {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        }

    def walk(self, node: ast.AST, is_name: bool = False) -> Iterator[Use]:
        """The uses in a node and everything below it.

        Args:
            node: where to begin.
            is_name: whether it is part of a name, a key or a message.
        """
        line = getattr(node, "lineno", 0)
        text = _folded(node)
        if text is not None:
            yield from self.rule.judge_text(text, line, is_name)
            return
        yield from self.look(node)
        if not is_name and _puts_together(node):
            yield Use(_puts_together(node), line, PIECES, certain=False)
        for_people, names = _unread(node), _naming(node)
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
                    own = () if root_name(node) in self.modules else self.parts
                    yield from self.rule.judge_name(name, line, own, ast.unparse(node)[:60])
            case ast.Import(names=names):
                for alias in names:
                    yield from self.rule.judge_module(alias.name, line)
            case ast.ImportFrom(module=module, names=names):
                yield from self.rule.judge_module(module or ".", line)
                own = self.known if module == _OWN_MODULE else ()
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
        text = _folded(node)
        if text is None:
            return isinstance(node, ast.JoinedStr)
        return self.rule.names_one(text) or not _is_name_or_number(text)

    def look_at_call(self, call: ast.Call) -> Iterator[Use]:
        """Text that a call evaluates."""
        name = _last_name(call.func)
        if name not in _READERS:
            return
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        reads_all = name in ("sympify", "_sympify", "S")
        nested = (node for arg in given for node in ast.walk(arg) if _is_text(node))
        if any(map(self.is_evaluated, [*given, *(nested if reads_all else ())])):
            yield Use(f"{name}(text)", call.lineno, TEXT)
        elif reads_all and not all(map(_is_number, given)):
            yield Use(f"{name}(…)", call.lineno, TEXT, certain=False)


def _constant_power(node: ast.BinOp) -> object:
    """The value of a power of two numbers that are written out; None if it is none, or huge."""
    try:
        base, exponent = ast.literal_eval(node.left), ast.literal_eval(node.right)
        return float(base) ** float(exponent)
    except (ValueError, TypeError, ArithmeticError, SyntaxError):
        return None


def _folded(node: ast.AST) -> str | None:
    """The text that an expression of constants is; None if it is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left = _folded(node.left)
        right = None if left is None else _folded(node.right)
        return None if left is None or right is None else left + right
    return None


def _is_text(node: ast.AST) -> bool:
    """Whether an expression is a text, maybe with values put into it."""
    return isinstance(node, ast.JoinedStr) or _folded(node) is not None


def _is_name_or_number(text: str) -> bool:
    """Whether a text says nothing but a name or a number."""
    return _NAME_OR_NUMBER.fullmatch(text) is not None


def _is_number(node: ast.AST) -> bool:
    """Whether an expression is a number, or a text that is one."""
    text = _folded(node)
    if text is not None:
        return _is_name_or_number(text)
    inner = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(inner, ast.Constant) and isinstance(inner.value, int | float)


def _last_name(node: ast.AST) -> str:
    """`c` of `a.b.c`, a name itself, "" for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _unread(node: ast.AST) -> Collection[ast.AST]:
    """Children whose text is read by nobody but people: docstrings, keys, messages."""
    match node:
        case ast.Expr(value=value) if _is_text(value):
            return [value]
        case ast.Dict() | ast.DictComp() | ast.Subscript():
            return [key for key in _keys(node) if "(" not in (_folded(key) or "(")]
        case ast.Call(func=func, args=args) if _last_name(func) in EXCEPTIONS | {"print"}:
            return [arg for arg in args if _is_text(arg)]
    return []


def _naming(node: ast.AST) -> Collection[ast.AST]:
    """Children that are a name, a key or a message: there text may be put together."""
    match node:
        case ast.Dict() | ast.DictComp() | ast.Subscript():
            return [key for key in _keys(node) if _folded(key) is None]
        case ast.Call(func=func, args=args) if _last_name(func) in _NAMERS:
            return args
    return []


def _keys(node: ast.Dict | ast.DictComp | ast.Subscript) -> list[ast.expr]:
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if isinstance(node, ast.DictComp):
        return [node.key]
    return [key for key in node.keys if key is not None]


def _puts_together(node: ast.AST) -> str:
    """What makes text in this node itself; "" if nothing does."""
    match node:
        case ast.JoinedStr(values=values) if any(isinstance(v, ast.FormattedValue) for v in values):
            return 'f"…"'
        case ast.Call(func=func) if _last_name(func) in _MAKERS:
            return f"{_last_name(func)}(…)"
        case ast.BinOp(op=ast.Mod(), left=left) if _is_text(left):
            return '"…" % …'
        case ast.Attribute(attr="name"):
            return "….name"
        case ast.ExceptHandler(name=str(name)):
            return f"except … as {name}"
    return ""
