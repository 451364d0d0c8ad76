"""The house stands as designed: who may import whom, what loading costs, how large a room is."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "annkit"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A package may import itself and what stands on an earlier line; those on one line stay apart.
PACKAGES = [
    {"arguments", "distribution", "files", "kernel_language", "moved", "one_thread"},
    {"address"},
    {"nn", "data", "source"},
    {"symbolic"},
    {"show"},
    {"lessons", "exercises", "missing_names"},
    {"grading", "publish"},
    {"own_copy"},
    {"cli"},
    {"__main__"},
]
# The same inside a package: its rooms, and modules of its own that stand below or above them.
# What is not named stands above all rooms.
ROOMS = {
    "show": [{"*"}, {"cards", "moving"}, {"__init__"}],
    "exercises": [
        {"calls"},
        {"tasks"},
        {"cards", "my_ann", "record"},
        {"judging"},
        {"understanding"},
        {"*"},
    ],
    "grading": [
        {"spreadsheets", "states"},
        {"sandbox"},
        {"rebuild"},
        {"intake", "marking"},
        {"books"},
        {"*"},
    ],
}
# The verbs' door, annkit/__init__.py, loads on first use what a learner may reach.
DOOR = {"distribution", "moved", "nn", "data", "symbolic", "show", "exercises"}
# Packages that only these parts may import.
RESERVED = {
    "sympy": {"symbolic"},
    "matplotlib": {"show", "lessons"},
    "ipywidgets": {"show"},
    "anywidget": {"show", "lessons"},
    "jupytext": {"publish"},
    "nbformat": {"publish"},
}
LONGEST = 350  # lines of a module; a docstring in front and a few lines more are no second subject
MOST = 25  # modules in a folder
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


def words_of(path: Path) -> list[str]:
    """The dotted name of a module below annkit, in words; a package ends in __init__."""
    return list(path.relative_to(PACKAGE).with_suffix("").parts)


MODULE_NAMES = {tuple(words_of(path)): path for path in MODULES}


def found_at(name: str) -> Path | None:
    """The module of this package that an imported name is, or lies in; None outside of it."""
    words = name.split(".")
    if words[0] != "annkit":
        return None
    for end in range(len(words), 0, -1):
        inner = tuple(words[1:end])
        for candidate in (inner, (*inner, "__init__")):
            if candidate in MODULE_NAMES:
                return MODULE_NAMES[candidate]
    return None


def level_of(name: str, order: list[set[str]]) -> int:
    """Where a part stands in an order; whatever is not named stands with the star."""
    known = set().union(*order)
    return next(i for i, line in enumerate(order) if (name if name in known else "*") in line)


def may_import(importing: str, imported: str, order: list[set[str]]) -> bool:
    """Whether one part may import another: itself, or what stands on an earlier line."""
    known = set().union(*order)
    if importing == imported or (importing not in known and imported not in known):
        return True
    return level_of(imported, order) < level_of(importing, order)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def all_imports() -> Iterator[tuple[Path, str, str]]:
    """Every import of every module: module, where it stands, dotted name."""
    for path in MODULES:
        for line, name in imports(path):
            yield path, f"{name_of(path)}:{line}: {name}", name


def test_nothing_imports_to_its_right() -> None:
    wrong = []
    for path, said, name in all_imports():
        part, target = words_of(path)[0], found_at(name)
        if target is None or words_of(target) == ["__init__"]:
            continue
        other = words_of(target)[0]
        fits = other in DOOR if part == "__init__" else may_import(part, other, PACKAGES)
        wrong += [] if fits else [said]
    assert wrong == []


def test_nothing_in_a_package_imports_a_room_to_its_right() -> None:
    wrong = []
    for path, said, name in all_imports():
        package, *inner = words_of(path)
        target = found_at(name)
        if package not in ROOMS or target is None or words_of(target)[0] != package:
            continue
        fits = may_import(inner[0], words_of(target)[1], ROOMS[package])
        wrong += [] if fits else [said]
    assert wrong == []


def test_lessons_do_not_import_each_other() -> None:
    crossing = [
        f"{name_of(path)}:{line}: {name}"
        for path in (PACKAGE / "lessons").rglob("*.py")
        for line, name in imports(path)
        if name.startswith("annkit.lessons.") and name.split(".")[2] != words_of(path)[1]
    ]
    assert crossing == []


def test_no_two_modules_need_each_other() -> None:
    """No circle, those included that hide in a function or behind TYPE_CHECKING."""
    doors = {PACKAGE / "__init__.py", PACKAGE / "show" / "__init__.py"}  # they load on demand
    graph = {
        path: {found_at(name) for _, name in imports(path)} - {path, None, *doors}
        for path in MODULES
        if path not in doors
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(name_of(path) for path in circle.args[1]))


def test_a_reserved_package_is_imported_by_its_own_part_only() -> None:
    wrong = []
    for path, said, name in all_imports():
        part = words_of(path)[0]
        owners = RESERVED.get(name.split(".")[0], {part})
        wrong += [] if part in owners else [f"{said} is for {' and '.join(owners)}"]
    assert wrong == []


def test_a_module_has_one_subject() -> None:
    lines = {name_of(path): path.read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


def test_a_module_says_what_it_is_about() -> None:
    trees = {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    assert [name for name, tree in trees.items() if not ast.get_docstring(tree)] == []


def test_no_room_is_crowded() -> None:
    crowded = {
        name_of(folder): count
        for folder, count in Counter(path.parent for path in MODULES).items()
        if count > MOST
    }
    assert crowded == {}


def test_the_network_library_can_be_read_in_an_evening() -> None:
    modules = list((PACKAGE / "nn").rglob("*.py"))
    lines = sum(path.read_text(encoding="utf-8").count("\n") for path in modules)
    assert len(modules) <= 25
    assert lines <= 2_500


# A room's plain names say what they are for its chapter.
PLAIN_NAMES = {"__init__", "__main__", "explorer", "pictures", "cases", "panels"}


def test_no_two_modules_have_one_name() -> None:
    stems = Counter(path.stem for path in MODULES if path.stem not in PLAIN_NAMES)
    assert [stem for stem, count in stems.items() if count > 1] == []


def test_no_two_public_classes_have_one_name() -> None:
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(name_of(path))
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


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
