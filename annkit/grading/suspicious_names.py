"""Suspicious names: what no answer should lean on, found in its syntax tree.

An answer, and every helper it reaches, is searched for the course's own implementations and for
ways around the source (`eval`, frames, dunder attributes). A use is reported with its line, for a
person to judge; it takes no points by itself.

Not here: names that one exercise forbids (`forbidden_marks`), which cells an answer reaches
(`needed`).
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from annkit.exercises import Catalogue, Exercise
from annkit.grading.needed import parse
from annkit.grading.rebuild import Rebuilt

# Modules through which an answer could get at an implementation, or at the process it runs in.
_MODULES = {
    "annkit",
    "IPython",
    "builtins",
    "ctypes",
    "gc",
    "importlib",
    "inspect",
    "os",
    "pkgutil",
    "runpy",
    "subprocess",
    "sys",
}
_CALLS = ("eval", "exec", "compile", "__import__", "globals", "get_ipython", "solution")
# What the course hands out for an answer to use.
_ALLOWED = ("annkit.data", "annkit.check", "annkit.hint", "annkit.quiz", "annkit.progress")


def findings(catalogue: Catalogue, rebuilt: Rebuilt) -> list[str]:
    """Uses of suspicious names in the answers in code, one sentence each.

    Args:
        catalogue: where the exercises are.
        rebuilt: the submission.
    """
    found: list[str] = []
    for key, _ in rebuilt.cells:
        if key not in rebuilt.answers or not isinstance(task := catalogue.load(key), Exercise):
            continue
        reached = rebuilt.reached([key])
        origins: dict[str, str] = {}
        for place in reached:
            origins |= _origins(rebuilt.cells[place][1])
        known = _names_of(catalogue.path(key))
        # The instructor's demonstrations may use anything.
        for other, source in [rebuilt.cells[p] for p in reached if rebuilt.is_learners(p)]:
            where = "" if other == key else " of a helper's cell"
            found += [
                f"{key}: imports `{name}` (line {line})"
                for line, name in _imported_answers(source, task.object_name)
            ]
            found += [
                f"{key}: uses `{name}` (line {line}{where})"
                for line, name in _uses(source, origins, known)
            ]
    return list(dict.fromkeys(found))


def _origins(source: str) -> dict[str, str]:
    """Name → what it was imported from, like `{"nn": "annkit.nn"}`."""
    tree = parse(source)
    origins: dict[str, str] = {}
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Import):
            for alias in node.names:
                full = alias.name if alias.asname else alias.name.split(".")[0]
                origins[alias.asname or full] = full
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                origins[alias.asname or alias.name] = f"{node.module or ''}.{alias.name}"
    return origins


def _uses(
    source: str, origins: Mapping[str, str], known: frozenset[str]
) -> Iterator[tuple[int, str]]:
    """Line and name of every suspicious use in a cell."""
    tree = parse(source)
    nodes = list(ast.walk(tree)) if tree is not None else []
    # Of `a.b.c` only the whole counts, not the `a.b` and `a` inside.
    inner = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    for node in nodes:
        name = "" if id(node) in inner else _dotted(node)
        if not name:
            continue
        first, _, rest = name.partition(".")
        full = origins.get(first, first) + (f".{rest}" if rest else "")
        if _is_suspect(full, first in origins) and name not in known:
            yield getattr(node, "lineno", 0), name


def _imported_answers(source: str, name: str) -> Iterator[tuple[int, str]]:
    """Imports that are the answer themselves: of its very name, or of all names there are."""
    tree = parse(source)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("annkit"):
            for alias in node.names:
                if alias.name == "*" or name in (alias.name, alias.asname):
                    yield node.lineno, f"{node.module}.{alias.name}"


def _is_suspect(full: str, imported: bool) -> bool:
    """Whether a name, written out, is one that no answer needs."""
    first = full.partition(".")[0]
    if imported and first in _MODULES:
        return not full.startswith(_ALLOWED) and full != "annkit"
    last = full.rpartition(".")[2]
    is_special = last.startswith("__") and last.endswith("__") and "." in full
    return full in _CALLS or first == "__builtins__" or is_special


def _dotted(node: ast.AST) -> str:
    """`a.b.c` for a name or a chain of attributes, "" for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        return ".".join([node.id, *reversed(parts)])
    # An attribute of a call or a literal: what matters is what it ends in.
    return ".".join(["", *reversed(parts)]) if parts else ""


@cache
def _names_of(path: Path) -> frozenset[str]:
    """Names that an exercise's own file uses: its reference may, so the answer may."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(name for node in ast.walk(tree) if (name := _dotted(node)))
