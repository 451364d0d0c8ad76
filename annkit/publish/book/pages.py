"""A chapter's page: its notebook, executed, with what only a kernel can do taken out.

Out go the cells about a learner's own progress; in the place of an answer stands the stub, and
below it, folded, hints and a solution. Pictures become files, so that a page shows before they are
there.

Not here: executing (`executing`), the folds (`tasks`), links to the words (`glossary`).
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from annkit.exercises.tasks.catalogue import Catalogue
from annkit.exercises.tasks.question import Explanation, Question
from annkit.exercises.tasks.references import read_reference
from annkit.exercises.tasks.task import Exercise, Task
from annkit.files import write
from annkit.publish.book.hanging_lines import hung
from annkit.publish.book.tasks import exercise_html, explanation_html, question_html
from annkit.publish.cells import help_pointer
from annkit.show.picture import SHARPNESS

# Cells on the way through the notebooks: what is done, and where to go on.
_ON_THE_WAY = {"contents", "onward"}
_NOTEBOOK_LINK = re.compile(r"\]\(\.\./(ch\d\d_\w+)/\1\.ipynb")
_TITLE = re.compile(r"(# [^\n]+)\n*(.*)", re.DOTALL)
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_WAKE = re.compile(r'<p style="[^"]*"><em>Run this cell [^<]*</em></p>')
_INLINE_PICTURE = re.compile(r'src="data:image/png;base64,([^"]+)"')
# A heading of so many letters is squeezed to many lines unless its column has a least width.
_LONG_HEADING = re.compile(r'<th(?= scope="col"[^>]*>[^<]{20,}</th>)')
_NO_INPUT = {"tags": ["remove-input"]}


class PageMaker:
    """Makes pages of chapters.

    Args:
        catalogue: the course.
        pictures: the folder for pictures.
        address: of that folder as a page writes it.
    """

    def __init__(self, catalogue: Catalogue, pictures: Path, address: str) -> None:
        self._catalogue, self._pictures, self._address = catalogue, pictures, address

    def page(self, chapter: str, executed: NotebookNode, buttons: str) -> NotebookNode:
        """The page of a chapter as a notebook that needs no kernel.

        Args:
            chapter: its name.
            executed: its notebook, solved and executed.
            buttons: HTML to stand below the title.
        """
        tasks = {id: self._catalogue.load(id) for id in self._catalogue.chapters[chapter]}
        cells: list[NotebookNode] = []
        for cell in executed.cells:
            task_id, _, part = cell.id.rpartition("_")
            if cell.id in tasks:
                cells += self._answer(tasks[cell.id], cell)
            elif task_id in tasks:
                cells += self._beside(tasks[task_id], part, cell)
            elif cell.id not in _ON_THE_WAY and cell.source != "progress()":
                cells.append(self._plain(cell))
        title, opening = _TITLE.fullmatch(cells[0].source).groups()  # type: ignore[union-attr]
        cells[:1] = [_text(title), _html(buttons), _text(opening)]
        return nbformat.v4.new_notebook(
            cells=cells, metadata={"kernelspec": executed.metadata.kernelspec}
        )

    def _answer(self, task: Task, cell: NotebookNode) -> Iterator[NotebookNode]:
        """What stands in the place of an answer."""
        if isinstance(task, Exercise):
            stub = read_reference(self._catalogue.path(task.id)).stub
            yield _text(f"```python\n{stub}\n```")
        elif isinstance(task, Question):
            yield _html(question_html(task))

    def _beside(self, task: Task, part: str, cell: NotebookNode) -> Iterator[NotebookNode]:
        """A task's other cells: its text, its check, its options, the pointer to a model."""
        if part == "task":
            yield _text(_linked(cell.source.replace(help_pointer(task.id), "").rstrip()))
        elif isinstance(task, Exercise):
            yield _html(exercise_html(task, self._verdict(cell)))
        elif isinstance(task, Question) and part == "quiz":
            yield _html(question_html(task))
        elif isinstance(task, Explanation):
            yield _html(explanation_html(task))

    def _plain(self, cell: NotebookNode) -> NotebookNode:
        """A cell of the chapter's own."""
        if cell.cell_type != "code":
            return _text(_linked(cell.source))
        outputs = []
        for output in cell.outputs:
            data = output.get("data", {})
            if "application/vnd.jupyter.widget-view+json" in data:
                continue
            if "text/html" in data:
                shown = {"text/html": self._html(data["text/html"])}
                output = nbformat.from_dict({**output, "data": shown})
            outputs.append(output)
        return nbformat.v4.new_code_cell(cell.source, outputs=outputs)

    def _verdict(self, cell: NotebookNode) -> str:
        """The first card of a check; a question that may follow takes a kernel to answer."""
        shown = (output.get("data", {}).get("text/html") for output in cell.outputs)
        return self._html(next(filter(None, shown), ""))

    def _html(self, html: str) -> str:
        """HTML of an output without what was for JupyterLab; its pictures are files."""
        html = _LONG_HEADING.sub('<th class="long"', _WAKE.sub("", _STYLE.sub("", html)))
        return _INLINE_PICTURE.sub(self._as_file, html)

    def _as_file(self, found: re.Match[str]) -> str:
        data = base64.b64decode(found[1])
        name = f"{hashlib.sha256(data).hexdigest()[:20]}.png"
        write(self._pictures / name, data)
        # Its height is known before it arrives, so that nothing jumps.
        height = int.from_bytes(data[20:24], "big") // SHARPNESS
        return f'src="{self._address}/{name}" height="{height}" loading="lazy"'


def _linked(markdown: str) -> str:
    """Markdown whose links to other chapters lead to their pages."""
    return _NOTEBOOK_LINK.sub(r"](\1.ipynb", markdown)


def _text(markdown: str) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(markdown)


def _html(html: str) -> NotebookNode:
    output = nbformat.v4.new_output("display_data", {"text/html": hung(html)})
    # A cell without any text would be left out.
    return nbformat.v4.new_code_cell("#", metadata=_NO_INPUT, outputs=[output])
