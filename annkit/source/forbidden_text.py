"""Text in an answer's source: where nobody but people reads it, and where it may be evaluated.

SymPy evaluates text in many places (`sp.exp("diff(…)")` differentiates), and text need not stand
there in one piece. To call anything it needs a bracket: so text with a bracket, and whatever puts
text together, is worth a look unless it is a name, a key or a message.

Not here: walking a source (`forbidden_search`), what a text may not hold (`forbidden`).
"""

import ast
import re
from collections.abc import Collection

from annkit.source.forbidden_names import EXCEPTIONS, NAMERS

_NAME_OR_NUMBER = re.compile(r"[\w\s]*|[-+\d./*\s]*")
# What makes text of something else, or longer text of pieces.
_MAKERS = frozenset(("str", "repr", "format", "join"))


def folded(node: ast.AST) -> str | None:
    """The text that an expression of constants is; None if it is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left = folded(node.left)
        right = None if left is None else folded(node.right)
        return None if left is None or right is None else left + right
    return None


def is_text(node: ast.AST) -> bool:
    """Whether an expression is a text, maybe with values put into it."""
    return isinstance(node, ast.JoinedStr) or folded(node) is not None


def is_name_or_number(text: str) -> bool:
    """Whether a text says nothing but a name or a number."""
    return _NAME_OR_NUMBER.fullmatch(text) is not None


def is_number(node: ast.AST) -> bool:
    """Whether an expression is a number, or a text that is one."""
    text = folded(node)
    if text is not None:
        return is_name_or_number(text)
    inner = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(inner, ast.Constant) and isinstance(inner.value, int | float)


def last_name(node: ast.AST) -> str:
    """`c` of `a.b.c`, a name itself, "" for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def unread(node: ast.AST) -> Collection[ast.AST]:
    """Children whose text is read by nobody but people: docstrings, keys, messages."""
    match node:
        case ast.Expr(value=value) if is_text(value):
            return [value]
        case ast.Dict() | ast.DictComp() | ast.Subscript():
            return [key for key in _keys(node) if "(" not in (folded(key) or "(")]
        case ast.Call(func=func, args=args) if last_name(func) in EXCEPTIONS | {"print"}:
            return [arg for arg in args if is_text(arg)]
    return []


def naming(node: ast.AST) -> Collection[ast.AST]:
    """Children that are a name, a key or a message: there text may be put together."""
    match node:
        case ast.Dict() | ast.DictComp() | ast.Subscript():
            return [key for key in _keys(node) if folded(key) is None]
        case ast.Call(func=func, args=args) if last_name(func) in NAMERS | EXCEPTIONS - _MAKERS:
            return args
    return []


def _keys(node: ast.Dict | ast.DictComp | ast.Subscript) -> list[ast.expr]:
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if isinstance(node, ast.DictComp):
        return [node.key]
    return [key for key in node.keys if key is not None]


def puts_together(node: ast.AST) -> str:
    """What makes text in this node itself; "" if nothing does."""
    match node:
        case ast.JoinedStr(values=values) if any(isinstance(v, ast.FormattedValue) for v in values):
            return 'f"…"'
        case ast.Call(func=func) if last_name(func) in _MAKERS:
            return f"{last_name(func)}(…)"
        case ast.BinOp(op=ast.Mod(), left=left) if is_text(left):
            return '"…" % …'
        case ast.Attribute(attr="name"):
            return "….name"
        case ast.ExceptHandler(name=str(name)):
            return f"except … as {name}"
    return ""
