"""The learner's own work in a demonstration: from `my_ann` if it is there, else the course's.

Not here: how answers get into `my_ann` (`keep`).
"""

import importlib
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from annkit.exercises.my_ann.keep import make_importable, mend
from annkit.exercises.my_ann.own_module import FILE_NAME, MODULE, Damaged, OwnModule, names_of_text
from annkit.exercises.my_ann.own_trial import why_not_relied_on
from annkit.exercises.tasks.home_folder import home


def kept(name: str) -> Any:
    """What the learner's own module has under a name; None if that cannot be had."""
    return find(name)[0]


def own(name: str, instead: Any, needs: Sequence[str] = ()) -> Any:
    """Fetch a function or class that passed its check, and passes still; say which one it is.

    Args:
        name: what it is called in the learner's module.
        instead: what the course has in its place.
        needs: attributes it must have; a class that is still growing may lack some.

    Returns:
        the learner's object, or `instead`. One line is printed that says which.
    """
    found, why = find(name, needs)
    if not why and (trouble := why_not_relied_on(found, _kept_for(name))):
        print(
            f"{name}: the course's own ({trouble}). "
            "Its cell and its check, run once more, keep yours anew."
        )
        return instead
    print(f"{name}: the course's own ({why})." if why else f"{name}: yours, from {FILE_NAME}.")
    return instead if why else found


def find(name: str, needs: Sequence[str] = ()) -> tuple[Any, str]:
    """Look for a function or class that passed its check.

    Args:
        name: what it is called in the learner's module.
        needs: attributes it must have.

    Returns:
        it, and an empty text; or None, and a few words that say why not.
    """
    make_importable()
    try:
        found = getattr(_imported(), name)
    except AttributeError:
        return None, f"not yet in your {FILE_NAME}"
    except Exception as error:  # a learner's file may do anything
        if isinstance(error, ModuleNotFoundError) and error.name == MODULE:
            return None, f"there is no {FILE_NAME} yet"
        return None, f"your {FILE_NAME} cannot be imported: {type(error).__name__}"
    lacking = [f"`{one}`" for one in needs if not hasattr(found, one)]
    if lacking:
        return None, f"the one in your {FILE_NAME} has no {', '.join(lacking)} yet"
    return found, ""


def _kept_for(name: str) -> list[str]:
    """The exercises that a function or class was kept for; a class may grow over several.

    What stands outside the marks was moved there by hand: then the exercise of that name.
    """
    kept_for = [key for key, text in own_sections().items() if name in names_of_text(text).bound]
    return kept_for or [name]


def _imported() -> ModuleType:
    """The learner's own module; what an older edition has broken in it is mended."""
    try:
        return importlib.import_module(MODULE)
    except ModuleNotFoundError:
        raise
    except Exception:
        if not mend():
            raise
        return importlib.import_module(MODULE)


def own_sections() -> dict[str, str]:
    """What `check` has kept: exercise → its text; empty if the file cannot be read."""
    try:
        module = OwnModule((home() / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, Damaged):
        return {}
    return {part.key: part.body for part in module.parts if part.key is not None}
