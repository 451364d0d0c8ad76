"""Which cells have to run so that an answer works: found by names, without running anything.

A submission's answer may use a helper from another cell, a constant, an import. Cells that bind
none of the names in use (demonstrations, plots) need not run to judge a function.

Not here: which names there are (`names`), what the cells are (`annkit.grading.rebuild`).
"""

import ast
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from annkit.source.ipython import plain_python
from annkit.source.names import ANY, Function, Names, bound_name, names_of, parts_at_once, root_name

# More than the cells of two submissions: going round in a shorter list would find nothing in it.
_CELLS = 1_024
_OWN_MODULE = "my_ann"
# The package's room of that name, which chapters take their pictures from.
_ROOM = "annkit.exercises.my_ann"
_Part = ast.Attribute | ast.Subscript


@lru_cache(maxsize=_CELLS)  # the instructor's cells come again with every submission
def _names(source: str) -> Names:
    """The names of a cell; none if it is no Python."""
    return names_of(plain_python(source) or ast.Module([], []))


def binds(source: str) -> frozenset[str]:
    """Names a cell binds, those included that its functions bind with `global`."""
    return _names(source).bound


@lru_cache(maxsize=_CELLS)
def uses(source: str) -> frozenset[str]:
    """Names a cell looks up outside itself, builtins included: a learner may cover them.

    What it imports from the learner's own module `my_ann` counts: here those names are the
    submission's own answers.
    """
    return _names(source).looked_up | from_own_module(source)


def from_own_module(*sources: str) -> frozenset[str]:
    """Names that cells, taken together, use of the learner's own module `my_ann`.

    One of them may import the module, by whatever name, and another use it. Where one imports all
    there is, every name that they look up may come from there.
    """
    if not any(_has(source, _OWN_MODULE) for source in sources):
        return frozenset()
    called = _called(sources)
    names = frozenset[str]().union(*(_taken(source, called) for source in sources))
    if ANY in names:
        names = names.union(*(one.looked_up - one.bound for one in map(_names, sources)))
    return names - {ANY}


def mentions_own_module(source: str) -> bool:
    """Whether a text may speak of the learner's own module, in whatever cells it comes to stand.

    Where it does not, it takes nothing from there, whether or not it is Python by itself.
    """
    return _has(source, _OWN_MODULE) and _has(source.replace(_ROOM, ""), _OWN_MODULE)


def _has(source: str, name: str) -> bool:
    """Whether a name stands in a text, in any of the letters that Python takes for its own."""
    if name in source:
        return True
    return not source.isascii() and name in unicodedata.normalize("NFKC", source)


def _called(sources: Sequence[str]) -> frozenset[str]:
    """What the learner's own module is called in cells: its name, and all that they give it."""
    called = frozenset({_OWN_MODULE})
    while more := frozenset().union(*(_given(source, called) for source in sources)) - called:
        called |= more
    return called


@lru_cache(maxsize=_CELLS)
def _given(source: str, called: frozenset[str]) -> frozenset[str]:
    """Names that a cell gives the learner's own module: `import my_ann as m`, `lib = m`.

    Args:
        source: the cell.
        called: what the module is called already.
    """
    names: set[str] = set()
    for node in _nodes(source, called):
        match node:
            case ast.Import(names=aliases):
                names |= {bound_name(alias) for alias in aliases if alias.name == _OWN_MODULE}
            case ast.Assign(targets=targets, value=ast.Name(id=module)) if module in called:
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return frozenset(names)


@lru_cache(maxsize=_CELLS)
def _taken(source: str, called: frozenset[str]) -> frozenset[str]:
    """Names that one cell takes from the learner's own module; `ANY` for a star import.

    Args:
        source: the cell.
        called: what the module is called.
    """
    names: set[str] = set()
    for node in _nodes(source, called):
        match node:
            case ast.ImportFrom(module="my_ann", names=aliases):
                names |= {alias.name for alias in aliases}
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in called:
                names.add(name)
    return frozenset(names)


def _nodes(source: str, called: Collection[str]) -> Iterator[ast.AST]:
    """The nodes of a cell that speaks of one of these names; none of any other."""
    if any(_has(source, name) for name in called):
        yield from ast.walk(plain_python(source) or ast.Module([], []))


@lru_cache(maxsize=_CELLS)
def changes(source: str, modules: frozenset[str] = frozenset()) -> frozenset[str]:
    """Names of objects a cell may change when it runs: `t["f"] = …`, `xs.append(…)`, `g(K)`.

    Calling a function of one of these modules does not change the module.
    """
    names: set[str] = set()
    for node in _run_at_once(plain_python(source)):
        if is_changed(node):
            names.add(_root(node))
        elif isinstance(node, ast.Call):
            names |= ({_root(node.func)} - modules).union(map(_root, node.args))
    return frozenset(names - {""})


@lru_cache(maxsize=_CELLS)
def sets_parts_of(source: str) -> frozenset[str]:
    """Names of objects that get a part by a statement of a cell's own: `lib.MLP = …`."""
    tree = plain_python(source)
    assigned = (node for node in (tree.body if tree else ()) if isinstance(node, ast.Assign))
    targets = (target for node in assigned for target in node.targets)
    return frozenset(_root(target) for target in targets if is_changed(target)) - {""}


