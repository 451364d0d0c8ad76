"""Which names a piece of code takes from outside, and which it binds at its top level.

Python's own symbol tables answer both, so a local variable is never mistaken for a global.

Not here: what to do about a name (`chapters` forbids some, `references` follows others).
"""

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
    top = symtable.symtable(code, "<code>", "exec")
    bound = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_local()}
    at_once = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()}
    later: set[str] = set()
    for table in _inner(top):
        found = {s.get_name() for s in table.get_symbols() if s.is_global() and s.is_referenced()}
        runs_at_once = table.get_type() in {"class", "annotation"}
        (at_once if runs_at_once else later).update(found)
        bound |= {s.get_name() for s in table.get_symbols() if s.is_declared_global()}
    return Names(frozenset(bound), frozenset(at_once), frozenset(later))


def _inner(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    """Every table below this one, outermost first."""
    for child in table.get_children():
        yield child
        yield from _inner(child)
