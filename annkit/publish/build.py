"""Folders of notebooks from `solutions/`: all of it or, if anything is wrong, none of it.

Not here: what a single notebook holds (`assemble`, `notebooks`).
"""

from collections.abc import Callable, Collection
from pathlib import Path

import nbformat

from annkit.exercises.tasks.catalogue import Catalogue
from annkit.exercises.tasks.course_index import FILE_NAME
from annkit.exercises.tasks.course_index import to_bytes as to_index
from annkit.files import write as write_file
from annkit.publish.assemble import chapter_cells
from annkit.publish.cells import Cell
from annkit.publish.errors import BuildError
from annkit.publish.notebooks import (
    read_notebook,
    release_notebook,
    source_notebook,
    to_bytes,
)
from annkit.source.cell_texts import is_worked_in


class EditedNotebooksError(Exception):
    """Notebooks hold something that no build wrote: somebody's answers."""

    def __init__(self, paths: list[Path]) -> None:
        """Name the notebooks."""
        names = "\n".join(f"  {path}" for path in paths)
        super().__init__(f"edited since they were built, and left as they are:\n{names}")


def release(catalogue: Catalogue, chapters: Collection[str] = ()) -> dict[Path, bytes]:
    """Notebooks for learners: path relative to `notebooks/` → content; no chapters mean all."""
    return _all(catalogue, release_notebook, chapters)


def sources(catalogue: Catalogue, chapters: Collection[str] = ()) -> dict[Path, bytes]:
    """Notebooks for nbgrader's `source/`, solutions between their marks; no chapters mean all."""
    return _all(catalogue, source_notebook, chapters)


def refresh_index(catalogue: Catalogue, *, write: bool = True) -> list[Path]:
    """Bring the course's index up to date, or with `write=False` only look.

    Returns:
        The index, if it was not what it ought to be.
    """
    path, content = catalogue.root / FILE_NAME, to_index(catalogue.index())
    if path.is_file() and path.read_bytes() == content:
        return []
    if write:
        write_file(path, content)
    return [path]


def write(files: dict[Path, bytes], folder: Path, *, force: bool = False) -> list[Path]:
    """Bring a folder up to date.

    Args:
        files: path relative to the folder → content.
        folder: where they go. The notebook of a chapter that is gone is removed; everything else
            in the folder is left alone.
        force: overwrite notebooks that somebody has edited.

    Returns:
        The files written or removed, those that were up to date left out.

    Raises:
        EditedNotebooksError: nothing was written, for it would have overwritten somebody's work.
    """
    paths = outdated(files, folder)
    edited = [path for path in paths if is_edited(path)]
    if edited and not force:
        raise EditedNotebooksError(edited)
    for path in paths:
        content = files.get(path.relative_to(folder))
        if content is None:
            path.unlink()
            continue
        write_file(path, content)
    return paths


def outdated(files: dict[Path, bytes], folder: Path) -> list[Path]:
    """What `write` would write or remove."""
    changed = [
        folder / name
        for name, content in files.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    ]
    built = (path for path in sorted(folder.glob("ch*/ch*.ipynb")) if path.stem == path.parent.name)
    return changed + [path for path in built if path.relative_to(folder) not in files]


def is_edited(path: Path) -> bool:
    """Whether a notebook's cells differ from those it was built with."""
    if not path.is_file():
        return False
    return is_worked_in(read_notebook(path))


def _all(
    catalogue: Catalogue,
    make: Callable[[list[Cell], str], nbformat.NotebookNode],
    wanted: Collection[str] = (),
) -> dict[Path, bytes]:
    """One notebook for each chapter of the course, or for each that is wanted."""
    try:
        chapters = [chapter for chapter in catalogue.chapters if not wanted or chapter in wanted]
    except SyntaxError as error:
        raise BuildError.from_syntax(error) from error
    files = {}
    for chapter in chapters:
        path = catalogue.folder(chapter) / "chapter.py"
        origin = f"{path.parents[1].name}/{chapter}/chapter.py"
        notebook = make(chapter_cells(path, catalogue), origin)
        nbformat.validate(notebook)
        files[Path(chapter) / f"{chapter}.ipynb"] = to_bytes(notebook)
    return files
