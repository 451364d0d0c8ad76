"""Chapter 12 as it is promised: one's own parts are put together, pass, and serve the next day.

Not here: what else an answer may be made of (`test_next_day`).
"""

import importlib
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from annkit.exercises import course
from annkit.exercises.my_ann.keep import keep
from annkit.exercises.my_ann.own_parts import own
from annkit.lessons.capstone.reader import Reader
from annkit.publish.solve import right_answer
from tests.exercises.cells import cells

pytestmark = pytest.mark.slow
NOTEBOOK = Path(__file__).parents[3] / "notebooks" / "ch12_capstone" / "ch12_capstone.ipynb"
PARTS = ("softmax", "minibatches", "sgd_step", "classifier_gradients", "init_params")
NAMES = ", ".join(PARTS)
ORDER = list(course().paths)
IMPORTS = """
from itertools import pairwise
from types import SimpleNamespace
import numpy as np
from annkit import check, nn
from annkit.exercises.my_ann.own_parts import own
from annkit.lessons.capstone import parts
from annkit.lessons.capstone.reader import Reader
"""
# What calls the parts by …, and what stands above it.
WAYS = {
    "mine.": "",
    "my_ann.": "import my_ann",
    "m.": "import my_ann as m",
    "": f"from my_ann import {NAMES}",
    " ": "from my_ann import *",
    "PARTS.": f"class PARTS:\n    from my_ann import {NAMES}",
}
MLP = """
class MLP:
    def __init__(self, sizes, rng):
        self.params = .init_params(sizes, rng)

    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        for _ in range(n_epochs):
            for X_b, labels_b in .minibatches(X, labels, batch_size, rng):
                _, grads = .classifier_gradients(X_b, labels_b, self.params)
                self.params = .sgd_step(self.params, grads, learning_rate)
        return self

    def predict_proba(self, X):
        a = np.asarray(X)
        for W, b in self.params[:-1]:
            a = np.maximum(a @ W + b, 0)
        return .softmax(a @ self.params[-1][0] + self.params[-1][1])

    def predict(self, X):
        return self.predict_proba(X).argmax(axis=1)
"""
LATER = """
def digits_model(X, labels, rng):
    return mine.MLP([64, 8, 10], rng).fit(X, labels, 0.5, 1, 32, rng)


def house_model(X, y, rng):
    params = mine.init_params([4, 3, 1], rng)
    batches = mine.minibatches(X, y, 16, rng)
    return lambda X: np.full(len(X), len(batches) + len(params))
"""


def mine() -> str:
    """The cell that fetches the parts, as it stands in the chapter."""
    cells = json.loads(NOTEBOOK.read_bytes())["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    return next(source for source in sources if source.startswith("mine = SimpleNamespace("))


@pytest.fixture
def chapter_12(home, state, monkeypatch):
    """Its notebook, after the imports."""
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    with cells() as notebook:
        assert notebook.run(IMPORTS).outputs == []
        yield notebook


def kept(notebook, name, id=""):
    return keep(notebook.shell.user_ns[name], id or name, name, ORDER)


def after_a_restart():
    sys.modules.pop("my_ann", None)
    return importlib.import_module("my_ann")


def passes(notebook, cell):
    """Run an answer and its check; returns the card."""
    assert [one for one in notebook.run(cell).outputs if one.output_type == "error"] == []
    card = notebook.run('check("mlp", MLP)').outputs[0].data["text/plain"]
    assert card.startswith("✓")
    assert "Kept in my_ann.py: `from my_ann import MLP`." in card
    return card


@pytest.mark.parametrize("prefix", WAYS)
def test_parts_that_have_passed(chapter_12, prefix, capsys):
    for id in PARTS:
        chapter_12.run(right_answer(id, course()))
        assert kept(chapter_12, id).startswith("Kept")
    chapter_12.run(f"del {NAMES}\n{mine()}\n{WAYS[prefix]}")
    chapter_12.run(MLP.replace(" .", f" {prefix.strip()}"))
    assert kept(chapter_12, "MLP", "mlp") == "Kept in my_ann.py: `from my_ann import MLP`."
    assert "def softmax" in Path(after_a_restart().__file__).read_text()
    assert own("MLP", Reader) is not Reader
    assert "MLP: yours" in capsys.readouterr().out


def test_parts_of_the_course(chapter_12, capsys):
    """Nothing of one's own has been passed before."""
    chapter_12.run(mine())
    passes(chapter_12, MLP.replace(" .", " mine."))
    own("MLP", Reader)
    assert "MLP: yours" in capsys.readouterr().out


def test_what_is_built_on_it_later(chapter_12):
    chapter_12.run(mine())
    passes(chapter_12, MLP.replace(" .", " mine."))
    chapter_12.run(f"mine.MLP = own('MLP', instead=Reader)\n{LATER}")
    told = "Kept in my_ann.py: `from my_ann import digits_model`."
    assert kept(chapter_12, "digits_model") == told
    chapter_12.run(f"{mine()}\n{LATER}")  # the next day, without the class
    told = "Kept in my_ann.py: `from my_ann import house_model`."
    assert kept(chapter_12, "house_model") == told
    module, rng = after_a_restart(), np.random.default_rng(0)
    X, y = rng.normal(size=(40, 64)), rng.integers(0, 10, 40)
    assert module.digits_model(X, y, rng).predict(X).shape == (40,)
    assert module.house_model(X[:, :4], y, rng)(X[:5]).tolist() == [5.0] * 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("raise_it = nothing_of_that_name", "yours raised NameError: name 'nothing_of_that_name'"),
        ("self.params = None", "the course's own (yours "),
        ("while True:\n            pass", "yours was not done with its checks after 0.5 seconds"),
    ],
)
def test_what_has_broken_since_gives_way_to_the_courses(written, capsys, monkeypatch, text, words):
    monkeypatch.setattr("annkit.exercises.my_ann.own_trial.SECONDS", 0.5)
    right = f"import numpy as np\nfrom itertools import pairwise\n{right_answer('mlp', course())}"
    told = f"class MLP(MLP):\n    def fit(self, *given):\n        {text}\n"
    written(f"# >>> annkit: mlp\n{right}\n\n{told}# <<< annkit: mlp\n")
    assert own("MLP", instead=Reader, needs=["fit"]) is Reader
    assert words in capsys.readouterr().out


def test_what_was_moved_out_of_the_marks_is_tried_too(written, capsys):
    written("def softmax(z):\n    raise SystemExit\n")
    assert own("softmax", instead=7) == 7
    assert "(yours raised SystemExit)" in capsys.readouterr().out
