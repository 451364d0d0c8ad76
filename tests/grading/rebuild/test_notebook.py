"""Whatever is in the file, cells come out or a reason."""

import json
from pathlib import Path

import pytest

from annkit.grading.rebuild import notebook
from annkit.grading.rebuild.notebook import UnreadableNotebook, parse_cells, read_cells


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not JSON"),
        (b'{"cells": [', "not JSON"),
        (b"[" * 200_000, "not JSON"),
        (b"[]", "no list of cells"),
        (b'{"worksheets": []}', "no list of cells"),
        (b"[" + b"{}," * 1_000_000 + b"{}]", "parts"),
    ],
)
def test_a_broken_file_is_said_in_words(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableNotebook, match=reason):
        parse_cells(data)


@pytest.mark.parametrize("source", [None, 3, {"a": 1}, [None, 2]])
def test_a_source_that_is_no_text_is_empty(source: object) -> None:
    data = json.dumps({"cells": [{"cell_type": "code", "source": source}]}).encode()
    assert parse_cells(data)[0].source == ""


def test_surrogates_and_null_bytes_are_replaced() -> None:
    (cell,) = parse_cells(rb'{"cells": [{"cell_type": "code", "source": "a\ud800b\u0000c"}]}')
    assert cell.source == "a?b�c"


def test_odd_cells_and_metadata_do_not_matter() -> None:
    cells: list[object] = [
        1,
        None,
        {"metadata": []},
        {"metadata": {"nbgrader": 3}, "id": 7, "outputs": "x"},
    ]
    data = json.dumps({"cells": cells}).encode()
    assert [(cell.kind, cell.ids, cell.outputs) for cell in parse_cells(data)] == [
        ("raw", (), ()),
        ("raw", (), ()),
    ]


def test_links_and_folders_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ipynb"
    secret.write_text('{"cells": []}')
    link = tmp_path / "link.ipynb"
    link.symlink_to(secret)
    for path in (link, tmp_path, tmp_path / "missing.ipynb"):
        with pytest.raises(UnreadableNotebook, match="link"):
            read_cells(path)


def test_a_huge_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "MAX_BYTES", 10)
    path = tmp_path / "huge.ipynb"
    path.write_text('{"cells": []}')
    with pytest.raises(UnreadableNotebook, match="larger"):
        read_cells(path)


def test_more_code_than_a_course_holds_is_not_looked_at() -> None:
    cell = {"cell_type": "code", "source": "x = 1\n" * 30_000}
    with pytest.raises(UnreadableNotebook, match="of code"):
        parse_cells(json.dumps({"cells": [cell] * 2}).encode())
    picture = {"cell_type": "markdown", "source": "x" * 190_000}
    assert len(parse_cells(json.dumps({"cells": [picture] * 2}).encode())) == 2
