"""The text of my_ann.py: sections are found, replaced, ordered; the rest stays."""

import pytest

from annkit.exercises.own_module import Damaged, OwnModule
from annkit.exercises.python_names import defined_names, needed_names

TEXT = '''"""Mine."""

x = 1


# >>> annkit: b
def b():
    return x
# <<< annkit: b


# my own words
'''


def test_a_text_comes_back_as_it_was():
    assert OwnModule(TEXT).text() == TEXT
    assert OwnModule(TEXT.replace("\n", "\r\n")).text() == TEXT


def test_sections_are_put_in_order_and_replaced_in_place():
    module = OwnModule(TEXT)
    for key in ("d", "a", "c"):
        module.put(key, f"def {key}():\n    pass\n", rank=lambda key: ord(key))
    assert module.sections == ["a", "b", "c", "d"]
    module.put("b", "def b():\n    return 2\n", rank=lambda key: ord(key))
    assert module.sections == ["a", "b", "c", "d"]
    text = module.text()
    assert text.startswith('"""Mine."""\n\nx = 1\n')
    assert text.index("my own words") < len(text)
    assert OwnModule(text).text() == text


def test_who_uses_a_name():
    module = OwnModule(TEXT)
    assert module.users("x") == ["b"]
    assert module.own_names() == {"x"}


def test_marks_inside_a_statement_are_said():
    text = "y = (1,\n# >>> annkit: a\n2,\n# <<< annkit: a\n)\n"
    with pytest.raises(Damaged, match="goes across a mark"):
        OwnModule(text)


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
