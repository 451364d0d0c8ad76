"""Answers that borrow the course's own implementations: they are told of, or find nothing.

How an answer is spelled decides neither: what is in the sandbox does, and that is decided by what
the cells name plainly.

Not here: what is told of plain names (`tests/grading/marking/test_suspicious_names`).
"""

from collections.abc import Iterator

import pytest

from annkit.exercises import course
from annkit.grading.marking.score import score
from annkit.grading.marking.suspicious_names import findings
from annkit.grading.marking.verdict import MarkLine
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.grading.sandbox.sandbox import Sandbox
from annkit.grading.sandbox.tiers import Tier
from tests.grading.hostile.runs import STRONG

pytestmark = pytest.mark.slow

# As in the first cell of the chapter, which imports for all its demonstrations.
FIRST = """import numpy as np
from annkit import check, data, hint, nn, progress, quiz, show, solution
from annkit.lessons.activations import dying_units
from annkit.lessons.activations.measurements import (
    central_difference,
    chain,
)
"""
FOUND = "ACTIVATIONS['relu'].f(z)"
LOOK = (
    "    for o in {where}:\n        if getattr(o, '__module__', '') == 'annkit.nn.activations':\n"
)
LOOK += "            if getattr(o, '__name__', '') == 'relu':\n                return o(z)\n"


def relu(body: str, before: str = "") -> str:
    """An answer to `relu`; its last line is what it returns."""
    *lines, last = body.split("\n")
    inner = "".join(f"    {line}\n" for line in lines)
    return f"{before}def relu(z):\n{inner}    return np.asarray({last})\n"


HIDDEN = {
    "importlib of Matplotlib": relu(
        f"plt.importlib.import_module('annkit.nn').{FOUND}", "import matplotlib.pyplot as plt\n"
    ),
    "sys of warnings": relu(f"w.sys.modules['annkit.nn'].{FOUND}", "import warnings as w\n"),
    "sys of os of random": relu(f"r._os.sys.modules['annkit.nn'].{FOUND}", "import random as r\n"),
    "a name put together": relu(f"__import__('annkit.n' + 'n').nn.{FOUND}"),
    "the namespace": relu(f"globals()['nn'].{FOUND}"),
    "the shell's namespace": relu(f"get_ipython().user_ns['nn'].{FOUND}"),
    "annkit by another name": relu(f"b.nn.{FOUND}", "import annkit\nb = annkit\n"),
    "annkit's lazy names": relu(f"annkit.__getattr__('nn').{FOUND}", "import annkit\n"),
    "annkit's own import_module": relu(
        f"m.import_module('annkit.nn').{FOUND}", "import annkit.moved as m\n"
    ),
    "pictures that draw with it": relu(
        f"i.import_module('annkit.show.activation_curves').{FOUND}", "import importlib as i\n"
    ),
    "its file": relu(
        "p = data.__path__[0][:-4] + 'nn/activations.py'\n"
        "ns = {'__name__': 'annkit.nn.activations'}\n"
        "exec(open(p).read(), ns)\nns['ACTIVATIONS']['relu'].f(z)"
    ),
    "a compiled file": relu(
        "import glob, marshal\n"
        "p, = glob.glob(data.__path__[0][:-4] + 'nn/__pycache__/activations*')\n"
        "ns = {'__name__': 'annkit.nn.activations'}\n"
        "exec(marshal.loads(open(p, 'rb').read()[16:]), ns)\nns['ACTIVATIONS']['relu'].f(z)"
    ),
    "a loader": relu(
        "p = data.__path__[0][:-4] + 'nn/__init__.py'\n"
        f"type(data.__loader__)('annkit.nn', p).load_module().{FOUND}"
    ),
    "package data": relu(
        "ns = {'__name__': 'annkit.nn.activations'}\n"
        "exec(pkgutil.get_data('annkit', 'nn/activations.py'), ns)\nns['ACTIVATIONS']['relu'].f(z)",
        "import pkgutil\n",
    ),
    "without who says it is not here": relu(
        f"import sys\nsys.meta_path.pop(0)\n__import__('annkit.nn', fromlist=['x']).{FOUND}"
    ),
    "a pickle": relu(
        "pickle.loads(b'cannkit.nn.activations\\nACTIVATIONS\\n.')['relu'].f(z)", "import pickle\n"
    ),
    "the collector's objects": "import gc\ndef relu(z, n=np):\n"
    + LOOK.format(where="gc.get_objects()"),
    "an import that no cell uses": relu(
        f"w.sys.modules['annkit.nn'].{FOUND}", "import warnings as w\nfrom annkit import nn as q\n"
    ),
    "a lesson": relu(
        f"plt.importlib.import_module('annkit.lessons.activations.explorer').{FOUND}",
        "import matplotlib.pyplot as plt\n",
    ),
}
# They get at it, since a cell names it; that cell is told of.
TOLD = {
    "the chapter's import": (relu(f"nn.{FOUND}"), "nn.ACTIVATIONS"),
    "an import in a function": (
        relu(f"import annkit.nn\nw.sys.modules['annkit.nn'].{FOUND}", "import warnings as w\n"),
        "annkit.nn",
    ),
    "an import that shares its line": (
        relu(
            f"w.sys.modules['annkit.nn'].{FOUND}",
            "import warnings as w; from annkit import nn as q\n",
        ),
        "annkit.nn",
    ),
    "an import that is the answer": (
        "from annkit.nn.activations import relu\n",
        "annkit.nn.activations.relu",
    ),
    "an import with the answer's name": (
        "from annkit.nn.activations import relu as other\nrelu = other\n",
        "other",
    ),
    "a variable of that name": (
        relu(f"nn\nw.sys.modules['annkit.nn'].{FOUND}", "import warnings as w\nnn = 0\n"),
        "nn",
    ),
    "a demonstration that uses it": (
        relu(f"drawn and w.sys.modules['annkit.nn'].{FOUND}", "import warnings as w\n"),
        "annkit.nn",
    ),
}
DEMONSTRATION = "drawn = sorted(nn.ACTIVATIONS)\n"


