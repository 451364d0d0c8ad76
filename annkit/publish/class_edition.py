"""A class's edition as files: what `check` needs to know beside a notebook, without the answers.

The teacher's choice as data, and the teacher's own exercises with their references withheld. They
lie in a folder beside each notebook, which nbgrader hands out with it, and in the class's wheel.

Not here: the choice itself (`annkit.exercises.tasks.edition`), taking answers out (`withheld`).
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from annkit.exercises.tasks.catalogue import WITHHELD, Catalogue
from annkit.exercises.tasks.edition import FILE_NAME, FOLDER, Edition
from annkit.publish.build import sources
from annkit.publish.withheld import without_answers


def class_sources(catalogue: Catalogue) -> dict[Path, bytes]:
    """Files for nbgrader's `source/`: a class's notebooks, each with the edition beside it."""
    beside = beside_a_notebook(catalogue)
    return sources(catalogue) | {
        Path(chapter) / name: content
        for chapter in catalogue.chapters
        for name, content in beside.items()
    }


def beside_a_notebook(catalogue: Catalogue) -> dict[str, bytes]:
    """The class's edition as it lies beside each of its notebooks: name there → content."""
    return {f"{FOLDER}/{name}": content for name, content in edition_files(catalogue)}


def edition_files(
    catalogue: Catalogue, *, with_answers: bool = False
) -> Iterator[tuple[str, bytes]]:
    """The files of an edition, by their names in its folder; none if nothing is chosen.

    Args:
        catalogue: as the class has it.
        with_answers: for a machine that judges, not for learners.
    """
    edition = catalogue.edition
    if edition == Edition():
        return
    yield FILE_NAME, replace(edition, own=None).to_bytes()
    if not with_answers:
        yield WITHHELD, b"These exercises come without solutions.\n"
    for folder in edition.own_folders():
        ids = catalogue.chapters.get(folder.name, ())
        for id in ids:
            path = catalogue.path(id)
            if path.parent == folder:
                text = path.read_text("utf-8") if with_answers else without_answers(path)
                yield f"{folder.name}/{id}.py", text.encode()
        if ids and (folder / "chapter.py").exists():
            heading = f"# # {catalogue.title(folder.name)}\n".encode()
            yield f"{folder.name}/chapter.py", heading + in_order(ids)


def in_order(ids: tuple[str, ...]) -> bytes:
    """A `chapter.py` that says the order of its exercises, and nothing else."""
    lines = "".join(f"from {id} import {id}\n" for id in ids)
    return f'"""The exercises, in order."""\n\n{lines}'.encode()
