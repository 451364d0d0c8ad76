"""The command line: build, source and check."""

from pathlib import Path

import nbformat
import pytest

from annkit.publish.__main__ import main

NAME = Path("ch01_counting") / "ch01_counting.ipynb"


def test_check_fails_until_build_has_run(
    course_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--course", str(course_copy)]
    notebooks = tmp_path / "notebooks"  # beside the course: where build writes by itself
    assert main(["check", *words]) == 1
    assert f"outdated: {notebooks / NAME}" in capsys.readouterr().out
    assert main(["build", *words]) == 0
    assert f"written: {notebooks / NAME}" in capsys.readouterr().out
    assert main(["check", *words]) == 0


def test_source_writes_solutions_somewhere_else(course_copy: Path, tmp_path: Path) -> None:
    assert main(["source", str(tmp_path / "mine"), "--course", str(course_copy)]) == 0
    assert "BEGIN SOLUTION" in (tmp_path / "mine" / NAME).read_text(encoding="utf-8")
    assert not (tmp_path / "notebooks").exists()


def test_work_is_kept_unless_forced(
    course_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["build", "--course", str(course_copy)]
    path = tmp_path / "notebooks" / NAME
    main(words)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += " mine"
    nbformat.write(notebook, path)
    assert main(words) == 1
    assert "--force" in capsys.readouterr().err
    assert main([*words, "--force"]) == 0
