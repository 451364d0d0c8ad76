"""Which cells must run is found by names; honest Python of every style keeps its helpers."""

import pytest

from annkit.source.ipython import plain_python
from annkit.source.needed_cells import binds, from_own_module, needed_cells, uses

HELPER = "def my_helper(z):\n    return z"
ANSWER = "def sigmoid(z):\n    return my_helper(z)"


@pytest.mark.parametrize(
    "answer",
    [
        ANSWER,
        "def sigmoid(z):  # stable for large z?\n    return my_helper(z)",
        "def sigmoid(z):\n    return my_helper(z)  # enough?",
        'def sigmoid(z):\n    """What is sigma of z?\n    More."""\n    return my_helper(z)',
        ANSWER + "\nprint('%g'\n      % sigmoid(0.0))",
        "%%time\n" + ANSWER,
        ANSWER + "\nsigmoid?",
        "here = %pwd\n" + ANSWER,
        "!pip list\n" + ANSWER,
        "if True:\n    def sigmoid(z):\n        return my_helper(z)",
        "sigmoid = lambda z: my_helper(z)",
        "class K:\n    def f(self):\n        return my_helper(1)",
        "async def sigmoid(z):\n    return my_helper(z)",
        "from my_ann import my_helper\ndef sigmoid(z):\n    return my_helper(z)",
        "import my_ann\ndef sigmoid(z):\n    return my_ann.my_helper(z)",
    ],
)
def test_the_helper_is_found(answer):
    """Comments, docstrings and magics do not hide it."""
    assert needed_cells(["x = 1", HELPER, answer], [2]) == {1, 2}


NUMPY = "import numpy as np"
USES_NUMPY = "def relu(z):\n    return np.maximum(z, 0)"


@pytest.mark.parametrize(
    ("others", "needed"),
    [
        ([NUMPY, f"{NUMPY}\ndef slope(f): ..."], {0, 2}),
        ([f"{NUMPY}\nX = np.ones(3)", NUMPY], {0, 2}),
        (["import numpy as np, math", f"import math\n{NUMPY}"], {0, 2}),
        # One of them may be another thing, or no import at all.
        ([NUMPY, "import my_numpy as np"], {0, 1, 2}),
        ([NUMPY, f"{NUMPY}\nnp = my_numpy"], {0, 1, 2}),
        ([NUMPY, f"try:\n    {NUMPY}\nexcept ImportError: ..."], {0, 1, 2}),
        ([NUMPY, "def swap():\n    global np\n    np = my_numpy"], {0, 1, 2}),
        (["from numpy import *", "from numpy import *"], {0, 1, 2}),
    ],
)
def test_what_is_imported_again_is_taken_from_its_first_cell(others, needed):
    """Who writes the same import into every answer links none of them to the others."""
    assert needed_cells([*others, USES_NUMPY], [2]) == needed


def test_the_chapters_own_import_stays_beside_one_of_the_learners():
    """Their cell may fail before it comes to the import."""
    cells = [f"import not_installed\n{NUMPY}", NUMPY, NUMPY, USES_NUMPY]
    assert needed_cells(cells, [3], [0]) == {0, 1, 3}


def test_an_import_again_does_not_undo_a_change():
    cells = [NUMPY, "np.maximum = my_own", NUMPY, USES_NUMPY]
    assert needed_cells(cells, [3], range(4)) == {0, 1, 3}


@pytest.mark.parametrize(
    "cells",
    [
        ["T = {}", HELPER, "T['h'] = my_helper", "def sigmoid(z):\n    return T['h'](z)"],
        ["class K:\n    pass", HELPER, "K.f = my_helper", "def sigmoid(z):\n    return K.f(z)"],
        ["kept = []", HELPER, "kept.append(my_helper)", "sigmoid = lambda z: kept[0](z)"],
        ["class K:\n    pass", HELPER, "setattr(K, 'f', my_helper)", "sigmoid = lambda z: K.f(z)"],
        ["a = 1", "def pow(z):\n    return z + a", "b = 2", "sigmoid = lambda z: pow(z)"],
        ["from numpy import *", "a = exp(0)", "b = a", "sigmoid = lambda z: b * exp(z)"],
    ],
)
def test_changed_objects_and_covered_builtins(cells):
    """A learner's own cell counts also if it only changes what an answer uses."""
    own = set(range(len(cells)))
    expected = own - {2} if "pow" in cells[3] else own
    assert needed_cells(cells, [3], own) == expected


