"""Slopes that are measured instead of derived, as their source shows it.

A task that asks for a derivative wants a formula. A complex step (`f(x + 1j * h).imag / h`) has all
digits of one, so no result tells it; its source does. So does a difference of what one function
gives at two neighbouring places, and a library that differentiates. Honest answers may look alike:
what is found is for a person to judge.

Not here: what no answer may use at all (`forbidden`), digits that a difference loses
(`annkit.exercises.tasks.measured`).
"""

import ast
import builtins
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from annkit.source.forbidden import DIFFERENTIATING_MODULES, DIFFERENTIATION, Use
from annkit.source.names import names_of, root_name

COMPLEX = "a complex number may be the step of a slope that is measured"
DIFFERENCE = "one function at two neighbouring places may be a slope that is measured"
LIBRARY = "it differentiates"
_COMPLEX_NAMES = frozenset(("imag", "complex", "complex64", "complex128"))
# The names by which modules with functions that differentiate are known.
_LIBRARIES = DIFFERENTIATING_MODULES | {"np", "numpy", "sp", "sympy", "jnp", "tf"}


def signs_of_measuring(tree: ast.AST) -> list[Use]:
    """What looks like measuring in a source, by line; none of it is certain."""
    calls, methods = dict(_calls(tree)), names_of(tree).members
    found = [use for node in ast.walk(tree) for use in _signs(node, calls, methods)]
    return sorted(dict.fromkeys(found), key=lambda use: use.line)


def _signs(node: ast.AST, calls: dict[str, ast.Call], methods: AbstractSet[str]) -> Iterator[Use]:
    match node:
        case ast.Constant(value=complex()):
            yield Use(ast.unparse(node), node.lineno, COMPLEX, certain=False)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in _COMPLEX_NAMES:
            yield Use(ast.unparse(node), node.lineno, COMPLEX, certain=False)
        # Where an object keeps its slope, `node.grad`, nothing is called, and no module asked.
        case ast.Call(func=ast.Attribute(attr=name) as func) if name in DIFFERENTIATION - methods:
            yield Use(ast.unparse(func), node.lineno, LIBRARY, certain=False)
        case ast.Attribute(attr=name) if name in DIFFERENTIATION and root_name(node) in _LIBRARIES:
            yield Use(ast.unparse(node), node.lineno, LIBRARY, certain=False)
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            module = getattr(node, "module", None) or ""
            paths = [module, *(alias.name for alias in names)]
            if any(not DIFFERENTIATING_MODULES.isdisjoint(path.split(".")) for path in paths):
                yield Use(paths[0] or paths[1], node.lineno, LIBRARY, certain=False)
        case ast.BinOp(op=ast.Sub(), left=left, right=right):
            one, other = (_called(side, calls) for side in (left, right))
            if one and other and _are_neighbours(one, other):
                yield Use(ast.unparse(node)[:60], node.lineno, DIFFERENCE, certain=False)


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Names that hold what a call gave."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=False))
                for name, value in pairs:
                    if isinstance(name, ast.Name) and isinstance(value, ast.Call):
                        yield name.id, value


def _called(side: ast.expr, calls: dict[str, ast.Call]) -> ast.Call | None:
    """The call that one side of a difference is, or is the result of, a factor aside."""
    while isinstance(side, ast.BinOp) and isinstance(side.op, ast.Mult | ast.Add | ast.Sub):
        side = side.right
    if isinstance(side, ast.Name):
        return calls.get(side.id)
    return side if isinstance(side, ast.Call) else None


def _are_neighbours(one: ast.Call, other: ast.Call) -> bool:
    """Whether two calls ask one function at places that may lie next to each other.

    The places are named, or one of them is another with something added: `f(x + h)`, `f(up)`.
    The exponentials of z and of −z are no neighbours, nor are the sums of two arrays.
    """
    if ast.dump(one.func) != ast.dump(other.func) or not one.args:
        return False
    is_stepped = any(
        isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
        for call in (one, other)
        for arg in call.args
        for node in ast.walk(arg)
    )
    is_numpy = isinstance(one.func, ast.Attribute)
    is_pythons_own = isinstance(one.func, ast.Name) and hasattr(builtins, one.func.id)
    return is_stepped or not (is_numpy or is_pythons_own)
