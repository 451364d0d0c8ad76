"""Suspicious names, found wherever an answer reaches."""

from collections.abc import Callable

import pytest

from annkit.exercises import Catalogue
from annkit.grading.marking.suspicious_names import findings
from annkit.grading.rebuild.rebuild import Rebuilt

Search = Callable[..., list[str]]


@pytest.fixture
def search(small_course: Catalogue, answered: Callable[..., Rebuilt]) -> Search:
    """What is found in an answer to `scaled`, with cells of the learner's own before it."""
    return lambda *sources: findings(small_course, answered(*sources))


@pytest.mark.parametrize(
    ("answer", "own", "found"),
    [
        ("def scaled(x, f=2):\n    return np.asarray(x) * f", (), []),
        ("def scaled(x, f=2):\n    return nn.softmax(x)", ("from annkit import nn",), "nn.softmax"),
        ("import annkit.nn as q\ndef scaled(x, f=2):\n    return q.f(x)", (), "q.f"),
        ("def scaled(x, f=2):\n    from annkit.nn import softmax\n    softmax", (), "softmax"),
        ("def scaled(x, f=2):\n    return eval('x * f')", (), "eval"),
        ("def scaled(x, f=2):\n    return x.__class__(x)", (), "x.__class__"),
        ("def scaled(x, f=2):\n    return (x + 1).__array__()", (), ".__array__"),
        (
            "from annkit import check\ndef scaled(x, f=2):\n    return check.__globals__['x']",
            (),
            "check.__globals__",
        ),
        ("def scaled(x, f=2):\n    return help2(x)", ("help2 = lambda x: eval('x')",), "eval"),
        ("def scaled(x, f=2):\n    return x * f", ("unused = eval('2')",), []),
        ("def scaled(x, f=2):\n    sys = 3\n    return x * sys", (), []),
        ("from annkit import data\ndef scaled(x, f=2):\n    return data.gates()", (), []),
        ("from annkit import data\ndef scaled(x):\n    return data.split(x)", (), "data.split"),
        (
            "from annkit.data import expected_price as e\ndef scaled(x):\n    return e(x)",
            (),
            "e",
        ),
    ],
)
def test_names_are_followed(
    search: Search, answer: str, own: tuple[str, ...], found: str | list[str]
) -> None:
    words = search(answer, *own)
    if isinstance(found, list):
        assert words == found
    else:
        assert len(words) == 1
        assert words[0].startswith(f"scaled: uses `{found}` (line ")


def test_the_line_is_said_and_whether_it_is_in_a_helper(search: Search) -> None:
    answer = "def scaled(x, f=2):\n    y = helper(x)\n    return eval('y')"
    assert search(answer, "\n\ndef helper(x):\n    return exec('x')") == [
        "scaled: uses `exec` (line 4 of a helper's cell)",
        "scaled: uses `eval` (line 3)",
    ]


@pytest.mark.parametrize("module", ["os", "builtins", "annkit.nn"])
def test_all_names_of_a_suspicious_module_are_told(search: Search, module: str) -> None:
    """Without its import none of them could be told from the learner's own."""
    answer = f"from {module} import *\ndef scaled(x, f=2):\n    return x * f"
    assert search(answer) == [f"scaled: imports `{module}.*` (line 1)"]
    assert search(answer.replace(module, "numpy")) == []
