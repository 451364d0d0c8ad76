"""The learner's own work in a demonstration: from `my_ann` if it is there, else the course's.

Not here: how answers get into `my_ann` (`keep`).
"""

import importlib
from collections.abc import Sequence
from typing import Any

from annkit.exercises.my_ann.keep import FILE_NAME, MODULE, make_importable
from annkit.exercises.my_ann.own_module import Damaged, OwnModule
from annkit.exercises.tasks.home_folder import home


def kept(name: str) -> Any:
    """What the learner's own module has under a name; None if that cannot be had."""
    make_importable()
    try:
        return getattr(importlib.import_module(MODULE), name, None)
    except Exception:  # a learner's file may do anything
        return None


def own(name: str, instead: Any, needs: Sequence[str] = ()) -> Any:
    """Fetch a function or class that passed its check; say which one it is.

    Args:
        name: what it is called in the learner's module.
        instead: what the course has in its place.
        needs: attributes it must have; a class that is still growing may lack some.

    Returns:
        the learner's object, or `instead`. One line is printed that says which.
    """
    make_importable()
    try:
        found = getattr(importlib.import_module(MODULE), name)
    except AttributeError:
        found, why = None, f"it is not in your {FILE_NAME} yet"
    except Exception as error:  # a learner's file may do anything
        absent = isinstance(error, ModuleNotFoundError) and error.name == MODULE
        problem = f"your {FILE_NAME} cannot be imported ({type(error).__name__})"
        found, why = None, f"there is no {FILE_NAME} yet" if absent else problem
    else:
        lacking = [f"`{one}`" for one in needs if not hasattr(found, one)]
        why = f"the one in your {FILE_NAME} has no {', '.join(lacking)} yet" if lacking else ""
    if found is None or why:
        print(f"{name}: the course's own, since {why}.")
        return instead
    print(f"{name}: yours, from {FILE_NAME}.")
    return found


def own_sections() -> dict[str, str]:
    """What `check` has kept: exercise → its text; empty if the file cannot be read."""
    try:
        module = OwnModule((home() / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, Damaged):
        return {}
    return {key: (module.section(key) or "").strip("\n") for key in module.sections}
