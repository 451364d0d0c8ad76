"""The learner's own module: what passes is in it, can be imported, and nothing else is touched."""

import importlib
import os
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from annkit.exercises.my_ann.keep import keep
from annkit.exercises.tasks.home_folder import home as home_folder

ORDER = ["first", "scaled", "shifted", "value_ops", "backward", "last"]


@pytest.fixture
def learner(notebook, home):
    """Keeps an object of the notebook, returns what the card says and the module's text."""

    def kept(name, id=None, cell=""):
        if cell:
            assert notebook.run(cell).outputs == []
        told = keep(notebook.shell.user_ns[name], id or name, name, ORDER)
        path = home / "my_ann.py"
        return told, path.read_text() if path.exists() else ""

    return kept


def module():
    """The learner's module, imported afresh."""
    sys.modules.pop("my_ann", None)
    return importlib.import_module("my_ann")


def test_a_function_with_what_it_needs_stands_alone(learner):
    told, text = learner(
        "scaled",
        cell="""
import numpy as np
import os
from math import sqrt as root
TWO = 2.0
NAMES = {"a": [1, 2]}
W = np.array([[1.0, 2.0]])
unused = 5

def double(x):
    return x * TWO   # a comment stays

def scaled(x, factor=TWO):
    unused = len(NAMES)
    return double(x) * root(4) * W.sum() * unused * factor
""",
    )
    assert told.startswith("Kept in my_ann.py: `from my_ann import scaled`.")
    assert "# a comment stays" in text
    assert "import os" not in text
    assert "unused = 5" not in text
    assert module().scaled(1.0) == 2 * 2 * 3 * 1 * 2


def test_an_improved_answer_replaces_the_first_and_takes_its_helper_along(learner):
    learner("scaled", cell="def old(x):\n    return x\n\ndef scaled(x):\n    return old(x)")
    told, text = learner("scaled", cell="def scaled(x):\n    return x + 1")
    assert told.startswith("Kept")
    assert text.count("def scaled") == 1
    assert "def old" not in text
    assert learner("scaled") == ("", text)  # nothing new to keep


def test_exercises_stand_in_the_order_of_the_course(learner):
    for name in ("last", "first", "scaled"):
        _, text = learner(name, cell=f"def {name}():\n    return '{name}'")
    assert text.index("def first") < text.index("def scaled") < text.index("def last")


def test_a_helper_that_passes_later_by_itself_moves_to_its_own_section(learner):
    learner("scaled", cell="def first():\n    return 1\n\ndef scaled():\n    return first()")
    _, text = learner("first")
    assert text.count("def first") == 1
    assert "helper" not in text
    assert module().scaled() == 1


def test_a_helper_that_passed_keeps_its_passing_version(learner):
    learner("first", cell="def first():\n    return 1")
    learner("scaled", cell="def first():\n    return 'broken'\n\ndef scaled():\n    return first()")
    assert module().scaled() == 1


def test_a_shared_helper_with_a_new_text_is_said(learner):
    learner("first", cell="def clip(x):\n    return x\n\ndef first():\n    return clip(1)")
    told, text = learner(
        "scaled", cell="def clip(x):\n    return 9\n\ndef scaled():\n    return clip(1)"
    )
    assert "`clip` there is now this newer one; first uses it too" in told
    assert text.count("def clip") == 1


def test_a_class_that_grows_in_steps_keeps_every_step(learner):
    learner(
        "Value",
        "value_ops",
        "class Value:\n    def __init__(self, data):\n        self.data = data",
    )
    _, text = learner(
        "Value",
        "backward",
        "class Value(Value):\n    def twice(self):\n        return self.data * 2",
    )
    assert text.count("class Value:") == 1
    assert text.count("class Value(Value):") == 1
    assert module().Value(4).twice() == 8


def test_a_class_whose_first_step_never_passed_is_whole_all_the_same(learner):
    learner(
        "Value",
        "backward",
        "class Value:\n    def __init__(self, data):\n        self.data = data\n\n"
        "class Value(Value):\n    @property\n    def twice(self):\n        return self.data * 2",
    )
    assert module().Value(4).twice == 8
    learner("Value", "value_ops")  # the first step passes later: it goes before
    assert module().Value(4).twice == 8


def test_methods_set_from_outside_the_class_are_kept(learner):
    learner(
        "Value",
        "backward",
        "class Value:\n    def __init__(self):\n        self.data = 1\n\n"
        "def more(self):\n    return self.data + 1\n\nValue.more = more",
    )
    assert module().Value().more() == 2


def test_lambdas_decorators_and_other_names(learner, notebook):
    learner("first", cell="first = lambda x: x + 1")
    assert module().first(1) == 2
    learner(
        "scaled",
        cell="import functools\n@functools.lru_cache\ndef helper(x):\n    return x\n\n"
        "@functools.lru_cache\ndef other(x):\n    return -helper(x)\n\nscaled = other",
    )
    assert module().scaled(2) == -2
    learner("last", cell="last = np.vectorize(lambda z: 0 if z < 0 else z, otypes=[float])")
    assert module().last([-1, 2]).tolist() == [0, 2]


