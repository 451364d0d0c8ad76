"""Which cells have to run so that an answer works: found by names, without running anything.

A submission's answer may use a helper from another cell, a constant, an import. Cells that bind
none of the names in use (demonstrations, plots) need not run to judge a function.

Not here: what the cells are (`rebuild`).
"""

import ast
import symtable
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from annkit.source.ipython import plain_python

# Stands for "any name": what a star import binds.
ANY = "*"
_KEPT = 5_000
# More than the cells of two submissions: going round in a shorter list would find nothing in it.
_CELLS = 1_024


def parse(source: str) -> ast.Module | None:
    """The syntax tree of a cell's Python lines; None if they are no Python.

    Lines for IPython (`%magic`, `!command`, `help?`) are blanked out where Python refuses them.
    Whoever asks again gets the same tree: it is not to be changed.
    """
    # A tree takes a hundred times its text: those of giants are not kept.
    return _parse(source) if len(source) <= _KEPT else plain_python(source)


_parse = lru_cache(maxsize=512)(plain_python)


@lru_cache(maxsize=_CELLS)  # the instructor's cells come again with every submission
def binds(source: str) -> frozenset[str]:
    """Names a cell binds at its top level; `ANY` for a star import."""
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


@lru_cache(maxsize=_CELLS)
def changes(source: str, modules: frozenset[str] = frozenset()) -> frozenset[str]:
    """Names of objects a cell may change at its top level: `t["f"] = …`, `xs.append(…)`, `g(K)`.

    Calling a function of one of these modules does not change the module.
    """
    tree = parse(source)
    names: set[str] = set()
    for node in [] if tree is None else _top_level(tree):
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
            names |= _root(node)
        elif isinstance(node, ast.Call):
            names |= (_root(node.func) - modules).union(*map(_root, node.args))
    return frozenset(names)


@lru_cache(maxsize=_CELLS)
def stirs(source: str, modules: frozenset[str] = frozenset()) -> frozenset[str]:
    """Names of objects that functions of a cell may change or bind when they are called."""
    tree = parse(source)
    functions = (node for node in (ast.walk(tree) if tree is not None else ()) if is_function(node))
    return frozenset(name for function in functions for name in stirred(function, modules))


def is_function(node: ast.AST) -> bool:
    """Whether a node is a function that has a body of statements."""
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def stirred(function: ast.AST, modules: Collection[str] = ()) -> Iterator[str]:
    """Names from outside a function that its body binds, or whose objects it may change."""
    inner = list(ast.walk(function))
    declared = {name for node in inner if isinstance(node, ast.Global) for name in node.names}
    local = {node.arg for node in inner if isinstance(node, ast.arg)}
    local |= {n.id for n in inner if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    local -= declared
    yield from declared
    for node in inner:
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
            yield from _root(node) - local
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from _root(node.func) - local - set(modules)


@lru_cache(maxsize=_CELLS)
def imports(source: str) -> frozenset[str]:
    """Names that imports at the top of a cell bind."""
    tree = parse(source)
    nodes = (n for n in (tree.body if tree else ()) if isinstance(n, ast.Import | ast.ImportFrom))
    return frozenset((a.asname or a.name).split(".")[0] for node in nodes for a in node.names)


def _root(node: ast.AST) -> set[str]:
    """The name at the beginning of `name.a[b].c`."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


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


@lru_cache(maxsize=_CELLS)
def uses(source: str) -> frozenset[str]:
    """Names a cell looks up outside itself, builtins included.

    What it imports from the learner's own module `my_ann` counts: here those names are the
    submission's own answers.
    """
    tree = parse(source)
    if tree is None:
        return frozenset()
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "my_ann":
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "my_ann":
            names.add(node.attr)
    try:
        waiting = [symtable.symtable(ast.unparse(tree), "<cell>", "exec")]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset(names)
    while waiting:
        scope = waiting.pop()
        waiting.extend(scope.get_children())
        for symbol in scope.get_symbols():
            at_top = scope.get_type() == "module"
            if symbol.is_referenced() and (at_top or symbol.is_global()):
                names.add(symbol.get_name())
    return frozenset(names)


def needed(
    sources: Sequence[str],
    wanted: Sequence[int],
    own: Collection[int] = frozenset(),
    modules: frozenset[str] = frozenset(),
    *,
    deep: bool = False,
) -> set[int]:
    """Places of the cells that have to run.

    Args:
        sources: all cells in order.
        wanted: places of the cells that have to run in any case.
        own: places of cells that count also if they only change an object in use; for the
            learner's own cells, since the instructor's demonstrations change nothing.
        modules: names of modules, which calls of their functions leave as they are.
        deep: whether what functions of these cells change counts too, and with it their calls.

    Returns:
        these places, and those of every cell that binds a name one of them uses.
    """
    imported = frozenset().union(*map(imports, sources)) if deep else modules
    offers: dict[str, set[int]] = {}
    for place, source in enumerate(sources):
        bound = binds(source)
        if place in own:
            bound |= changes(source, modules)
        if deep and place in own:
            bound |= stirs(source, imported)
        for name in bound:
            offers.setdefault(name, set()).add(place)
    chosen = set(wanted) | offers.get(ANY, set())
    waiting = list(chosen)
    while waiting:
        place = waiting.pop()
        names = uses(sources[place])
        if deep and place in own and stirs(sources[place], imported):
            names |= binds(sources[place])
        found = set().union(*(offers.get(name, set()) for name in names)) - chosen
        chosen |= found
        waiting.extend(found)
    return chosen
