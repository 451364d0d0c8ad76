"""What passed today is imported tomorrow, by a kernel that knows nothing else, and works the same.

Each case is what somebody may have written in a notebook; it ends in a function or class `scaled`.

Not here: where in the file things stand, and what it says of a damaged one (`test_keep`).
"""

import importlib
import sys

import numpy as np
import pytest

from annkit.exercises.my_ann.keep import keep, mend
from annkit.exercises.my_ann.own_parts import own

ORDER = ["first", "step", "scaled", "shifted", "last"]

CASES = {
    "a name from the file": "from my_ann import first\ndef scaled(x):\n    return first(x)",
    "all names from the file": "from my_ann import *\ndef scaled(x):\n    return first(x)",
    "another name for it": "from my_ann import first as f\ndef scaled(x):\n    return f(x)",
    "an alias": "from my_ann import first\nf = first\ndef scaled(x):\n    return f(x)",
    "the file itself": "import my_ann\ndef scaled(x):\n    return my_ann.first(x)",
    "the file by another name": "import my_ann as m\ndef scaled(x):\n    return m.first(x)",
    "inside": "def scaled(x):\n    from my_ann import first\n    return first(x)",
    "inside, by another name": "def scaled(x):\n    import my_ann as m\n    return m.first(x)",
    "a lambda of the file": "from my_ann import last\ndef scaled(x):\n    return last(x)",
    "a default that comes later": (
        "from my_ann import last\ndef scaled(x, act=last):\n    return act(x)"
    ),
    "an alias of what comes later": (
        "from my_ann import last as act\ndef scaled(x):\n    return act(x)"
    ),
    "a namespace": (
        "from types import SimpleNamespace\nfrom my_ann import first\n"
        "mine = SimpleNamespace(first=first, a=np.tanh, data=open)\n"
        "def scaled(x):\n    return mine.first(x) + mine.a(0)"
    ),
    "a namespace that own() has filled": (
        "from types import SimpleNamespace\nfrom annkit.exercises.my_ann.own_parts import own\n"
        "from annkit import nn\n"
        "mine = SimpleNamespace(first=own('first', None), other=own('more', nn.softmax))\n"
        "def scaled(x):\n    return mine.first(x) * mine.other(np.ones((1, 1)))[0, 0]"
    ),
    "own() itself": (
        "from annkit.exercises.my_ann.own_parts import own\nf = own('first', None)\n"
        "def scaled(x):\n    return f(x)"
    ),
    "a helper that was run again": (
        "from types import SimpleNamespace\ndef double(x):\n    return 2 * x\n"
        "mine = SimpleNamespace(double=double)\ndef double(x):\n    return 2 * x\n"
        "def scaled(x):\n    return mine.double(x)"
    ),
    "functions in a dict": (
        "def double(x):\n    return 2 * x\nTABLE = {'double': double, 'tanh': [np.tanh]}\n"
        "def scaled(x):\n    return TABLE['double'](x) + TABLE['tanh'][0](0)"
    ),
    "a module of the course": (
        "from annkit import nn\ndef scaled(x):\n    return nn.softmax(np.ones((1, 2))) + x"
    ),
    "a function of the course": (
        "from annkit.nn import softmax as s\ndef scaled(x):\n    return s(np.ones((1, 2))) + x"
    ),
    "constants": (
        "ROOT = np.sqrt(2)\nFAR = float('inf')\nMANY = (1, 2.5, None)\nSIZES = range(3)\nC = 2j\n"
        "def scaled(x):\n    return min(x, FAR) * ROOT * MANY[1] * sum(SIZES) * abs(C)"
    ),
    "a global that a function changes": (
        "COUNT = 3\ndef scaled(x):\n    global COUNT\n    COUNT = COUNT + 1\n    return x * 4"
    ),
    "a decorator": (
        "import functools\ndef doubled(f):\n    @functools.wraps(f)\n    def inner(x):\n"
        "        return 2 * f(x)\n    return inner\n\n@doubled\ndef scaled(x):\n    return x"
    ),
    "a class with a helper class": (
        "class Layer:\n    def __init__(self, k):\n        self.k = k\n\nclass Deep(Layer):\n"
        "    def run(self, x):\n        return self.k * x\n\n"
        "class scaled:\n    def __new__(cls, x):\n        return Deep(3).run(x)"
    ),
    "a class that only holds data": (
        "from dataclasses import dataclass\nfrom typing import NamedTuple\n"
        "class Pair(NamedTuple):\n    a: int\n    b: int = 2\n\n"
        "@dataclass\nclass Layer:\n    k: int = 3\n\nclass Names:\n    two = 2\n\n"
        "def scaled(x):\n    return x * Layer().k * Pair(1).b * Names.two"
    ),
    "annotations": (
        "Params = list[tuple[np.ndarray, np.ndarray]]\nMaybe = int | None\n"
        "def scaled(x: float, p: Params | None = None, k: Maybe = 3) -> np.ndarray:\n"
        "    n: int = 2\n    return x * n * k"
    ),
    "annotations of nothing": (
        "from __future__ import annotations\n"
        "def scaled(x: Array, y: 'Other' = 2) -> Vector:\n    n: Scalar = 2\n    return x * n * y"
    ),
    "a name of Python's own": (
        "def max(x):\n    return 5 * x\ndef scaled(x):\n    return max(x) + abs(x)"
    ),
    "names of Python's own, by a star": (
        "from numpy import *\ndef scaled(x):\n    return sum([[x, x], [x, x]], 1)[0] + exp(0.0)"
    ),
    "a ufunc of another library": (
        "from scipy.special import expit\ndef scaled(x):\n    return x + expit(0.0)"
    ),
    "a method of the library": "norm = np.linalg.norm\ndef scaled(x):\n    return norm([x, x])",
}

