"""Digests: what a verdict depends on, in a few letters.

Not here: which of them make up a submission's key (`run`).
"""

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from annkit.grading.sandbox.visible import PACKAGE

# Where a mark is made. The sandbox's inside is started by its path and imported by nobody.
_JUDGE = (PACKAGE / "grading/marking/official_judge.py",)
_LIBRARIES = ("numpy", "sympy")
_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def digest(*parts: str | bytes) -> str:
    """A digest of several parts, which cannot run into one another."""
    whole = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


@cache
def grader_digest(exercises: tuple[Path, ...]) -> str:
    """A digest of everything that decides a mark, and of nothing else.

    It is of the syntax trees, without comments and docstrings, of all modules that these exercises
    and the judge load, and of the versions of the libraries: rewording a comment, or changing how
    a table is printed, sends nobody's work through the judge again.
    """
    modules = _loaded((*_JUDGE, *sorted((PACKAGE / "grading/sandbox/untrusted").glob("*.py"))))
    modules |= _loaded(exercises)
    return digest(*_versions(), *(_meaning(path) for path in sorted({*modules, *exercises})))


def _versions() -> list[str]:
    python = ".".join(map(str, sys.version_info[:2]))
    return [f"python {python}", *(f"{name} {version(name)}" for name in _LIBRARIES)]


def _loaded(paths: Iterable[Path]) -> set[Path]:
    """These modules, and all of the package that they import, directly or not."""
    found: set[Path] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _read(path)[0]
    return found


def _meaning(path: Path) -> str:
    """A digest of what a module does: of its syntax tree without docstrings."""
    return _read(path)[1]


@cache
def _read(path: Path) -> tuple[tuple[Path, ...], str]:
    """What a module imports, and what it does; its tree takes a hundred times its text."""
    tree = ast.parse(path.read_bytes())
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, _WITH_DOCSTRING) and ast.get_docstring(node) is not None:
            del node.body[0]
    return tuple(filter(Path.is_file, _files(names))), digest(ast.dump(tree))


def _files(names: Iterable[str]) -> Iterator[Path]:
    """Where modules of the package may be that have these names."""
    for name in names:
        root, *words = name.split(".")
        if root == PACKAGE.name and words:
            place = PACKAGE.joinpath(*words)
            yield from (place.with_suffix(".py"), place / "__init__.py")


def content_digest(content: bytes) -> str:
    """A digest of a file that was handed in, as any other program computes it (SHA-256)."""
    return hashlib.sha256(content).hexdigest()
