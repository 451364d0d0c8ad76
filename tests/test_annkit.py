"""The package's door: what a learner imports is there, and nothing heavy comes with it."""

import subprocess
import sys

import pytest

import annkit


@pytest.mark.parametrize(
    "name",
    [
        *("check", "hint", "solution", "progress", "contents", "today", "last_page", "quiz"),
        *("export_work", "import_work"),
    ],
)
def test_the_verbs_are_there(name):
    assert callable(getattr(annkit, name))
    assert name in dir(annkit)
    assert getattr(annkit, name).__doc__


def test_parts_are_modules():
    assert annkit.nn.__name__ == "annkit.nn"
    assert annkit.show.__name__ == "annkit.show"


def test_a_typing_error_is_an_error():
    with pytest.raises(AttributeError, match="chekc"):
        annkit.chekc()


def test_a_card_in_text_needs_no_graphics():
    code = (
        "import sys; from annkit.exercises import run; run('sigmoid', None).message\n"
        "print([n for n in ('matplotlib', 'IPython', 'ipywidgets', 'sympy') if n in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