PASSED_BEFORE = (
    "import numpy as np\n"
    "def first(x):\n    return 2 * x\n\n"
    "def step(x):\n    return x > 0\n\n"
    "last = lambda x: -x\n"
)


@pytest.fixture
def notebook_with(notebook, home):
    """A notebook of someone who has passed three exercises, whose module can be imported."""
    assert notebook.run(PASSED_BEFORE).outputs == []
    for name in ("first", "step", "last"):
        assert keep(notebook.shell.user_ns[name], name, name, ORDER).startswith("Kept")
    return notebook


def tomorrow(name="scaled"):
    """What a new kernel finds in the file."""
    sys.modules.pop("my_ann", None)
    return getattr(importlib.import_module("my_ann"), name)


def kept(notebook, cell, name="scaled"):
    """Run a cell and keep what it defines; returns the object and what the card says."""
    errors = [one for one in notebook.run(cell).outputs if one.output_type == "error"]
    assert errors == []
    target = notebook.shell.user_ns[name]
    return target, keep(target, name, name, ORDER)


@pytest.mark.parametrize("case", CASES)
def test_it_does_the_same(notebook_with, case):
    today, told = kept(notebook_with, CASES[case])
    expected = today(1.5)
    assert told == "Kept in my_ann.py: `from my_ann import scaled`."
    assert np.array_equal(tomorrow()(1.5), expected)
    assert tomorrow("first")(1) == 2
    assert kept(notebook_with, "pass")[1] == "", "what is kept already is not kept again"


