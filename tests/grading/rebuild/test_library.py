"""Imports that nobody uses are cut out of a job; what is left is what its cells name."""

import pytest

from annkit.grading.rebuild.library import named, without_unused

USER = "show.table(nn.Network, check, first, second)"


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("from annkit import nn", "pass"),
        ("from annkit import check, nn, data", "from annkit import check"),
        ("from annkit.lessons.a import (\n    x,\n    y,\n)\nz = 1", "pass\n\n\n\nz = 1"),
        ("import annkit.nn", "pass"),
        ("import annkit.nn as nn2, math", "import math"),
        ("from annkit import *", "from annkit import *"),
        ("from numpy import nn", "from numpy import nn"),
        ("x = 1; from annkit import nn", "x = 1; from annkit import nn"),
        ("from annkit import nn; x = 1", "from annkit import nn; x = 1"),
        ("def f():\n    from annkit import nn", "def f():\n    from annkit import nn"),
        ("from annkit import nn  # é", "pass"),
        ("%matplotlib inline\nfrom annkit import nn\nx = 1", "%matplotlib inline\npass\nx = 1"),
        ("  from annkit import nn\n  x = 1", "  from annkit import nn\n  x = 1"),
    ],
)
def test_what_no_cell_uses_is_cut_out_and_every_line_keeps_its_number(
    source: str, left: str
) -> None:
    assert without_unused([source, "check(1)"])[0] == left


def test_what_a_cell_uses_stays() -> None:
    source = "from annkit import check, nn, show\nfrom annkit.lessons.a import first"
    assert without_unused([source, USER]) == [source, USER]
    assert without_unused([source], ["nn"])[0].startswith("from annkit import nn\n")


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("from annkit import check, data", []),
        ("from annkit import nn as q", ["annkit.nn"]),
        ("import annkit.lessons.a.b as c", ["annkit.lessons.a.b"]),
        ("import annkit as a\na.nn.Network", ["annkit.nn"]),
        ("import annkit as a\na.data.gates", []),
        ("x.nn.Network", []),
        ("def f():\n    from annkit.symbolic import Slope", ["annkit.symbolic.Slope"]),
        ("x = = 1", []),
    ],
)
def test_what_a_cell_names(source: str, names: list[str]) -> None:
    assert [full for _, full, _ in named(source)] == names
