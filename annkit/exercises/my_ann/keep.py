"""Keeping what passed: the learner's answer goes into the learner's own module, `my_ann.py`.

The file is replaced as a whole or not at all, and never where marks are made. Whatever stands in
the way (a syntax error, a name already taken, a read-only folder) is explained, and the file is
left as it was.

Not here: the text of the file (`own_module`), what belongs to an answer (`harvest`).
"""

import builtins
import functools
import importlib
import inspect
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from annkit.exercises.my_ann.file_swap import locked, swap
from annkit.exercises.my_ann.harvest import LAZY_ANNOTATIONS, Harvest, bare, harvest
from annkit.exercises.my_ann.own_module import (
    FILE_NAME,
    HELPER,
    IMPORTS,
    MODULE,
    Damaged,
    OwnModule,
    from_here,
    imported,
    sorted_imports,
)
from annkit.exercises.my_ann.trial_import import why_not_imported
from annkit.exercises.my_ann.value_text import attributes_of, joined
from annkit.exercises.tasks.home_folder import home
from annkit.show.labels import listed
from annkit.source.definitions import NoSource
from annkit.source.names import names_of


class _Unimportable(Exception):
    """With the answer in it the file could not be imported; the text says why."""


def make_importable() -> None:
    """Let `import my_ann` find the file, after everything that is installed."""
    folder = str(home())
    if folder not in sys.path:
        sys.path.append(folder)


def mend() -> bool:
    """Mend a file that imports from itself, or defines something after its use.

    Returns:
        whether it was so, and can be imported now. Any other file stays as it is.
    """
    with suppress(OSError, UnicodeDecodeError, Damaged):
        path = module_path()
        before = path.read_text(encoding="utf-8")
        module = OwnModule(before)
        as_it_stands = module.text()
        module.without_own_imports()
        module.arrange()
        if module.text() == as_it_stands or not why_not_imported(before, path):
            return False
        with locked(path):
            if path.read_text(encoding="utf-8") == before and not why_not_imported(
                module.text(), path
            ):
                replace_module(path, module.text())
                return True
    return False


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
    except _Unimportable as problem:
        return (
            f"Not kept: with your answer in it, {FILE_NAME} could not be imported any more "
            f"({problem}). It was left as it is."
        )
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
        module.without_own_imports()
        remarks = _insert(module, collected, id, name, order)
        module.arrange()
        after = module.text()
        if after == before:
            return ""
        OwnModule(after)  # what is written must be readable next time
        if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
            raise PermissionError(13, "the file is read-only")
        if trouble := why_not_imported(after, path):
            if not why_not_imported(before, path):
                raise _Unimportable(trouble.words)
            remarks.append(
                f"But nothing can be imported from it before line {trouble.line} is mended, where "
                f"it ends in {trouble.words}."
            )
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
    passed = _passed(module)
    _name_what_is_there(module, collected, passed)
    _expect_same_built_ins(module, collected, id)
    _put_imports(module, collected, id, rank)
    for helper, source in collected.helpers.items():
        if helper in own:
            remarks.append(f"It uses your own `{helper}` there, outside the marks.")
        elif helper not in passed:
            remarks += _put_helper(module, helper, source, id, rank)
        elif source.strip("\n") not in passed[helper]:
            remarks.append(
                f"There it uses the `{helper}` that has passed, not the newer one of this notebook."
            )
    module.drop(HELPER + name)
    module.put(id, "\n\n".join(_definitions(module, collected, id, rank)), rank)
    _drop_unused(module)
    if collected.missing:
        names = ", ".join(f"`{missing}`" for missing in collected.missing)
        remarks.append(
            f"It needs {names} from the notebook, which could not be kept with it: without that, "
            f"the copy in {FILE_NAME} ends in an error."
        )
    return remarks