@lru_cache(maxsize=_CELLS)
def changes_when_called(source: str, modules: frozenset[str] = frozenset()) -> frozenset[str]:
    """Names of objects that functions of a cell may change or bind when they are called."""
    nodes = ast.walk(plain_python(source) or ast.Module([], []))
    return frozenset(
        name for node in nodes if is_function(node) for name in changed_by(node, modules)
    )


def is_function(node: ast.AST) -> bool:
    """Whether a node is a function that has a body of statements."""
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def is_changed(node: ast.AST) -> bool:
    """Whether a part of an object gets a value here, or loses it."""
    return isinstance(node, _Part) and not isinstance(node.ctx, ast.Load)


def changed_by(
    function: ast.AST, modules: Collection[str] = (), *, given: bool = False
) -> Iterator[str]:
    """Names from outside a function that its body binds, or whose objects it may change.

    Args:
        function: its definition.
        modules: names of modules, which calls of their functions leave as they are.
        given: whether its parameters count too: a call may hand it any object.
    """
    inner = list(ast.walk(function))
    declared = {name for node in inner if isinstance(node, ast.Global) for name in node.names}
    local = {n.id for n in inner if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    if not given:
        local |= {node.arg for node in inner if isinstance(node, ast.arg)}
    # One name may be local here, and mean a global in a function inside.
    local -= declared | names_of(function).looked_up
    yield from declared
    for node in inner:
        if is_changed(node):
            yield from {_root(node)} - local - {""}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from {_root(node.func)} - local - set(modules) - {""}


@lru_cache(maxsize=_CELLS)
def imports(source: str) -> frozenset[str]:
    """Names that imports at the top of a cell bind."""
    tree = plain_python(source)
    nodes = (n for n in (tree.body if tree else ()) if isinstance(n, ast.Import | ast.ImportFrom))
    return frozenset(bound_name(alias) for node in nodes for alias in node.names)


@lru_cache(maxsize=_CELLS)
def _imported_once(source: str) -> dict[str, str]:
    """Names that a cell binds by one import at its top and by nothing else, and that import."""
    tree = plain_python(source)
    body = tree.body if tree else []
    others = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
    found: dict[str, set[str]] = {}
    for node in body:
        for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
            module = f"{node.level} {node.module}" if isinstance(node, ast.ImportFrom) else ""
            found.setdefault(bound_name(alias), set()).add(f"{module} {ast.unparse(alias)}")
    bound_otherwise = names_of(ast.Module(others, [])).bound
    return {
        name: statement
        for name, (statement, *more) in found.items()
        if not more and name not in bound_otherwise
    }


def _root(node: ast.AST) -> str:
    """The name at the beginning of `name.a[b].c`."""
    return root_name(node, (ast.Attribute, ast.Subscript))


def _run_at_once(tree: ast.Module | None) -> Iterator[ast.AST]:
    """Nodes of a module that are not in the body of a function or lambda."""
    waiting: list[ast.AST] = [*tree.body] if tree else []
    while waiting:
        node = waiting.pop()
        yield node
        inside = parts_at_once(node) if isinstance(node, Function) else ast.iter_child_nodes(node)
        waiting.extend(inside)


def needed_cells(
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
            learner's own cells, since the instructor's demonstrations change nothing but by
            assignments.
        modules: names of modules, which calls of their functions leave as they are.
        deep: whether what functions of these cells change counts too, and with it their calls.

    Returns:
        these places, and those of every cell that binds a name one of them uses; where all bind
        it by one and the same import, the first does, and the first that is not the learner's own.
    """
    imported = frozenset().union(*map(imports, sources)) if deep else modules
    offers: dict[str, set[int]] = {}
    for place, source in enumerate(sources):
        bound = binds(source) | sets_parts_of(source)
        if place in own:
            bound |= changes(source, modules)
            if "annotations" in bound and "__future__" in source:
                bound |= {ANY}  # it holds for all cells that follow
        if deep and place in own:
            bound |= changes_when_called(source, imported)
        for name in bound:
            offers.setdefault(name, set()).add(place)
    for name, places in offers.items():
        if len(places) > 1:
            places -= _imports_again(sources, name, places, own)
    chosen = set(wanted) | offers.get(ANY, set())
    waiting = list(chosen)
    called = _called(sources)
    while waiting:
        place = waiting.pop()
        names = uses(sources[place]) | _taken(sources[place], called) - {ANY}
        if deep and place in own and changes_when_called(sources[place], imported):
            names |= binds(sources[place])
        found = set().union(*(offers.get(name, set()) for name in names)) - chosen
        chosen |= found
        waiting.extend(found)
    return chosen


def _imports_again(
    sources: Sequence[str], name: str, places: Collection[int], own: Collection[int]
) -> set[int]:
    """Places of the cells that only import what an earlier one has imported by the same name.

    A learner's own cell may fail before it comes to its import; the first of the others stays, too.
    """
    binding = sorted(place for place in places if name in binds(sources[place]))
    ways = {_imported_once(sources[place]).get(name) for place in binding}
    is_one_import = name != ANY and len(ways) == 1 and None not in ways
    kept = {*binding[:1], *[place for place in binding if place not in own][:1]}
    return set(binding) - kept if is_one_import else set()
