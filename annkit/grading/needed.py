"""Which cells have to run so that an answer works: found by names, without running anything.

A submission's answer may use a helper from another cell, a constant, an import. Cells that bind
none of the names in use (demonstrations, plots) need not run to judge a function.

Not here: what the cells are (`rebuild`).
"""

import ast
import builtins
import symtable
import warnings
from collections.abc import Sequence
from functools import lru_cache

_BUILTINS = set(dir(builtins))


def parse(source: str) -> ast.Module | None:
    """The syntax tree of a cell's Python lines; None if they are no Python.

    Lines for IPython (`%magic`, `!command`, `help?`) are blanked out first.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(without_magics(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def without_magics(source: str) -> str:
    """Blank out the lines that only IPython understands; line numbers stay."""
    lines = source.splitlines()
    if lines and lines[0].lstrip().startswith("%%"):
        lines[0] = ""
    kept = [
        "" if line.lstrip().startswith(("%", "!", "?")) or line.rstrip().endswith("?") else line
        for line in lines
    ]
    return "\n".join(kept) + "\n"


@lru_cache(maxsize=256)  # the instructor's cells come again with every submission
def binds(source: str) -> frozenset[str]:
    """Names a cell binds at its top level; `"*"` for a star import."""
    tree = parse(source)
    names: set[str] = set()
    for node in [] if tree is None else _top_level(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return frozenset(names)


def _top_level(tree: ast.Module) -> list[ast.AST]:
    """Nodes of a module that are not inside a function, class or lambda."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        found.append(node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))
    return found


@lru_cache(maxsize=256)
def uses(source: str) -> frozenset[str]:
    """Names a cell looks up outside itself: globals anywhere in it, builtins left out."""
    tree = parse(source)
    if tree is None:
        return frozenset()
    try:
        table = symtable.symtable(without_magics(source), "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    names: set[str] = set()
    waiting = [table]
    while waiting:
        scope = waiting.pop()
        waiting.extend(scope.get_children())
        for symbol in scope.get_symbols():
            at_top = scope.get_type() == "module"
            if symbol.is_referenced() and (at_top or symbol.is_global()):
                names.add(symbol.get_name())
    return frozenset(names - _BUILTINS)


def needed(sources: Sequence[str], wanted: Sequence[int]) -> set[int]:
    """Places of the cells that have to run.

    Args:
        sources: all cells in order.
        wanted: places of the cells that have to run in any case.

    Returns:
        these places, and those of every cell that binds a name one of them uses.
    """
    bound = [binds(source) for source in sources]
    chosen = set(wanted)
    names: set[str] = set()
    waiting = list(wanted)
    while waiting:
        names |= uses(sources[waiting.pop()])
        for place, offers in enumerate(bound):
            if place not in chosen and (offers & names or "*" in offers):
                chosen.add(place)
                waiting.append(place)
    return chosen