def test_what_could_not_be_kept_is_said(learner):
    told, _ = learner(
        "scaled", cell="big = open\nf = iter([1])\ndef scaled(x):\n    return f, later(x)"
    )
    assert "It needs `f`, `later` from the notebook" in told


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (
            "def make():\n    k = 1\n    def scaled(x):\n        return x * k\n    return scaled\n"
            "scaled = make()",
            "uses variables of a function around it",
        ),
        ("exec('def scaled(x): return x')", "was not found"),
        ("def one(x):\n    return x\n\nscaled = np.vectorize(one)", "made from `one` by a call"),
        ("import functools\nscaled = functools.partial(max, 0)", "has no text of its own"),
        ("scaled = type('scaled', (), {})", "no methods"),
    ],
)
def test_source_that_cannot_be_had_is_explained(learner, cell, words):
    told, text = learner("scaled", cell=cell)
    assert told.startswith("Not kept in my_ann.py")
    assert words in told
    assert text == ""


def test_what_a_library_or_the_module_itself_provides_is_left_alone(home):
    assert keep(np.exp, "scaled", "scaled", ORDER) == ""
    assert keep(os.path.join, "scaled", "scaled", ORDER) == ""
    assert list(home.iterdir()) == []


# --- a file that the learner changed --------------------------------------------------------


def test_the_learners_own_text_stays_where_it_is(learner, home):
    _, text = learner("scaled", cell="def scaled():\n    return 1")
    (home / "my_ann.py").write_text("import json\n" + text + "\n\ndef mine():\n    return json\n")
    _, text = learner("first", cell="def first():\n    return 2")
    assert text.startswith("import json\n")
    assert "def mine():\n    return json\n" in text
    assert (module().mine().__name__, module().first()) == ("json", 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def broken(:\n    pass\n", "a syntax error in line 1"),
        ("x = 1\n\n  y = 2\n", "a syntax error in line 3"),
        ("# >>> annkit: scaled\ndef scaled(): pass\n", "no closing mark"),
        ("# <<< annkit: scaled\n", "line 1"),
        ("# >>> annkit: a\n# >>> annkit: b\n# <<< annkit: b\n", "line 2"),
        ("# >>> annkit: a\n# <<< annkit: a\n# >>> annkit: a\n# <<< annkit: a\n", "one too many"),
        ("def scaled(x):\n    return 'by hand'\n", "a `scaled` of your own"),
        ("x = '\0'\n", "syntax error"),
    ],
)
def test_a_file_changed_by_hand_is_explained_and_left_as_it_is(learner, home, text, words):
    (home / "my_ann.py").write_text(text)
    told, after = learner("scaled", cell="def scaled():\n    return 1")
    assert words in told
    assert after == text


def test_a_file_that_is_no_text_is_left_as_it_is(notebook, home):
    (home / "my_ann.py").write_bytes(b"x = '\xff'")
    notebook.run("def scaled():\n    return 1")
    told = keep(notebook.shell.user_ns["scaled"], "scaled", "scaled", ORDER)
    assert "not UTF-8" in told
    assert (home / "my_ann.py").read_bytes() == b"x = '\xff'"


def test_one_name_with_two_imports_is_explained(learner):
    learner("first", cell="from math import exp\ndef first(x):\n    return exp(x)")
    told, text = learner("scaled", cell="from numpy import exp\ndef scaled(x):\n    return exp(x)")
    assert "`from math import exp` serves first" in told
    assert "scaled" not in text


def test_a_read_only_file_is_said(learner, home):
    _, before = learner("first", cell="def first():\n    return 1")
    (home / "my_ann.py").chmod(0o444)
    told, after = learner("scaled", cell="def scaled():\n    return 1")
    assert "read-only" in told
    assert after == before


def test_a_folder_that_is_none_is_said(learner, home, monkeypatch):
    (home / "file").write_text("")
    monkeypatch.setenv("ANNKIT_HOME", str(home / "file"))
    told, _ = learner("scaled", cell="def scaled():\n    return 1")
    assert "cannot be written" in told


def test_a_write_that_fails_leaves_the_old_file_and_no_litter(learner, home, monkeypatch):
    _, before = learner("first", cell="def first():\n    return 1")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    told, after = learner("scaled", cell="def scaled():\n    return 1")
    assert "No space left" in told
    assert after == before
    assert [path.name for path in home.iterdir()] == ["my_ann.py"]


def test_a_lock_left_behind_is_broken_and_a_fresh_one_respected(learner, home, monkeypatch):
    lock = home / ".my_ann.lock"
    lock.touch()
    os.utime(lock, (time.time() - 60, time.time() - 60))
    assert learner("first", cell="def first():\n    return 1")[0].startswith("Kept")
    assert not lock.exists()
    monkeypatch.setattr("annkit.exercises.my_ann.file_swap.LOCK_SECONDS", 0.1)
    lock.touch()
    assert "another notebook is writing" in learner("first", cell="def first():\n    return 2")[0]


def test_two_notebooks_at_once_lose_nothing(notebook, home):
    notebook.run("def first():\n    return 1\n\ndef scaled():\n    return 2")
    answers = notebook.shell.user_ns
    threads = [
        threading.Thread(target=keep, args=(answers[name], name, name, ORDER))
        for name in ("first", "scaled") * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (module().first(), module().scaled()) == (1, 2)


def test_the_next_import_sees_the_new_text(learner):
    learner("first", cell="def first():\n    return 1")
    assert importlib.import_module("my_ann").first() == 1
    learner("first", cell="def first():\n    return 2")
    assert importlib.import_module("my_ann").first() == 2


@pytest.mark.parametrize(("folder", "up"), [("ch03_activations", True), ("chess", False)])
def test_the_file_is_beside_the_chapters(folder, up, tmp_path, monkeypatch):
    monkeypatch.delenv("ANNKIT_HOME", raising=False)
    here = tmp_path / folder
    here.mkdir()
    monkeypatch.chdir(here)
    assert home_folder() == (Path(tmp_path) if up else here)
