"""Which names a piece of code takes from outside, and which it binds at its top level.

Python's own symbol tables answer both, so a local variable is never mistaken for a global.

Not here: what to do about a name (`rules` forbids some, `references` follows others).
"""

import ast
import builtins
import symtable
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """The names of one piece of code.

    Attributes:
        bound: assigned, imported or defined at its top level.
        at_once: looked up while the code itself runs: defaults, annotations, base classes.
        later: looked up only when a function defined here is called.
    """

    bound: frozenset[str]
    at_once: frozenset[str]
    later: frozenset[str]

    @property
    def used(self) -> frozenset[str]:
        """Everything taken from outside, built-in names left out."""
        return (self.at_once | self.later) - frozenset(dir(builtins))


def names_of(code: str) -> Names:
    """Sort the names of a piece of code.

    Args:
        code: Python source, valid on its own.

    Returns:
        What it binds and what it looks up.

    Example:
        >>> sorted(names_of("def f(x, k=scale): return helper(x) * k").used)
        ['helper', 'scale']
    """
    tree = _Generators().visit(ast.parse(code))
    top = symtable.symtable(ast.unparse(tree), "<code>", "exec")
    bound = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_local()}
    at_once = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()}
    later: set[str] = set()
    for table in _inner(top):
        found = {s.get_name() for s in table.get_symbols() if s.is_global() and s.is_referenced()}
        runs_at_once = table.get_type() in {"class", "annotation"}
        (at_once if runs_at_once else later).update(found)
        bound |= {s.get_name() for s in table.get_symbols() if s.is_declared_global()}
    return Names(frozenset(bound), frozenset(at_once), frozenset(later))


class _Generators(ast.NodeTransformer):
    """Comprehensions as generators, which have a scope of their own in every Python.

    From 3.12 on, the variable of a list comprehension is in the table of the code around it.
    """

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        """`[x for …]` binds what `(x for …)` binds."""
        self.generic_visit(node)
        return ast.GeneratorExp(node.elt, node.generators)

    def visit_SetComp(self, node: ast.SetComp) -> ast.AST:
        """`{x for …}` binds what `(x for …)` binds."""
        self.generic_visit(node)
        return ast.GeneratorExp(node.elt, node.generators)

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        """`{k: v for …}` binds what `((k, v) for …)` binds."""
        self.generic_visit(node)
        return ast.GeneratorExp(ast.Tuple([node.key, node.value], ast.Load()), node.generators)


def _inner(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    """Every table below this one, outermost first."""
    for child in table.get_children():
        yield child
        yield from _inner(child)
