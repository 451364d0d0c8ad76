"""The text of my_ann.py: sections are found, replaced, ordered; the rest stays."""

import pytest

from annkit.exercises.my_ann.own_module import Damaged, OwnModule

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
