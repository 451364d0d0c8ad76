"""Suspicious names: what no answer should lean on, found in its syntax tree.

An answer, and every helper it reaches, is searched for the course's own implementations and for
ways around the source (`eval`, frames, dunder attributes). A use is reported with its line, for a
person to judge; it takes no points by itself. The course's implementations are in a sandbox only
where a cell names them, and each such cell is told of: nothing borrows them unseen.

Not here: names that one exercise forbids (`forbidden_marks`), which cells an answer reaches
(`annkit.source.needed_cells`).
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from annkit.exercises import Catalogue
from annkit.grading.marking.score import object_names
from annkit.grading.rebuild.library import named
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.source.ipython import plain_python
from annkit.source.names import ANY, bound_name

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
# So many uses of one name in one cell are told.
_LINES = 5
# What the course hands out for an answer to use, and what shows it.
_ALLOWED = (
    "annkit.data",
    "annkit.check",
    "annkit.hint",
    "annkit.quiz",
    "annkit.progress",
    "annkit.contents",
    "annkit.today",
    "annkit.last_page",
    "annkit.export_work",
    "annkit.import_work",
    "IPython.display",
)


# What is an answer, or gives one, among it.
_ANSWERS = (
    "annkit.data.split",
    "annkit.data.partition",
    "annkit.data.expected_price",
    "annkit.data.housing",
)


def findings(catalogue: Catalogue, rebuilt: Rebuilt) -> list[str]:
    """Uses of suspicious names in the answers in code, one sentence each.

    Args:
        catalogue: where the exercises are.
        rebuilt: the submission.
    """
    found: list[str] = []
    read: dict[int, _Cell] = {}  # an answer may reach what others reach
    names = object_names(catalogue, rebuilt.answers)
    run = rebuilt.texts(names)
    for key in (key for key, _ in rebuilt.cells if key in names):
        reached = rebuilt.reached([key])
        origins: dict[str, str] = {}
        for place in reached:
            if place not in read:
                read[place] = _read(run[place])
            origins |= read[place].origins
        known = _names_of(catalogue.path(key))
        told: list[str] = []
        # The instructor's demonstrations may use anything.
        for place in filter(rebuilt.is_learners, reached):
            where = "" if rebuilt.cells[place][0] == key else " of a helper's cell"
            for line, name in _imported_answers(read[place], names[key]):
                found.append(f"{key}: imports `{name}` (line {line})")
                told.append(name)
            for line, name in _uses(read[place], origins, known):
                found.append(f"{key}: uses `{name}` (line {line}{where})")
                told.append(name)
        found += _loaded(key, rebuilt, {place: run[place] for place in reached}, told)
    return list(dict.fromkeys(found))


def _loaded(
    key: str, rebuilt: Rebuilt, run: Mapping[int, str], told: Sequence[str]
) -> Iterator[str]:
    """Sentences on what else of the course is in the sandbox for one answer's sake."""
    for place, text in run.items():
        for line, full, here in named(text):
            if any(name in (here, full) or name.startswith(f"{here}.") for name in told):
                continue
            where = f"line {line}" if rebuilt.cells[place][0] == key else "in a helper's cell"
            if not rebuilt.is_learners(place):
                where = "in a cell of the chapter that it uses"
            yield f"{key}: loads `{full}` ({where}), so that every answer here can reach it"


@dataclass
class _Cell:
    """What a cell imports and uses.

    Attributes:
        origins: name → what it was imported from, like `{"nn": "annkit.nn"}`.
        imported: line, module and names (there, here) of everything imported from the course,
            and of all names there are in another suspicious module.
        names: dotted name → the lines it is used in, the first few.
    """

    origins: dict[str, str] = field(default_factory=dict)
    imported: list[tuple[int, str, str, str]] = field(default_factory=list)
    names: dict[str, list[int]] = field(default_factory=dict)


def _read(source: str) -> _Cell:
    tree = plain_python(source)
    nodes = list(ast.walk(tree)) if tree is not None else []
    # Of `a.b.c` only the whole counts, not the `a.b` and `a` inside.
    inner = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    cell = _Cell()
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                cell.origins[bound_name(alias)] = alias.name if alias.asname else bound_name(alias)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            is_suspect = module.partition(".")[0] in _MODULES
            for alias in node.names:
                here = bound_name(alias)
                cell.origins[here] = f"{module}.{alias.name}"
                if module.startswith("annkit") or (is_suspect and here == ANY):
                    cell.imported.append((node.lineno, module, alias.name, here))
        elif id(node) not in inner and (name := _dotted(node)):
            lines = cell.names.setdefault(name, [])
            if len(lines) < _LINES:
                lines.append(getattr(node, "lineno", 0))
    return cell


def _uses(
    cell: _Cell, origins: Mapping[str, str], known: frozenset[str]
) -> Iterator[tuple[int, str]]:
    """Line and name of every suspicious use in a cell."""
    for name, lines in cell.names.items():
        first, _, rest = name.partition(".")
        full = origins.get(first, first) + (f".{rest}" if rest else "")
        if _is_suspect(full, first in origins) and name not in known:
            yield from ((line, name) for line in lines)


def _imported_answers(cell: _Cell, name: str) -> Iterator[tuple[int, str]]:
    """Imports that are the answer themselves: of its very name, or of all names there are."""
    for line, module, there, here in cell.imported:
        if there == ANY or name in (there, here):
            yield line, f"{module}.{there}"


def _is_suspect(full: str, imported: bool) -> bool:
    """Whether a name, written out, is one that no answer needs."""
    first, *others = full.split(".")
    is_special = any(name.startswith("__") and name.endswith("__") for name in others)
    if imported and first in _MODULES and not is_special:
        is_allowed = full.startswith(_ALLOWED) and not full.startswith(_ANSWERS)
        return not is_allowed and full != "annkit"
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
