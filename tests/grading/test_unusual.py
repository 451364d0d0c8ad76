"""Honest notebooks, written in an unusual way: they get what they deserve, and no remarks."""

import json
from pathlib import Path

import pytest

from annkit.grading.marking.official_judge import Judge, Order
from annkit.grading.rebuild.release import read_release
from annkit.publish import solve
from annkit.publish.notebooks import to_bytes

pytestmark = pytest.mark.slow

CHAPTER = "ch03_activations"
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / CHAPTER / f"{CHAPTER}.ipynb"


HALF_TANH = "def sigmoid(z):\n    return half * (1 + np.tanh(np.asarray(z) / 2))\n"


@pytest.mark.parametrize(
    ("before", "answer", "after"),
    [
        ("", f"%matplotlib widget\nhalf = 0.5  # or 2?\n{HALF_TANH}", ""),
        ("%matplotlib inline\n!pip list\nhalf = 0.5  # or 2?", HALF_TANH, ""),
        ("%time half = 0.5", HALF_TANH, ""),
        ("", f"!pip list\n%pip list\nfiles = !ls\nhalf = 0.5\n{HALF_TANH}", ""),
        ("", f"name = input('who? ')\nhalf = 0.5\n{HALF_TANH}", ""),
        ("", f"import matplotlib\nmatplotlib.use('TkAgg')\nhalf = 0.5\n{HALF_TANH}", ""),
        ("half = None\ndef fill():\n    global half\n    half = 0.5", HALF_TANH, ""),
        ("half = 0.5", HALF_TANH, "half = 7"),
        ("half = 0.5\nfrom numpy import tanh", HALF_TANH.replace("np.t", "t"), "tanh = half = 7"),
        ("from IPython.display import display", f"display(1)\nhalf = 0.5\n{HALF_TANH}", ""),
    ],
)
def test_an_unusual_notebook_gets_what_it_deserves(
    official: Judge, before: str, answer: str, after: str
) -> None:
    """Full marks, and nobody is told anything."""
    release = read_release(NOTEBOOK, CHAPTER)
    notebook = json.loads(to_bytes(solve(NOTEBOOK)))
    cells = notebook["cells"]
    place = next(i for i, cell in enumerate(cells) if cell["id"] == "sigmoid")
    cells[place]["source"] = answer
    calls = "fill()" if "fill" in before else ""
    for where, source in ((place + 1, after), (place, calls), (place, before)):
        cell = {"cell_type": "code", "id": f"own{len(cells)}", "metadata": {}, "source": source}
        cells.insert(where, cell)
    data = json.dumps(notebook).encode()
    order = Order("ada", release, dict.fromkeys(release.ids, 5), data)
    verdict = official.grade(order).verdict
    assert all(mark.points in (None, mark.max_points) for mark in verdict.marks)
    assert verdict.findings == ()
