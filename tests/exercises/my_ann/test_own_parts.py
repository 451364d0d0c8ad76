"""A demonstration takes the learner's own work where it is there, and says what it took."""

import pytest

from annkit.exercises.my_ann.own_parts import own


def test_own_work_comes_first(written, capsys):
    written("class Value:\n    def backward(self):\n        return 'mine'\n")
    assert own("Value", None, ["backward"])().backward() == "mine"
    assert capsys.readouterr().out == "Value: yours, from my_ann.py.\n"


def test_without_the_file_that_is_said(written, capsys):
    assert own("Value", 7) == 7
    assert "there is no my_ann.py yet" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not yet in your my_ann.py"),
        ("class Value:\n    pass\n", "has no `backward` yet"),
        ("import nothing_of_that_name\n", "cannot be imported: ModuleNotFoundError"),
        ("1 / 0\n", "cannot be imported: ZeroDivisionError"),
    ],
)
def test_what_is_missing_comes_from_the_course_and_is_said(written, capsys, text, words):
    written(text)
    assert own("Value", "the course's", ["backward"]) == "the course's"
    assert words in capsys.readouterr().out
