"""A chapter's page: nothing that only a kernel can do, answers folded, pictures as files."""

import base64
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from annkit import show
from annkit.exercises import Catalogue, Question
from annkit.publish import release, solve
from annkit.publish.book.pages import PageMaker

CHAPTER = "ch01_counting"
# Width and height are in its first bytes, as in any PNG.
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x50\x00\x00\x00\x3cpixels"
DATA = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
DRAWN = f'<style>.jp {{}}</style><img alt="a" src="{DATA}"/>'


@pytest.fixture(scope="module")
def executed(small_course: Catalogue) -> NotebookNode:
    """The small chapter, solved, with outputs as a kernel would have made them."""
    notebook = nbformat.reads(
        next(iter(release(small_course).values())).decode(), as_version=nbformat.NO_CONVERT
    )
    solved = solve(notebook, catalogue=small_course)
    for cell in solved.cells:
        if cell.id == "scaled_check":
            shown = ("<p>passed</p>", "<p>A question about your own code</p>")
            cell.outputs = [new_output("display_data", {"text/html": html}) for html in shown]
        elif cell.source.startswith("numbers = "):
            kinds: tuple[dict[str, Any], ...] = (
                {"application/vnd.jupyter.widget-view+json": {}},
                {"text/html": DRAWN},
            )
            cell.outputs = [new_output("display_data", data) for data in kinds]
    return solved


@pytest.fixture
def page(executed: NotebookNode, small_course: Catalogue, tmp_path: Path) -> NotebookNode:
    """Its page."""
    maker = PageMaker(small_course, tmp_path, "../pictures")
    return maker.page(CHAPTER, executed, '<p class="ways">Download</p>')


def html(page: NotebookNode) -> str:
    """All HTML of a page's outputs."""
    outputs = [one for cell in page.cells for one in cell.get("outputs", [])]
    return "\n".join(one.data["text/html"] for one in outputs if "text/html" in one.get("data", {}))


def texts(page: NotebookNode) -> str:
    return "\n\n".join(cell.source for cell in page.cells)


def test_a_task_stands_as_in_the_notebook_and_answers_are_folded(page: NotebookNode) -> None:
    shown, folded = texts(page), html(page)
    assert "### Exercise 1.1" in shown
    assert "raise NotImplementedError()" in shown
    assert 'hint("scaled")' not in shown
    assert "return " not in shown
    solution = folded.split(">Solution<")[1]
    assert "return" in solution.split("</details>")[0]
    assert "<p>passed</p>" in solution
    assert "your own code" not in folded  # only a kernel hears the answer


def test_what_a_narrow_page_wraps_of_a_solution_hangs_below_its_line(page: NotebookNode) -> None:
    code = html(page).split(">Solution<")[1].split("<pre")[1].split(">", 1)[1].split("</pre>")[0]
    lines = re.findall(r'<span class="line" style="--indentation: (\d+)ch">(.*?\n?)</span>', code)
    plain = [(int(indentation), re.sub("<[^>]+>", "", line)) for indentation, line in lines]
    assert [len(line) - len(line.lstrip(" ")) for _, line in plain] == [n for n, _ in plain]
    assert {0, 4} <= {indentation for indentation, _ in plain}
    assert "".join(line for _, line in plain).startswith("def scaled")


def test_a_long_heading_is_given_room(small_course: Catalogue, tmp_path: Path) -> None:
    table = show.table([(1, 2)], ["share", "share of what was there before"])._repr_html_()
    cell = new_code_cell("1", outputs=[new_output("display_data", {"text/html": table})])
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = new_notebook(cells=[new_markdown_cell("# Title"), cell], metadata=kernel)
    shown = html(PageMaker(small_course, tmp_path, "").page(CHAPTER, notebook, "<p></p>"))
    assert re.findall(r'<th class="long"[^>]*>([^<]+)', shown) == ["share of what was there before"]


def test_every_option_explains_itself(page: NotebookNode, small_course: Catalogue) -> None:
    shown = html(page)
    for id in ("unit_question", "recall_sum"):
        question = small_course.load(id)
        assert isinstance(question, Question)
        assert shown.count(f'name="{id}"') in (len(question.options), 0)
        for option in question.options:
            assert option.why[:20].split("$")[0].split("`")[0] in shown
    assert "quiz(" not in texts(page)


def test_a_model_explanation_is_folded(page: NotebookNode) -> None:
    assert "A model explanation" in html(page)
    assert "YOUR ANSWER HERE" not in texts(page)


def test_pictures_are_files_and_widgets_are_gone(page: NotebookNode, tmp_path: Path) -> None:
    [picture] = tmp_path.iterdir()
    assert picture.read_bytes() == PNG
    assert f'src="../pictures/{picture.name}" height="30" loading="lazy"' in html(page)
    assert "<style>" not in html(page)
    data = [one.get("data", {}) for cell in page.cells for one in cell.get("outputs", [])]
    assert not any("application/vnd.jupyter.widget-view+json" in one for one in data)


def test_below_the_title_stand_the_ways_to_the_notebook(page: NotebookNode) -> None:
    title, ways, opening = page.cells[:3]
    assert title.source == "# Counting and scaling"
    assert "Download" in ways.outputs[0].data["text/html"]
    assert opening.source.startswith("A chapter small enough")


def test_links_between_chapters_lead_to_pages(small_course: Catalogue, tmp_path: Path) -> None:
    source = (
        "# T\n\nSee [slopes](../ch03_a/ch03_a.ipynb#the-sigmoid) and [b](../ch04_b/ch04_b.ipynb)."
    )
    notebook = new_notebook(
        cells=[new_markdown_cell(source), new_code_cell("progress()"), new_code_cell("x = 1")],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    page = PageMaker(small_course, tmp_path, "").page(CHAPTER, notebook, "")
    assert "[slopes](ch03_a.ipynb#the-sigmoid) and [b](ch04_b.ipynb)" in texts(page)
    assert "progress()" not in texts(page)
