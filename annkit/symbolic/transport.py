"""Expressions as plain data: nested lists with a table of allowed heads.

`["Mul", ["Symbol", "w", {}], ["Integer", "2"]]` stands for 2·w. What is read back is built
without evaluation and within limits on size and depth, so that neither `10**10**10` nor a tree a
million levels deep can hold up whoever reads it. Text is never evaluated.

Not here: other data (`annkit.exercises.calls.wire`), the table of heads (`heads`).
"""

import re
from typing import Any

import sympy
from sympy.core.function import UndefinedFunction

from annkit.symbolic.heads import CONSTANTS, HEADS

MAX_NODES = 5_000
MAX_DEPTH = 150
MAX_DIGITS = 400
_ASSUMPTIONS = {
    "real",
    "positive",
    "negative",
    "nonnegative",
    "nonpositive",
    "integer",
    "nonzero",
    "finite",
    "commutative",
    "extended_real",
}
_NAME = re.compile(r"[^\x00-\x1f]{1,60}")
_INTEGERS = (sympy.Integer, *(type(sympy.Integer(n)) for n in (-1, 0, 1)))
_RATIONALS = (sympy.Rational, type(sympy.S.Half))
_MATRICES = (sympy.Matrix, sympy.ImmutableMatrix)
_CLASSES = {getattr(sympy, name): name for name in HEADS}
_CONSTANTS = {type(node): name for name, (node, _) in CONSTANTS.items()}


class TransportError(ValueError):
    """A list that stands for no allowed expression, or for one that is too large."""


def to_plain(value: object) -> Any:
    """Turn a SymPy expression, matrix or Lambda into nested lists; None if it is none of these.

    Exact classes decide; no method of a class outside SymPy is called.
    """
    try:
        return _to_plain(value, [0], 0)
    except TransportError:
        return None


def obstacle(value: object) -> str:
    """Say in words what keeps a formula of SymPy's from being read; empty if it is none.

    As in `to_plain`, exact classes decide.
    """
    try:
        _to_plain(value, [0], 0)
    except _Unknown as unknown:
        return f"a formula that holds {unknown}"
    except TransportError:
        return "a formula that is too large"
    return ""


class _Unknown(TransportError):
    """Something that no formula of the course is made of, in words."""


def _in_words(node: object) -> str:
    kind = type(node)
    name = kind.__name__ if kind.__name__.isidentifier() else "of another kind"
    if type(kind) is UndefinedFunction:
        return f"`{name}`, a function without a formula"
    if kind is sympy.Derivative:
        return "a derivative not yet worked out (`.doit()` works it out)"
    return f"a {name}"


def _to_plain(node: Any, count: list[int], depth: int) -> Any:
    count[0] += 1
    if count[0] > MAX_NODES or depth > MAX_DEPTH:
        raise TransportError("an expression that is too large")
    kind = type(node)
    if kind in _INTEGERS:
        return ["Integer", _digits(node.p)]
    if kind in _RATIONALS:
        return ["Rational", _digits(node.p), _digits(node.q)]
    if kind is sympy.Float:
        return ["Float", float(node)]
    if kind in (sympy.Symbol, sympy.Dummy):
        return ["Symbol", *_symbol_key(node)]
    if kind in _CONSTANTS:
        return [_CONSTANTS[kind]]

    def inner(child: Any) -> Any:
        return _to_plain(child, count, depth + 1)

    if kind in _MATRICES:
        return ["Matrix", node.rows, node.cols, *map(inner, node)]
    if kind is sympy.Lambda:
        return ["Lambda", [inner(symbol) for symbol in node.variables], inner(node.expr)]
    if kind is sympy.Piecewise:
        return ["Piecewise", *([inner(pair.expr), inner(pair.cond)] for pair in node.args)]
    if kind in _CLASSES:
        return [_CLASSES[kind], *map(inner, node.args)]
    raise _Unknown(_in_words(node))


def _digits(number: int) -> str:
    if abs(number) >= 10**MAX_DIGITS:
        raise TransportError("an integer that is too long")
    return str(number)


def _symbol_key(symbol: Any) -> tuple[str, dict[str, bool]]:
    """A symbol's name and the assumptions it was made with."""
    given = getattr(symbol, "_assumptions_orig", {})
    known = {name: value for name, value in given.items() if name in _ASSUMPTIONS}
    return symbol.name, {name: value for name, value in known.items() if type(value) is bool}


def from_plain(plain: Any) -> Any:
    """Build the expression that `to_plain` took apart.

    Raises:
        TransportError: unknown head, malformed or too large.
    """
    try:
        return _from_plain(plain, [0], 0)
    except TransportError:
        raise
    except (TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise TransportError(f"a malformed expression ({type(error).__name__})") from None


def _from_plain(plain: Any, count: list[int], depth: int) -> Any:
    count[0] += 1
    if count[0] > MAX_NODES or depth > MAX_DEPTH:
        raise TransportError("an expression that is too large")
    if type(plain) is not list or not plain or type(plain[0]) is not str:
        raise TransportError("an expression is a list that begins with its head")
    head, *args = plain

    def inner(child: Any) -> Any:
        return _from_plain(child, count, depth + 1)

    if head == "Integer":
        return sympy.Integer(_read_integer(args[0]))
    if head == "Rational":
        return sympy.Rational(_read_integer(args[0]), _read_integer(args[1]))
    if head == "Float":
        return sympy.Float(float(args[0]))
    if head == "Symbol":
        return _read_symbol(*args)
    if head in CONSTANTS:
        return CONSTANTS[head][0]
    if head == "Matrix":
        rows, columns, *entries = args
        return sympy.Matrix(rows, columns, [inner(entry) for entry in entries])
    if head == "Lambda":
        return sympy.Lambda(tuple(inner(symbol) for symbol in args[0]), inner(args[1]))
    if head == "Piecewise":
        pairs = [(inner(value), inner(condition)) for value, condition in args]
        return sympy.Piecewise(*pairs, evaluate=False)
    if head in HEADS:
        return HEADS[head].make(*map(inner, args))
    raise TransportError(f"the head {head[:20]!r} is not allowed")


def _read_integer(text: Any) -> int:
    if type(text) is not str or len(text) > MAX_DIGITS + 1:
        raise TransportError("an integer that is too long")
    return int(text)


def _read_symbol(name: Any, assumptions: Any) -> Any:
    if type(name) is not str or not _NAME.fullmatch(name):
        raise TransportError("a symbol without a proper name")
    if not set(assumptions) <= _ASSUMPTIONS or not all(
        type(v) is bool for v in assumptions.values()
    ):
        raise TransportError("a symbol with unknown assumptions")
    return sympy.Symbol(name, **assumptions)