@pytest.mark.parametrize(
    "cells",
    [
        ["K = {}", "def fill():\n    K['a'] = 1", "fill()", "f = lambda z: K['a']"],
        ["K = []", "def fill(n):\n    K.append(n)", "fill(3)", "f = lambda z: K[0]"],
        ["K = 0", "def fill():\n    global K\n    K = 1", "fill()", "f = lambda z: K"],
        ["import numpy as np", "%time K = np.ones(3)", "x = 1", "f = lambda z: K"],
        ["%pylab inline", "K = 3  # enough?\n%who", "x = 1", "f = lambda z: K"],
    ],
)
def test_what_a_function_fills_and_what_is_timed(cells):
    """Honest ways to make a global object; its cells run."""
    found = needed_cells(cells, [3], set(range(4)), deep=True)
    assert found >= {1, 3}
    assert (2 in found) == ("fill" in cells[2])


@pytest.mark.parametrize(
    "cells",
    [
        ["import my_ann as m", "relu = abs", "x = 1", "f = lambda z: m.relu(z)"],
        ["import my_ann", "relu = abs", "x = 1", "f = lambda z: my_ann.relu(z)"],
        ["from my_ann import *", "relu = abs", "x = 1", "f = lambda z: relu(z)"],
        ["lib = my_ann", "relu = abs", "x = 1", "import my_ann\nf = lambda z: lib.relu(z)"],
        ["import my_ann as m", "relu = abs", "x = 1", "a = b = m\nc = a\nf = lambda z: c.relu(z)"],
        ["from my_ann import relu as r", "relu = abs", "x = 1", "f = lambda z: r(z)"],
        ["x = 1", "relu = abs", "x = 1", "import my_ann as m\nf = lambda z: m.relu(z)"],
    ],
)
def test_what_is_taken_from_ones_own_module_under_whatever_name(cells):
    """One cell may import the module and another use it."""
    assert needed_cells(cells, [3]) == ({1, 3} if cells[0] == "x = 1" else {0, 1, 3})
    assert "relu" in from_own_module(*cells)
    assert "x" not in from_own_module(*cells)


def test_what_another_cell_takes_from_the_module_is_not_needed():
    """The cell that imports it need not run, nor what that cell shows."""
    cells = ["import my_ann\nprint(my_ann.relu(1))", "relu = abs", "def f(z): return z"]
    assert needed_cells(cells, [2]) == {2}
    assert needed_cells([*cells[:2], "f = lambda z: my_ann.relu(z)"], [2]) == {0, 1, 2}


def test_demonstrations_are_left_out():
    """A plot that binds nothing in use need not run."""
    cells = ["import numpy as np", "show.lines(np.ones(3))", "def f(z):\n    return np.exp(z)"]
    assert needed_cells(cells, [2]) == {0, 2}


def test_a_chapters_own_cell_that_hands_something_on_is_needed():
    """`lib.MLP = …` and `K["a"] = …` by a statement of its own; a call is a demonstration."""
    cells = ["import lib", "lib.MLP = 3", "print(lib.MLP)", "f = lambda z: lib.MLP(z)"]
    assert needed_cells(cells, [3]) == {0, 1, 3}
    assert needed_cells(["K = {}", "K['a'] = 1", "show(K)", "f = lambda: K"], [3]) == {0, 1, 3}


def test_what_holds_for_all_cells_that_follow_is_needed():
    cells = ["from __future__ import annotations", "x = 1", "def f(z: Later):\n    return z"]
    assert needed_cells(cells, [2], range(3)) == {0, 2}


@pytest.mark.parametrize("source", ["def f(:", "(" * 100_000, "x = 1\0", "\ud800"])
def test_no_python_is_no_crash(source):
    """Whatever was handed in."""
    assert plain_python(source) is None
    assert binds(source) == uses(source) == frozenset()
