"""Chapters, read: cells with their kind, text, tags and line."""

from pathlib import Path

import pytest

from annkit.publish.chapters import Chapter, read_chapter
from annkit.publish.errors import BuildError


def chapter_from(tmp_path: Path, text: str) -> Chapter:
    """A chapter with this text."""
    folder = tmp_path / "ch07_seven"
    folder.mkdir()
    (folder / "chapter.py").write_text(text, encoding="utf-8")
    (folder / "relu.py").touch()
    return read_chapter(folder / "chapter.py")


def test_cells_keep_their_order_kind_text_and_line(tmp_path: Path) -> None:
    text = "# %% [markdown]\n# # Title\n#\n# Text.\n\n# %%\n\nx = 1\n\n\ndef f():\n    return x\n"
    chapter = chapter_from(tmp_path, text)
    assert [(cell.kind, cell.line) for cell in chapter.cells] == [("markdown", 2), ("code", 8)]
    assert chapter.cells[0].source == "# Title\n\nText."
    assert chapter.cells[1].source == "x = 1\n\n\ndef f():\n    return x"
    assert chapter.number == 7


def test_what_stands_above_the_first_cell_is_the_scripts_own(tmp_path: Path) -> None:
    chapter = chapter_from(tmp_path, '"""For editors."""\n# ruff: noqa\n\n# %%\nx = 1\n')
    assert [cell.source for cell in chapter.cells] == ["x = 1"]
    assert chapter.cells[0].line == 5


def test_remarks_for_the_formatter_are_the_scripts_own(tmp_path: Path) -> None:
    text = "# %%\npairs = [(1, 2),\n         (3, 4)]  # fmt: skip\nx = 1\n"
    (cell,) = chapter_from(tmp_path, text).cells
    assert cell.source == "pairs = [(1, 2),\n         (3, 4)]\nx = 1"


def test_tags_stay_and_jupytexts_own_marks_go(tmp_path: Path) -> None:
    text = '# %% tags=["hide-input", "author"]\nx = 1\n\n\n\n# %%\ny = 2\n'
    first, second = chapter_from(tmp_path, text).cells
    assert first.metadata == {"tags": ["hide-input", "author"]}
    assert first.for_authors
    assert second.metadata == {}
    assert not second.for_authors


@pytest.mark.parametrize(
    ("source", "stem"),
    [
        ("from relu import relu", "relu"),
        ("from relu import ReLU", "relu"),
        ("from relu import relu\nrelu(1)", None),
        ("from annkit import check", None),
        ("relu = 1", None),
    ],
)
def test_a_placement_is_one_line_that_imports_from_a_file_beside(
    tmp_path: Path, source: str, stem: str | None
) -> None:
    chapter = chapter_from(tmp_path, f"# %%\n{source}\n")
    assert chapter.placed(chapter.cells[0]) == stem


def test_a_misspelt_placement_names_what_is_there(tmp_path: Path) -> None:
    chapter = chapter_from(tmp_path, "# %%\nx = 1\n\n# %%\nfrom rely import rely\n")
    with pytest.raises(BuildError, match=r"chapter\.py:5: no rely\.py.* relu"):
        chapter.placed(chapter.cells[1])


def test_a_file_without_cells_is_no_chapter(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"chapter\.py:1: no cell"):
        chapter_from(tmp_path, "x = 1\n")


def test_a_folder_without_a_number_is_no_chapter(tmp_path: Path) -> None:
    (tmp_path / "chapter.py").write_text("# %%\n")
    with pytest.raises(BuildError, match="chNN_name"):
        _ = read_chapter(tmp_path / "chapter.py").number
