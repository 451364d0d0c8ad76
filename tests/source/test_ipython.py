"""What a cell does, where some of its lines are IPython's."""

import time

import pytest

from annkit.source.ipython import as_python, plain_python


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
        ("%timeit -n 10 f(x)", 1),
        ("%%writefile m.py\nx = 1", 1),
        ("x = 1\n%%time", 2),
        ("%config InlineBackend.figure_formats = {'png', 'retina'}", 0),
        ("%config InlineBackend.figure_format = 'retina'\n%load_ext autoreload", 0),
        ("%config A.b = box.update(d=1)", 1),
        ("!echo {box.update(d=1)}", 1),
        ("%matplotlib $f", 1),
        ("?{box.update(d=1)}", 1),
        ("%%capture {f()}\nx = 1", 1),
        ("%%capture --no-stderr out\nx = 1", 0),
    ],
)
def test_a_line_that_may_hide_something_is_named(source: str, hidden: int) -> None:
    assert as_python(source)[1] == hidden


def test_what_is_timed_is_python() -> None:
    assert as_python("    %time x = 1\ny = %%")[0] == "    x = 1\ny = %%"


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
    assert as_python(source)
    assert plain_python(source) is None
    assert time.process_time() - start < 5
