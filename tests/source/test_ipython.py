"""What a cell does, where some of its lines are IPython's."""

import ast
import time
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from annkit.source.ipython import plain_python, read_cell


@pytest.mark.parametrize(
    ("source", "hidden"),
    [
        ("x = 1", 0),
        ("%matplotlib inline\nprint('x=%d' % 3)", 0),
        ("!pip install sympy\nx = 1", 0),
        ("x?\ny = 1", 0),
        ("%%time\nx = 1", 0),
        ("%time x = 1", 0),
        ("x = 1\n%run other.py", 2),
        ("x = 1\nfor i in x:\n    %store x", 3),
        ("x = !ls", 1),
        ("a, b = %sx ls", 1),
        ("%timeit -n 10 -r3 f(x)", 0),
        ("%timeit -q f(x)", 0),
        ("%timeit -n 10 %run other.py", 1),
        ("%timeit -p 3 f(x)", 1),
        ("%time -q + f(x)", 1),
        ("%%writefile m.py\nx = 1", 1),
        ("x = 1\n%%time", 2),
        ("%config InlineBackend.figure_formats = {'png', 'retina'}", 0),
        ("%config InlineBackend.figure_format = 'retina'\n%load_ext autoreload", 0),
        ("%config A.b = box.update(d=1)", 1),
        ("!echo {box.update(d=1)}", 1),
        ("%matplotlib $f", 1),
        ("?{box.update(d=1)}", 1),
        ("%%capture {f()}\nx = 1", 1),
        ("%config A.b = {x}", 1),
        ("%load_ext my_ann", 1),
        ("%load_ext __main__", 1),
        ("x = %time f(1)", 1),
        ("x = 1\n%time %run other.py", 2),
        ("%%time\n%run other.py", 2),
        ("get_ipython().run_line_magic('run', 'other.py')", 1),
        ("%timeit\nx = 3", 0),
        ("%%capture --no-stderr out\nx = 1", 0),
    ],
)
def test_a_line_that_may_hide_something_is_named(source: str, hidden: int) -> None:
    assert read_cell(source).hidden == hidden


def run(source: str) -> str:
    """What IPython runs of a cell, written out; empty if nothing."""
    tree = plain_python(source)
    return "" if tree is None else ast.unparse(tree)


@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("%time x = 1", "x = 1"),
        ("%timeit -n 10 -r3 f(x)", "f(x)"),
        ("if a:\n    %time x = f(1)\n    %matplotlib inline", "if a:\n    x = f(1)\n    pass"),
        ("%%time\nx = f(1)", "x = f(1)"),
        ("%%capture out\n%time x = f(1)", "x = f(1)"),
        ("%matplotlib inline\nx = (7\n%f(1)\n)", "x = 7 % f(1)"),
        ("%matplotlib inline\nx = (7\n!=f(1)\n)", "x = 7 != f(1)"),
        ("%matplotlib inline\nx = [\n%f(1)]", ""),
        ("!ls\nx = 7 \\\n%f(1)", "x = 7 % f(1)"),
        ("%pip install \\\n x\ny = f(1)", "y = f(1)"),
        ('%pip list\ns = """\n%f(1)\n"""', "s = '\\n%f(1)\\n'"),
        (",f 1 2", "f('1', '2')"),
        (";f 1 2", "f('1 2')"),
        ("/f 1", "f(1)"),
        (">>> x = f(1)\n... y = 2", "x = f(1)\ny = 2"),
        ("In [1]: x = f(1)", "x = f(1)"),
        ("In [1]: if a:\n   ...:     x = f(1)", "if a:\n    x = f(1)"),
        ("  x = f(1)\n  y = 2", "x = f(1)\ny = 2"),
        ("f(1)?", ""),
        ("\n\n%%time\nx = 1", "x = 1"),
    ],
)
def test_what_ipython_runs_is_read(source: str, python: str) -> None:
    assert run(source) == python


def test_it_is_what_the_shell_runs() -> None:
    """IPython itself, with its magics, comes to the same as the text that was read."""
    source = (
        "%matplotlib inline\ntotal = 7\nx = (total\n%total\n)\n%time y = total + 1\n"
        "/seen.append total\n,seen.append a\nif x == 0:\n    %time z = 5\n"
    )
    names: dict[str, object] = {"seen": []}
    exec(run(source), names)
    shell: Any = InteractiveShell()
    shell.enable_matplotlib = lambda gui=None: (None, "agg")
    shell.user_ns["seen"] = []
    shell.run_cell(source, silent=True).raise_error()
    for name in ("x", "y", "z", "seen"):
        assert names[name] == shell.user_ns[name]


@pytest.mark.parametrize(
    "source",
    [
        "\n\n%pip install \\\n  sympy\n\nmarked",
        "%%time\n\n\n\n\nmarked",
        "\n%%time\n\n\n\nmarked",
        "x = %pwd\n%pip install \\\n  a \\\n b\n\nmarked",
    ],
)
def test_lines_keep_their_numbers(source: str) -> None:
    tree = plain_python(source)
    assert tree is not None
    assert tree.body[-1].lineno == 6


@pytest.mark.parametrize(
    "line",
    ["x = 3  # really?", "%time x = 3", "x = f('?')  # or 4?", "x = %pwd", "%timeit\nx = 3"],
)
def test_what_ipython_would_run_is_kept(line: str) -> None:
    """Also where another line of the cell is no Python."""
    tree = plain_python(f"%matplotlib inline\n{line}\nf?\n")
    assert tree is not None
    assert len(tree.body) == 1


@pytest.mark.parametrize(
    "text", [" " * 150_000 + "x", "a " * 75_000, "?" * 150_000, "x, " * 50_000]
)
def test_no_line_takes_long(text: str) -> None:
    """A pattern that tries every way to cut a line would take minutes."""
    start = time.process_time()
    source = f"x = = 1\n{text}"
    assert read_cell(source).hidden == 0
    assert plain_python(source) is None
    assert time.process_time() - start < 5
