"""What a cell does, where some of its lines are IPython's."""

import pytest

from annkit.grading.ipython_lines import as_python


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
    ],
)
def test_a_line_that_may_hide_something_is_named(source: str, hidden: int) -> None:
    assert as_python(source)[1] == hidden


def test_what_is_timed_is_python() -> None:
    assert as_python("    %time x = 1\ny = %%")[0] == "    x = 1\ny = %%"
