"""From the course to a folder of pages: chapters, glossary, reference, teachers' pages.

Sphinx and MathJax are installed beside the environment, by tools/beside.py.

Not here: a chapter's page (`pages`), the first page (`front`), how Sphinx is set up (`settings`).
"""

import os
import re
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from nbformat import NotebookNode

import annkit
from annkit.address import repository
from annkit.exercises.tasks.catalogue import Catalogue
from annkit.files import write
from annkit.publish.book import glossary
from annkit.publish.book.executing import execute_all
from annkit.publish.book.front import front_page
from annkit.publish.book.pages import PageMaker
from annkit.publish.book.reference import names_page, package_page, verbs_page
from annkit.publish.book.settings import MATHJAX, settings
from annkit.publish.book.ways import beginning, ways
from annkit.publish.build import release
from annkit.publish.notebooks import to_bytes
from annkit.publish.solve import solve

_HERE = Path(__file__).parent
# Pages for teachers, beside the course's folder.
_TEACHERS = ("teaching.md", "protection.md")
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)


def bind(
    catalogue: Catalogue,
    site: Path,
    work: Path,
    packages: Path,
    chapters: Sequence[str] = (),
    *,
    has_browser_edition: bool = False,
) -> int:
    """Make the pages.

    Args:
        catalogue: the course; the folder beside it, docs/, holds the pages for teachers.
        site: the folder of pages; what is in it goes.
        work: a folder for what is made on the way; the executed chapters in it are used again.
        packages: where tools/beside.py has put MathJax.
        chapters: those to take; all if empty.
        has_browser_edition: whether it is to lie beside the pages, so that they link to it.

    Returns:
        0, or 1 if a link or a reference leads nowhere or a text is faulty.

    Raises:
        nbclient.exceptions.CellExecutionError: a chapter's cell ended with an error.
        ExerciseError: a chapter cannot be published.
    """
    from sphinx.application import Sphinx

    source = work / "source"
    shutil.rmtree(source, ignore_errors=True)
    buttons = partial(ways, repository=repository(), has_browser_edition=has_browser_edition)
    words, openings = _write_chapters(catalogue, source, work / "executed", chapters, buttons)
    begin = beginning(next(iter(openings)), has_browser_edition=has_browser_edition)
    write(source / "index.md", front_page(openings, begin).encode())
    _write_teachers(catalogue.root.parent / "docs", source)
    _write_reference(source / "reference")
    _write_static(source / "_static", packages)
    shutil.copytree(_HERE / "templates", source / "_templates")
    shutil.rmtree(site, ignore_errors=True)
    app = Sphinx(
        source,
        None,
        site,
        work / "doctrees",
        "html",
        settings(words, annkit.__version__),
        freshenv=True,
        warningiserror=True,
        parallel=os.cpu_count() or 1,
    )
    app.build()
    return int(app.statuscode)


def _write_chapters(
    catalogue: Catalogue,
    source: Path,
    cache: Path,
    chapters: Sequence[str],
    buttons: Callable[[str], str],
) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Write the chapters' pages and the glossary.

    Returns:
        page → word → entry of the glossary that its first mention links to;
        chapter → the Markdown of its first cell.
    """
    solved: dict[str, NotebookNode] = {}
    for path, content in release(catalogue, chapters).items():
        name, handed_out = path.parent.name, source / "_extra" / "notebooks" / path.name
        write(handed_out, content)
        solved[name] = solve(handed_out, catalogue=catalogue)
    maker = PageMaker(catalogue, source / "_extra" / "pictures", "../pictures")
    for name, notebook in execute_all(catalogue, solved, cache).items():
        page = maker.page(name, notebook, buttons(name))
        write(source / "chapters" / f"{name}.ipynb", to_bytes(page))
    tables = {
        name: [row for cell in notebook.cells for row in glossary.rows(cell.source)]
        for name, notebook in solved.items()
    }
    entries = glossary.entries(tables)
    write(source / "glossary.md", glossary.page(entries).encode())
    openings = {name: notebook.cells[0].source for name, notebook in solved.items()}
    return glossary.links(tables, entries), openings


def _write_teachers(docs: Path, source: Path) -> None:
    """The pages for teachers, without the remarks on which test shows what."""
    for name in _TEACHERS:
        text = (docs / name).read_text(encoding="utf-8")
        write(source / name, _COMMENT.sub("", text).encode())


def _write_reference(folder: Path) -> None:
    pages = {
        "verbs": verbs_page(),
        "nn": package_page("annkit.nn"),
        "exercises": names_page("annkit.exercises"),
    }
    for name, text in pages.items():
        write(folder / f"{name}.rst", text.encode())


def _write_static(static: Path, packages: Path) -> None:
    """MathJax, unmodified and with its licence, and the pages' own style."""
    ours, modules = static / MATHJAX, packages / "node_modules"
    font = "mathjax-newcm-font"
    shutil.copytree(modules / "@mathjax" / font / "chtml", ours / font / "chtml")
    for name in ("tex-chtml.js", "a11y/assistive-mml.js", "LICENSE"):
        write(ours / name, (modules / "mathjax" / name).read_bytes())
    for name in ("style.css", "site.js", "icon.svg"):
        write(static / name, (_HERE / name).read_bytes())