@pytest.fixture(scope="module", params=STRONG, ids=lambda tier: tier.value)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """One warm parent for all of them."""
    with Sandbox(request.param) as opened:
        yield opened


def judged(sandbox: Sandbox, source: str) -> tuple[MarkLine, list[str]]:
    cells = (("first", FIRST), ("demonstration", DEMONSTRATION), ("relu", source))
    rebuilt = Rebuilt({"relu": source}, cells, ())
    (mark,) = score(course(), {"relu": 7}, rebuilt, sandbox)
    return mark, findings(course(), rebuilt)


def test_what_no_cell_names_is_not_there(sandbox: Sandbox) -> None:
    earned = {name: judged(sandbox, source)[0].points for name, source in HIDDEN.items()}
    assert {name for name, points in earned.items() if points} == set()


def test_what_is_there_is_told(sandbox: Sandbox) -> None:
    for name, (source, words) in TOLD.items():
        mark, told = judged(sandbox, source)
        assert mark.points == 1, (name, mark)
        assert any(f"`{words}`" in line for line in told), (name, told)


def test_honest_answers_lose_nothing(sandbox: Sandbox) -> None:
    honest = relu("np.maximum(z, 0.0)")
    mark, told = judged(sandbox, honest)
    assert (mark.points, told) == (1, [])
    # They may check and compare themselves beside the answer.
    mark, told = judged(sandbox, f"{honest}check('relu', relu)\n")
    assert (mark.points, told) == (1, [])
    mark, _ = judged(sandbox, f"{honest}nn.ACTIVATIONS['relu'].f(relu(np.ones(3)))\n")
    assert mark.points == 1


@pytest.mark.parametrize("tier", [tier for tier in STRONG if tier is Tier.NAMESPACES])
def test_namespaces_hide_it_on_kernels_without_landlock(
    tier: Tier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tier, "steps", property(lambda self: ["namespaces", "seccomp"]))
    with Sandbox(tier) as sandbox:
        test_what_no_cell_names_is_not_there(sandbox)
