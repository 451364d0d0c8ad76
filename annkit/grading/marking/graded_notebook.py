"""The graded notebook: the instructor's cells, the learner's answers, the feedback as outputs.

It is what nbgrader's formgrader shows and what its `generate_feedback` makes a page from. All
metadata come from the release; all that is a learner's is cleaned.

Not here: where the file goes (`books.filing`), what the feedback says (`feedback`).
"""

import json
from collections.abc import Sequence
from typing import Any

from annkit.grading.marking.feedback import plain_text, summary
from annkit.grading.marking.harmless import clean_markdown, clean_outputs, stream
from annkit.grading.marking.verdict import Verdict
from annkit.grading.rebuild.notebook import LooseCell
from annkit.grading.rebuild.own_cells import own_cells
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.grading.rebuild.release import Release

_MARKS = "annkit-marks"


def graded_notebook(
    release: Release, rebuilt: Rebuilt, submitted: Sequence[LooseCell], verdict: Verdict
) -> bytes:
    """Assemble the notebook of a verdict.

    Args:
        release: what was handed out; one that was made up gives b"".
        rebuilt: the answers.
        submitted: the cells as handed in, for what the learner added and showed.
        verdict: the marks.
    """
    if not release.raw:
        return b""
    own = own_cells(release.cells, submitted)
    texts = {mark.id: plain_text(mark) for mark in verdict.marks}
    by_check = {grade_id: id for id, grade_id in release.grade_ids.items() if grade_id != id}
    cells = [_cell(_MARKS, "markdown", summary(verdict, release.grade_ids))]
    cells += _own(own.get("", []), submitted)
    for raw, cell in zip(release.raw, release.cells, strict=True):
        if cell.answers:
            cells.append(_answer(raw, cell.answers, rebuilt, submitted))
        elif cell.id in by_check:
            cells.append(_filled(raw, raw["source"], [stream(texts[by_check[cell.id]])]))
        else:
            cells.append(_filled(raw, _opened(raw["source"]), []))
        cells += _own(own.get(cell.id, []), submitted)
    notebook = {
        "cells": cells,
        "metadata": release.metadata,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return _to_bytes(notebook)


def in_other_points(notebook: bytes, release: Release, verdict: Verdict) -> bytes:
    """A graded notebook that was kept, where exercises are worth something else now.

    Args:
        notebook: as it was assembled.
        release: what is handed out now.
        verdict: the marks, in the points of now.
    """
    content = json.loads(notebook)
    now = {str(raw["id"]): raw for raw in release.raw}
    texts = {release.grade_ids.get(mark.id): plain_text(mark) for mark in verdict.marks}
    for cell in content["cells"]:
        raw = now.get(cell.get("id"))
        if cell.get("id") == _MARKS:
            cell["source"] = summary(verdict, release.grade_ids)
        elif raw is not None:
            cell["metadata"] = raw["metadata"]
            if cell["id"] in texts and cell["cell_type"] == "code":
                cell["outputs"] = [stream(texts[cell["id"]])]
            elif cell["cell_type"] == "markdown" and not raw["metadata"].get("annkit"):
                cell["source"] = _opened(raw["source"])
    return _to_bytes(content)


def _answer(
    raw: dict[str, Any], id: str, rebuilt: Rebuilt, submitted: Sequence[LooseCell]
) -> dict[str, Any]:
    source = rebuilt.answers.get(id, raw["source"])
    if raw["cell_type"] != "code":
        return _filled(raw, clean_markdown(source), [])
    outputs = [output for cell in submitted if id in cell.ids for output in cell.outputs]
    return _filled(raw, source, clean_outputs(outputs))


def _own(places: Sequence[int], submitted: Sequence[LooseCell]) -> list[dict[str, Any]]:
    """The cells the learner added after one of the release."""
    cells = []
    for place in places:
        cell = submitted[place]
        if cell.kind == "code":
            shown = clean_outputs(cell.outputs)
            cells.append(_cell(f"own-{place}", "code", cell.source, shown))
        else:
            cells.append(_cell(f"own-{place}", "markdown", clean_markdown(cell.source)))
    return cells


def _filled(raw: dict[str, Any], source: str, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    """A cell of the release with another source and outputs."""
    return {
        **_cell(str(raw["id"]), raw["cell_type"], source, outputs),
        "metadata": raw["metadata"],
    }


def _cell(
    id: str, kind: str, source: str, outputs: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    cell: dict[str, Any] = {"id": id, "cell_type": kind, "metadata": {}, "source": source}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": outputs or []}
    return cell


def _opened(source: str) -> str:
    """An instructor's text; on nbgrader's pages nothing tells that a click would open folds."""
    return source.replace("<details>", "<details open>")


def _to_bytes(notebook: dict[str, Any]) -> bytes:
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()
