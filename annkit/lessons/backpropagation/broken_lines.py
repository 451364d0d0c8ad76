"""The one line in which each planted bug differs from the right equations, as code.

Read from the source of `planted_bugs`, so that what is shown is what ran.

>>> broken_lines()["mean_missing"]
[('delta2 = (a2 - y) / batch', 'delta2 = a2 - y')]

Not here: what the lines do to a gradient (`bug_fingerprints`).
"""

import ast
import inspect
from functools import cache

from annkit.lessons.backpropagation import planted_bugs
from annkit.lessons.backpropagation.planted_bugs import BUGS, Backpropagation

Lines = list[tuple[str, str]]


@cache
def broken_lines() -> dict[str, Lines]:
    """Bug → its lines, each as it should be and as it is; nearly always one."""
    classes = {
        node.name: node
        for node in ast.parse(inspect.getsource(planted_bugs)).body
        if isinstance(node, ast.ClassDef)
    }
    right = _equations(classes[Backpropagation.__name__])
    return {
        name: [(right[what], line) for what, line in _equations(classes[bug.__name__]).items()]
        for name, bug in BUGS.items()
    }


def _equations(made: ast.ClassDef) -> dict[str, str]:
    """Name → the line `name = expression`, of what a class computes by an expression."""
    found: dict[str, ast.expr] = {}
    for node in made.body:
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return):
            found[node.name] = node.body[-1].value or ast.Constant(None)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            (target,), (formula,) = node.targets, node.value.args
            if isinstance(target, ast.Name) and isinstance(formula, ast.Lambda):
                found[target.id] = formula.body
    return {name: f"{name} = {ast.unparse(_Bare().visit(it))}" for name, it in found.items()}


class _Bare(ast.NodeTransformer):
    """`self.a2` is written `a2`."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        is_own = isinstance(node.value, ast.Name) and node.value.id == "self"
        return ast.Name(node.attr) if is_own else node