def _put_helper(
    module: OwnModule, helper: str, source: str, id: str, rank: Callable[[str], float]
) -> Iterator[str]:
    """Put a helper into the module; say so where others get another one by that."""
    old = module.section(HELPER + helper)
    others = [key for key in module.users(helper) if key != id]
    if old is not None and others:
        source = joined(old, source)
        if not _says_the_same(old, source):
            shared = _called(others)
            verb = "uses" if len(others) == 1 else "use"
            yield f"`{helper}` there is now this newer one; {shared} {verb} it too."
    module.put(HELPER + helper, source, rank)


def _called(users: Sequence[str]) -> str:
    """The sections that use something, in words."""
    return listed([key.removeprefix(HELPER) or "your own text" for key in users])


def _says_the_same(old: str, new: str) -> bool:
    """Whether a text is the old one, or a namespace with the old one's attributes and more."""
    return old.strip() == new.strip() or (
        bool(attributes_of(old)) and attributes_of(old).items() <= attributes_of(new).items()
    )


def _name_what_is_there(module: OwnModule, collected: Harvest, passed: Mapping[str, str]) -> None:
    """What came from this very file needs no import, only its name."""
    for name, statement in list(collected.imports.items()):
        there = from_here(statement)
        if not there:
            continue
        del collected.imports[name]
        if there not in module.bound():
            collected.missing.append(name)
        elif there != name:
            if name in passed:
                raise Damaged(
                    f"there `{name}` is what has passed by that name, and your answer calls "
                    f"`{there}` so: one name cannot be both"
                )
            collected.helpers[name] = f"{name} = {there}\n"


def _expect_same_built_ins(module: OwnModule, collected: Harvest, id: str) -> None:
    """Expect that a name of Python's own means the same in the answer and in the file."""
    bound = module.bound()
    looked_up = frozenset[str]().union(*(names_of(one).wanted for one in collected.sources))
    covered = {name: text.split("\n")[0] for name, text in collected.helpers.items()}
    covered |= collected.imports
    for name in sorted(looked_up & set(dir(builtins))):
        others = [key for key in module.users(name) if key != id]
        if name in covered and name not in bound and others:
            raise Damaged(_both(f"Python's own {name}", others, covered[name]))
        if name not in covered and name in bound:
            raise Damaged(_both(f"your {name}", others, f"Python's own {name}"))


def _passed(module: OwnModule) -> dict[str, str]:
    """Names that sections of exercises define, which passed by themselves, with their text."""
    found: dict[str, str] = {}
    for part in module.parts:
        if part.key and part.key != IMPORTS and not part.key.startswith(HELPER):
            found |= {name: found.get(name, "") + part.body for name in part.names.bound}
    return found


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
    present = imported(module.section(IMPORTS) or "")
    own = module.own_names()
    for name, statement in collected.imports.items():
        others = [key for key in module.users(name) if key != id]
        if present.get(name, statement) != statement and others:
            raise Damaged(_both(present[name], others, statement))
        if name not in own:
            present[name] = statement
    if present:
        module.put(IMPORTS, "\n".join(sorted_imports(set(present.values()))), rank)


def _both(present: str, users: Sequence[str], needed: str) -> str:
    """Say that a name would have to stand for two things."""
    return (
        f"there `{present}` serves {_called(users)}, and your answer needs `{needed}`: "
        "one name cannot be both"
    )


def _drop_unused(module: OwnModule) -> None:
    """Remove helpers and imports that nothing uses any more."""
    for key in [key for key in module.sections if key.startswith(HELPER)]:
        if not module.users(key.removeprefix(HELPER)):
            module.drop(key)
    imports = module.section(IMPORTS)
    if imports is None:
        return
    used = {
        line
        for name, line in imported(imports).items()
        if line == LAZY_ANNOTATIONS or module.users(name)
    }
    if used:
        module.put(IMPORTS, "\n".join(sorted_imports(used)), lambda key: 0.0)
    else:
        module.drop(IMPORTS)
