"""Keeping what passed: the learner's answer goes into the learner's own module, `my_ann.py`.

The file is replaced as a whole or not at all, and never where marks are made. Whatever stands in
the way (a syntax error, a name already taken, a read-only folder) is explained, and the file is
left as it was.

Not here: the text of the file (`own_module`), what belongs to an answer (`harvest`).
"""

import ast
import functools
import importlib
import inspect
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from annkit.exercises.my_ann.file_swap import locked, swap
from annkit.exercises.my_ann.harvest import Harvest, bare, harvest
from annkit.exercises.my_ann.own_module import HELPER, IMPORTS, Damaged, OwnModule
from annkit.exercises.tasks.home_folder import home
from annkit.source.definitions import NoSource
from annkit.source.names import bound_name, names_of

MODULE = "my_ann"
FILE_NAME = f"{MODULE}.py"


def make_importable() -> None:
    """Let `import my_ann` find the file, after everything that is installed."""
    folder = str(home())
    if folder not in sys.path:
        sys.path.append(folder)


def module_path() -> Path:
    """Where the file is; a link to it stays one."""
    return (home() / FILE_NAME).resolve()


def replace_module(path: Path, text: str) -> None:
    """Replace the file, whose lock is held; the next import reads the new text."""
    swap(path, text)
    importlib.invalidate_caches()
    sys.modules.pop(MODULE, None)


def keep(target: Any, id: str, name: str, order: Sequence[str]) -> str:
    """Keep a passing answer.

    Args:
        target: the learner's function or class.
        id: the exercise.
        name: what the function or class is called.
        order: all ids in the order of the course.

    Returns:
        a sentence for the card; empty if there was nothing to do.
    """
    inner = bare(target)
    is_code = inspect.isroutine(inner) or isinstance(inner, type | np.ufunc)
    if isinstance(inner, functools.partial):
        is_code = False  # a routine to `inspect` from Python 3.14 on
    if is_code and getattr(inner, "__module__", None) != "__main__":
        return ""  # from a library, or from my_ann itself
    try:
        collected = harvest(target, name)
        return _write(collected, id, name, order)
    except NoSource as problem:
        return f"Not kept in {FILE_NAME}: {problem}."
    except Damaged as problem:
        return (
            f"Not kept: {home() / FILE_NAME} was left as it is, because {problem}. "
            "Repair it there, or rename the file, and check again."
        )
    except UnicodeDecodeError:
        return f"Not kept: {home() / FILE_NAME} was left as it is, because it is not UTF-8 text."
    except OSError as error:
        return f"Not kept: {home() / FILE_NAME} cannot be written ({error.strerror or error})."


def _write(collected: Harvest, id: str, name: str, order: Sequence[str]) -> str:
    path = module_path()
    with locked(path):
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        module = OwnModule(before)
        remarks = _insert(module, collected, id, name, order)
        after = module.text()
        OwnModule(after)  # what is written must be readable next time
        if after == before:
            return ""
        if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
            raise PermissionError(13, "the file is read-only")
        replace_module(path, after)
    return " ".join([f"Kept in {FILE_NAME}: `from {MODULE} import {name}`.", *remarks])


def _insert(
    module: OwnModule, collected: Harvest, id: str, name: str, order: Sequence[str]
) -> list[str]:
    """Put an answer and what it needs into the module; return what is to be said about it."""
    own = module.own_names()
    if name in own:
        raise Damaged(f"it has a `{name}` of your own, outside the marks")
    positions = {key: float(i) for i, key in enumerate(order)}

    def rank(key: str) -> float:
        # Imports, then helpers, then exercises; unknown keys at the end.
        fixed = -2.0 if key == IMPORTS else -1.0 if key.startswith(HELPER) else float(len(order))
        return positions.get(key, fixed)

    remarks = []
    _put_imports(module, collected, id, rank)
    passed = _passed_names(module)
    for helper, source in collected.helpers.items():
        if helper in own:
            remarks.append(f"It uses your own `{helper}` there, outside the marks.")
        elif helper not in passed:
            old = module.section(HELPER + helper)
            others = [key for key in module.users(helper) if key != id]
            if old is not None and old.strip() != source.strip() and others:
                shared = ", ".join(key.removeprefix(HELPER) or "your own text" for key in others)
                remarks.append(f"`{helper}` there is now this newer one; {shared} uses it too.")
            module.put(HELPER + helper, source, rank)
    module.drop(HELPER + name)
    module.put(id, "\n\n".join(_definitions(module, collected, id, rank)), rank)
    _drop_unused(module)
    if collected.missing:
        names = ", ".join(f"`{missing}`" for missing in collected.missing)
        remarks.append(f"It needs {names} from the notebook, which could not be kept with it.")
    return remarks


def _passed_names(module: OwnModule) -> set[str]:
    """Names that sections of exercises define: these passed by themselves."""
    sections = (key for key in module.sections if key != IMPORTS and not key.startswith(HELPER))
    return {name for key in sections for name in names_of(module.section(key) or "").bound}


def _definitions(
    module: OwnModule, collected: Harvest, id: str, rank: Callable[[str], float]
) -> list[str]:
    """The definitions that are not in an earlier section already (a class grown in steps)."""
    *earlier, last = (source.strip("\n") for source in collected.definitions)
    before = [module.section(key) or "" for key in module.sections if rank(key) < rank(id)]
    return [s for s in earlier if not any(s in body for body in before)] + [last]


def _put_imports(
    module: OwnModule, collected: Harvest, id: str, rank: Callable[[str], float]
) -> None:
    present = _bound(module.section(IMPORTS) or "")
    own = module.own_names()
    for name, statement in collected.imports.items():
        others = [key for key in module.users(name) if key != id]
        if present.get(name, statement) != statement and others:
            raise Damaged(
                f"there `{present[name]}` serves {', '.join(others)}, and your answer needs "
                f"`{statement}`: one name cannot be both"
            )
        if name not in own:
            present[name] = statement
    if present:
        module.put(IMPORTS, "\n".join(sorted(set(present.values()))), rank)


def _bound(imports: str) -> dict[str, str]:
    """Name → the statement that binds it."""
    return {
        bound_name(alias): ast.unparse(node)
        for node in ast.parse(imports).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _drop_unused(module: OwnModule) -> None:
    """Remove helpers and imports that nothing uses any more."""
    for key in [key for key in module.sections if key.startswith(HELPER)]:
        if not module.users(key.removeprefix(HELPER)):
            module.drop(key)
    imports = module.section(IMPORTS)
    if imports is None:
        return
    used = sorted({line for name, line in _bound(imports).items() if module.users(name)})
    if used:
        module.put(IMPORTS, "\n".join(used), lambda key: 0.0)
    else:
        module.drop(IMPORTS)
