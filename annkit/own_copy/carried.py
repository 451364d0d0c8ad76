"""The notebooks that this package carries: one for each chapter, as they are handed out.

An installed wheel has them inside the package; a clone has `notebooks/`, in which somebody may
have worked.

Not here: making them (`annkit.publish`).
"""

import json
from pathlib import Path

from annkit.source.cell_texts import is_worked_in

_PACKAGE = Path(__file__).resolve().parents[1]


class NothingCarriedError(Exception):
    """This package has no notebooks to copy; the text says where they are."""


def carried() -> dict[str, Path]:
    """Chapter → its notebook, in the order of the course.

    Raises:
        NothingCarriedError: there are none, one is broken, or somebody has worked in one.
    """
    packed = _PACKAGE / "_notebooks"
    found = chapters_in(packed if packed.is_dir() else _PACKAGE.parent / "notebooks")
    if not found:
        raise NothingCarriedError(
            "this edition carries no notebooks: they come from your teacher, one for each chapter"
        )
    for path in found.values():
        try:
            is_fresh = not is_worked_in(json.loads(path.read_bytes()))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise NothingCarriedError(
                f"{path} is no notebook any more: in a clone, move it away, and `git restore` "
                "brings back the one that is handed out"
            ) from None
        if not is_fresh:
            raise NothingCarriedError(
                f"{path} holds answers, so it is no fresh start; in a clone, `make lab` opens it"
            )
    return found


def chapters_in(folder: Path) -> dict[str, Path]:
    """Chapter → its notebook, of those that lie in a folder."""
    paths = sorted(folder.glob("ch[0-9][0-9]_*/ch[0-9][0-9]_*.ipynb"))
    return {path.stem: path for path in paths if path.stem == path.parent.name}
