"""Which names a source needs and defines."""

import pytest

from annkit.source.python_names import defined_names, needed_names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(x):\n    return np.exp(x) + c", {"np", "c"}),
        ("def f(x):\n    c = 1\n    return [c for y in x]", set()),
        ("def f(n):\n    return n * f(n - 1)", set()),
        ("def f(x, k=DEFAULT):\n    return len(x)", {"DEFAULT"}),
        ("@wrap\ndef f(x):\n    return x", {"wrap"}),
        ("class A(Base):\n    k = 1\n    def m(self):\n        return k2 + self.k", {"Base", "k2"}),
        ("import numpy as np\nfrom a.b import c as d\nx, y = 1, 2", set()),
        ("f = lambda z: g(z)", {"g"}),
    ],
)
def test_names_a_source_needs(source, names):
    assert needed_names(source) == names


def test_names_a_source_defines():
    source = (
        "import a.b\nfrom c import d as e\nx = y = 1\ndef f(): z = 1\nclass G: pass\nq: int = 1"
    )
    assert defined_names(source) == {"a", "e", "x", "y", "f", "G", "q"}
