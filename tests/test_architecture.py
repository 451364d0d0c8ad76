"""The house stands as designed: who may import whom, what loading costs, how long a module is."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "annkit"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A part may import itself and what stands on an earlier line.
LAYERS = [
    {"nn", "data"},
    {"symbolic"},
    {"show"},
    {"exercises"},
    {"grading", "publish"},
    {"cli"},
    {"__main__"},
]
# The verbs' door, annkit/__init__.py, loads on first use what a learner may reach.
DOOR = {"nn", "data", "symbolic", "show", "exercises"}
# Packages that only one part may import.
RESERVED = {
    "sympy": "symbolic",
    "matplotlib": "show",
    "ipywidgets": "show",
    "anywidget": "show",
    "jupytext": "publish",
    "nbformat": "publish",
}
LONGEST = 250
LONG = 200
HEAVY = ["IPython", "ipywidgets", "jupytext", "matplotlib", "nbformat", "nbgrader", "sympy"]


@cache
def imports(path: Path) -> list[tuple[int, str]]:
    """Line and dotted name of everything a module imports, those inside functions included."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def part_of(path: Path) -> str:
    """The part a module belongs to: nn, data, … ; __init__ for the package's own door."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def allowed(part: str) -> set[str]:
    """The parts that `part` may import."""
    if part == "__init__":
        return DOOR
    level = next(i for i, layer in enumerate(LAYERS) if part in layer)
    return set().union(*LAYERS[:level], {part})


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_imports_to_its_right(path: Path) -> None:
    part = part_of(path)
    parts = set().union(*LAYERS)
    for line, name in imports(path):
        words = name.split(".")
        if words[0] == "annkit" and words[1] in parts:
            assert words[1] in allowed(part), f"{name_of(path)}:{line}: {part} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_reserved_package_is_imported_by_its_own_part_only(path: Path) -> None:
    for line, name in imports(path):
        owner = RESERVED.get(name.split(".")[0], part_of(path))
        assert owner == part_of(path), f"{name_of(path)}:{line}: {name} is for {owner}"


def length(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_one_subject_and_says_which(path: Path) -> None:
    assert length(path) <= LONGEST, f"{name_of(path)}: is there a second subject in it?"
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), name_of(path)


def test_nine_modules_in_ten_are_short() -> None:
    long = [name_of(path) for path in MODULES if length(path) > LONG]
    assert len(long) <= len(MODULES) / 10, long


def loaded_by(statement: str) -> set[str]:
    """The top-level packages in memory after a statement in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(result.stdout.split())


@pytest.mark.parametrize("name", ["annkit", "annkit.nn", "annkit.data", "annkit.exercises"])
def test_loading_it_loads_numpy_at_most(name: str) -> None:
    assert loaded_by(f"import {name}").isdisjoint(HEAVY)


def test_asking_for_the_version_loads_no_part_of_the_course() -> None:
    assert loaded_by("import annkit.cli").isdisjoint([*HEAVY, "numpy"])


def tracked_text() -> Iterator[tuple[str, str]]:
    """Name and text of every file of the repository that is text."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    for name in filter(None, listing.stdout.split("\0")):
        path = ROOT / name
        data = path.read_bytes() if path.is_file() else b"\0"
        if b"\0" not in data:
            yield name, data.decode("utf-8")


def test_nothing_in_the_repository_ties_it_to_one_machine_or_registry() -> None:
    folders = "|".join(["home", "root", "Users", "work", "tmp", "opt", "mnt"])
    traces = {
        "an absolute path": re.compile(rf"(?<![\w.~/:}}$*-])/(?:{folders})/[\w.]"),
        "an index address": re.compile(r"--(?:extra-)?index-url|py" + r"pi\.org|python" + "hosted"),
    }
    found = [
        f"{name}:{number}: {what}: {match.group()}"
        for name, text in tracked_text()
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in traces.items()
        if (match := pattern.search(line))
    ]
    assert found == []
