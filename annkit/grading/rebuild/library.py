"""The course's own implementations: which cells of a job name them.

`annkit.nn`, the lessons and the formulas are what answers are asked for. So a sandbox holds them
only if a cell that runs there names them plainly, where a person can be told. What a cell imports
and no cell uses is cut out before: a chapter's first cell imports for all its demonstrations.

Not here: hiding them (`annkit.grading.sandbox.visible`), telling a person
(`annkit.grading.marking.suspicious_names`).
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from annkit.source.ipython import plain_python
from annkit.source.names import bound_name
from annkit.source.needed_cells import uses

# Parts of annkit that hold implementations, or draw with them.
_PARTS = ("lessons", "nn", "show", "symbolic")


def without_unused(sources: Sequence[str], answers: Iterable[str] = ()) -> list[str]:
    """Cells without the imports from annkit that none of them uses; every line keeps its number.

    Args:
        sources: the cells.
        answers: names that are used whatever the cells do.
    """
    used = frozenset(answers).union(*map(uses, sources))
    return [_pruned(source, used) for source in sources]


def named(source: str) -> list[tuple[int, str, str]]:
    """Line, full name and name here of all that a cell names of the course's implementations."""
    return sorted(set(_named(plain_python(source) or ast.Module([], []))))


def _named(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    packages: set[str | None] = {"annkit"}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in filter(lambda alias: _is_inside(alias.name), names):
                    yield node.lineno, alias.name, bound_name(alias)
                packages |= {alias.asname for alias in names if alias.name == "annkit"}
            case ast.ImportFrom(module=str(module), names=names):
                for alias in names:
                    if _is_inside(full := f"{module}.{alias.name}"):
                        yield node.lineno, full, bound_name(alias)
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=part) if name in packages:
                if _is_inside(full := f"annkit.{part}"):
                    yield node.lineno, full, f"{name}.{part}"


def _is_inside(full: str) -> bool:
    first, _, rest = full.partition(".")
    return first == "annkit" and rest.split(".")[0] in _PARTS


@lru_cache(maxsize=256)
def _pruned(source: str, used: frozenset[str]) -> str:
    tree = plain_python(source)
    lines = source.split("\n")
    for node in tree.body if tree and "\r" not in source else ():
        if not isinstance(node, ast.Import | ast.ImportFrom) or not _is_alone(node, lines):
            continue
        kept = [alias for alias in node.names if not _is_idle(node, alias, used)]
        if len(kept) < len(node.names):
            _replace(lines, node, kept)
    return "\n".join(lines)


def _is_idle(node: ast.Import | ast.ImportFrom, alias: ast.alias, used: Iterable[str]) -> bool:
    module = node.module if isinstance(node, ast.ImportFrom) else alias.name
    is_ours = (module or "").partition(".")[0] == "annkit"
    return is_ours and alias.name != "*" and bound_name(alias) not in used


def _is_alone(node: ast.stmt, lines: Sequence[str]) -> bool:
    """Whether a statement has its lines for itself."""
    last = lines[(node.end_lineno or 1) - 1].encode()[node.end_col_offset or 0 :].decode()
    is_first = lines[node.lineno - 1].startswith(("import", "from")) and node.col_offset == 0
    return is_first and (not last.strip() or last.lstrip().startswith("#"))


def _replace(
    lines: list[str], node: ast.Import | ast.ImportFrom, kept: Sequence[ast.alias]
) -> None:
    text = "pass"
    if kept:
        names = ", ".join(map(ast.unparse, kept))
        module = f"from {node.module} " if isinstance(node, ast.ImportFrom) else ""
        text = f"{module}import {names}"
    first, end = node.lineno - 1, node.end_lineno or node.lineno
    lines[first:end] = [text] + [""] * (end - first - 1)
