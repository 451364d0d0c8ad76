"""The notebooks that this package carries: one for each chapter, as they are handed out.

An installed wheel has them inside the package; a clone has `notebooks/`, in which somebody may
have worked.

Not here: making them (`annkit.publish`).
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


class NothingCarriedError(Exception):
    """This package has no notebooks to copy; the text says where they are."""


def carried() -> dict[str, Path]:
    """Chapter → its notebook, in the order of the course.

    Raises:
        NothingCarriedError: there are none, or somebody has worked in them.
    """
    packed, clone = _PACKAGE / "_notebooks", _PACKAGE.parent / "notebooks"
    if packed.is_dir():
        return chapters_in(packed)
    found = chapters_in(clone)
    if not found:
        raise NothingCarriedError(
            "this edition carries no notebooks: they come from your teacher, one for each chapter"
        )
    from annkit.publish.build import is_edited

    edited = [path for path in found.values() if is_edited(path)]
    if edited:
        raise NothingCarriedError(
            f"{edited[0]} holds answers, so it is no fresh start; in a clone, `make lab` opens it"
        )
    return found


def chapters_in(folder: Path) -> dict[str, Path]:
    """Chapter → its notebook, of those that lie in a folder."""
    paths = sorted(folder.glob("ch[0-9][0-9]_*/ch[0-9][0-9]_*.ipynb"))
    return {path.stem: path for path in paths if path.stem == path.parent.name}
