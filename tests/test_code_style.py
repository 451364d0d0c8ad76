"""`make check` is part of the tests; so is how the texts of exercises are written."""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from annkit.exercises import course
from tests.sampling import sampled
from tools.check import Command, commands

# Lint takes a second; types, which come last and take a minute, protect neither learner nor mark.
CHECKS = sampled(commands(), len(commands()) - 1)


@pytest.mark.slow
@pytest.mark.parametrize("command", CHECKS, ids=lambda command: command.name)
def test_nothing_to_complain_about(command: Command) -> None:
    result = command.run()
    assert result.returncode == 0, result.stdout + result.stderr


def disguised(source: str) -> list[str]:
    r"""The strings of a source that do not read like their text, for `\n` or a doubled `\`."""
    strings = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.STRING
    ]
    return [text for text in strings if "\\" in text and text[0] not in "rR"]


def definitions(path: Path) -> Iterator[str]:
    """The source of `exercise = …`: title, task, hints and options."""
    source = path.read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "exercise":
            yield ast.get_source_segment(source, node) or ""


def test_texts_are_written_as_they_read() -> None:
    found = {id: list(definitions(path)) for id, path in course().paths.items()}
    assert all(len(texts) == 1 for texts in found.values())
    assert {id: texts for id, (text,) in found.items() if (texts := disguised(text))} == {}


def test_a_text_in_disguise_is_found() -> None:
    source = r'''
        ("Skeleton:\n\n```python\n" "```", "$\\sigma$", r"$\nu$", "plain", """long: \\sigma""")
    '''
    assert disguised(source) == [
        '"Skeleton:\\n\\n```python\\n"',
        '"$\\\\sigma$"',
        '"""long: \\\\sigma"""',
    ]