SAID = {
    "a closure": (
        "def make(k):\n    def inner(x):\n        return k * x\n    return inner\n\n"
        "twice = make(2)\ndef scaled(x):\n    return twice(x)",
        "It needs `twice` from the notebook",
    ),
    "an object": (
        "rng = np.random.default_rng(0)\ndef scaled(x):\n    return rng.normal() * x",
        "It needs `rng` from the notebook",
    ),
    "something in a namespace": (
        "from types import SimpleNamespace\nmine = SimpleNamespace(rng=iter([1]), k=3)\n"
        "def scaled(x):\n    return mine.k if x else mine.rng",
        "It needs `mine.rng` from the notebook",
    ),
    "something that is needed at once": (
        "it = iter([1])\ndef scaled(x, it=it):\n    return x",
        "Not kept: with your answer in it, my_ann.py could not be imported any more (NameError: "
        "name 'it' is not defined). It was left as it is.",
    ),
    "a name that is another one's there": (
        "from my_ann import first as step\ndef scaled(x):\n    return step(x)",
        "there `step` is what has passed by that name, and your answer calls `first` so",
    ),
    "another function of that name": (
        "def step(x, y):\n    return x * y\ndef scaled(x):\n    return step(x, 2)",
        "There it uses the `step` that has passed, not the newer one of this notebook.",
    ),
    "Python's own name for something else": (
        "def last(x):\n    return max(x, 0)\n",
        "Kept",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_what_is_not_the_same_is_said(notebook_with, case):
    cell, words = SAID[case]
    name = "scaled" if "def scaled" in cell else "last"
    _, told = kept(notebook_with, cell, name)
    assert words in told
    assert tomorrow("first")(1) == 2


def test_one_name_of_pythons_own_cannot_be_two_things(notebook_with):
    kept(notebook_with, "def last(x):\n    return max(x, 0)", "last")
    cell = "def max(x):\n    return 7 * x\ndef scaled(x):\n    return max(x)"
    _, told = kept(notebook_with, cell)
    assert "there `Python's own max` serves last, and your answer needs `def max(x):`" in told
    assert tomorrow("last")(-1) == 0
    _, told = kept(notebook_with, "def first(x):\n    return 2 * x\n\nscaled = first")
    kept(notebook_with, "def min(x):\n    return 7 * x\ndef scaled(x):\n    return min(x)")
    _, told = kept(notebook_with, "del min\ndef last(x):\n    return min(x, 0)", "last")
    assert "there `your min` serves scaled, and your answer needs `Python's own min`" in told


def test_a_helper_that_passes_later_is_there_before_whatever_needs_it_at_once(notebook_with):
    cell = "def shifted(x):\n    return x + 1\n\ndef scaled(x, act=shifted):\n    return act(x)"
    today, _ = kept(notebook_with, cell)
    assert kept(notebook_with, "pass", "shifted")[1].startswith("Kept")
    assert tomorrow()(1) == today(1) == 2


def test_a_class_that_extends_the_one_of_the_file_keeps_its_beginning(notebook_with):
    kept(notebook_with, "class scaled:\n    def __init__(self, x):\n        self.x = x")
    cell = (
        "from my_ann import scaled\n"
        "class scaled(scaled):\n    def more(self):\n        return self.x"
    )
    for _ in range(2):  # the next day once more
        assert "Kept" in kept(notebook_with, cell)[1]
        assert tomorrow()(4).more() == 4
        cell = cell.replace("return", "return 0 +")


def test_a_namespace_that_grows_keeps_what_others_use_of_it(notebook_with):
    start = "from types import SimpleNamespace\nfrom my_ann import first, last\n"
    kept(
        notebook_with,
        start + "mine = SimpleNamespace(a=first)\ndef scaled(x):\n    return mine.a(x)",
    )
    cell = "mine = SimpleNamespace(b=last)\ndef shifted(x):\n    return mine.b(x)"
    assert (
        kept(notebook_with, cell, "shifted")[1]
        == "Kept in my_ann.py: `from my_ann import shifted`."
    )
    assert tomorrow()(3) == 6
    assert tomorrow("shifted")(3) == -3
    cell = "mine.a = last\ndef shifted(x):\n    return mine.b(x) + mine.a(x)"
    told = kept(notebook_with, cell, "shifted")[1]
    assert "`mine` there is now this newer one; scaled uses it too." in told


BROKEN = '''"""My own neural network library."""


# >>> annkit: imports
from my_ann import first
from my_ann import last as act
import numpy as np
# <<< annkit: imports


# >>> annkit: first
def first(x):
    return 2 * x
# <<< annkit: first


# >>> annkit: scaled
def scaled(x, f=act):
    return np.sum(f(first(x)))
# <<< annkit: scaled


# >>> annkit: last
last = lambda x: -x
# <<< annkit: last


# my own words
'''


def test_a_file_that_imports_from_itself_is_mended(home, written, capsys):
    """An older edition has written such files."""
    path = home / "my_ann.py"
    written(BROKEN)
    mend()
    assert tomorrow()(3) == -6
    text = path.read_text()
    assert all(line in text for line in BROKEN.splitlines() if "from my_ann" not in line)
    assert text.endswith("# my own words\n")
    written(BROKEN)  # brought in while the kernel runs
    assert own("first", None)(3) == 6
    assert capsys.readouterr().out == "first: yours, from my_ann.py.\n"
    written(BROKEN.replace("f=act", "f=nothing"))
    assert own("first", 7) == 7
    assert "cannot be imported: ImportError" in capsys.readouterr().out


def test_a_file_that_needs_no_mending_is_not_run(home, written):
    """However many empty lines somebody leaves in it."""
    ran = home / "ran"
    written(f"from pathlib import Path\n\n\n\n\nPath({str(ran)!r}).touch()\n\n\n")
    assert not mend()
    assert not ran.exists()


def test_ones_own_text_stays_below_what_it_uses(notebook_with, home):
    """Though what stands above it looks `np` up at once, and that is imported once more here."""
    kept(notebook_with, "def shifted(x: np.ndarray) -> np.ndarray:\n    return x + 1", "shifted")
    path = home / "my_ann.py"
    text = f"{path.read_text()}\n\nimport numpy as np\n\nTWO = shifted(np.ones(1))\n"
    path.write_text(text)
    told = kept(notebook_with, "def scaled(x):\n    return x")[1]
    assert told == "Kept in my_ann.py: `from my_ann import scaled`."
    assert tomorrow("TWO").tolist() == [2.0]
    assert path.read_text().endswith("\n\nTWO = shifted(np.ones(1))\n")


def test_what_breaks_in_the_learners_own_text_is_said(notebook_with, home):
    path = home / "my_ann.py"
    path.write_text(path.read_text() + "\n\nprint(1 / 0)\n")
    _, told = kept(notebook_with, "def scaled(x):\n    return x")
    assert told.startswith("Kept in my_ann.py")
    line = path.read_text().splitlines().index("print(1 / 0)") + 1
    assert f"before line {line} is mended, where it ends in ZeroDivisionError: division" in told


def test_own_text_that_sleeps_does_not_keep_other_notebooks_waiting(
    notebook_with, home, monkeypatch
):
    """They wait for two seconds, and take a lock of ten seconds for a dead kernel's."""
    monkeypatch.setattr("annkit.exercises.my_ann.trial_import.SECONDS", 0.1)
    path, slept = home / "my_ann.py", home / "slept"
    own_text = f"import time\n\ntime.sleep(0.5)\nopen({str(slept)!r}, 'w').close()\n"
    path.write_text(f"{path.read_text()}\n\n{own_text}")
    _, told = kept(notebook_with, "def scaled(x):\n    return x")
    assert told == "Kept in my_ann.py: `from my_ann import scaled`."
    assert not slept.exists()


def test_a_module_beside_the_notebook_is_not_there_for_other_chapters(
    notebook_with, tmp_path, monkeypatch
):
    (tmp_path / "my_helpers.py").write_text("def triple(x):\n    return 3 * x\n")
    monkeypatch.chdir(tmp_path)
    sys.path.insert(0, str(tmp_path))
    _, told = kept(
        notebook_with, "from my_helpers import triple\ndef scaled(x):\n    return triple(x)"
    )
    assert "It needs `triple` from the notebook" in told
    sys.modules.pop("my_helpers")
