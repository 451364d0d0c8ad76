"""References, cut: the stub shows the interface, and nothing of the body survives in it."""

import ast
from pathlib import Path

import pytest

from annkit.exercises.tasks.references import Reference, read_reference
from annkit.exercises.tasks.task_base import ExerciseError
from tests.exercises.conftest import SMALL_COURSE

CHAPTER = SMALL_COURSE / "ch01_counting"


@pytest.fixture(scope="module")
def scaled() -> Reference:
    return read_reference(CHAPTER / "scaled.py")


@pytest.fixture(scope="module")
def tally() -> Reference:
    return read_reference(CHAPTER / "tally.py")


def only_raises(function: ast.FunctionDef) -> bool:
    """Whether a function is a docstring and the stub's raise."""
    return ast.get_docstring(function) is not None and [
        ast.unparse(statement) for statement in function.body[1:]
    ] == ["raise NotImplementedError()"]


def test_the_stub_of_a_function_is_signature_docstring_and_raise(scaled: Reference) -> None:
    (function,) = ast.parse(scaled.stub).body
    assert isinstance(function, ast.FunctionDef)
    assert ast.unparse(function.args) == "x, factor=2.0"
    assert only_raises(function)
    assert scaled.stub.endswith("    # YOUR CODE HERE\n    raise NotImplementedError()")


def test_the_stub_of_a_class_shows_the_documented_methods_only(tally: Reference) -> None:
    (definition,) = ast.parse(tally.stub).body
    assert isinstance(definition, ast.ClassDef)
    assert ast.get_docstring(definition) == "Count one thing after the other."
    methods = [node for node in definition.body if isinstance(node, ast.FunctionDef)]
    assert [method.name for method in methods] == ["__init__", "add", "total"]
    assert all(only_raises(method) for method in methods)
    assert [ast.unparse(d) for d in methods[2].decorator_list] == ["property"]
    assert len(definition.body) == 4


def test_a_stub_can_be_executed(scaled: Reference, tally: Reference) -> None:
    namespace: dict[str, object] = {}
    exec(scaled.stub + "\n\n" + tally.stub, namespace)
    assert {"scaled", "Tally"} <= namespace.keys()


def test_the_solution_keeps_comments_and_brings_its_helpers(scaled: Reference) -> None:
    assert "# Lists know no multiplication by a fraction." in scaled.solution
    assert "@" not in scaled.solution
    namespace: dict[str, object] = {}
    exec("import numpy as np\n" + scaled.solution, namespace)
    assert namespace["scaled"]([1, 2], 3).tolist() == [3, 6]  # type: ignore[operator]


def test_undocumented_members_stay_behind_with_the_method_before_them(tally: Reference) -> None:
    assert "_checked" not in tally.stub
    assert "_checked(self, count)" in tally.solution
    namespace: dict[str, type] = {}
    exec(tally.solution, namespace)
    counter = namespace["Tally"]()
    counter.add(3)
    assert counter.total == 3


def test_imports_are_those_the_reference_needs(scaled: Reference, tally: Reference) -> None:
    assert scaled.imports == ("import numpy as np",)
    assert tally.imports == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "says"),
    [
        ("scaled.py", "@exercise.reference\n", "", '"""Multiply by', "found 0"),
        (
            "scaled.py",
            "alternative\ndef with_multiply",
            "reference\ndef with_multiply",
            "def with_multiply",
            "found 2",
        ),
        ("scaled.py", "def scaled(x, factor=2.0)", "def scaled(x=as_floats(2))", "def sc", "as_fl"),
        ("tally.py", '        """Start at zero."""\n', "", "def __init__", "first member"),
        (
            "tally.py",
            '    """Count one thing after the other."""\n',
            "",
            "class Tally",
            "docstring",
        ),
        ("tally.py", "        self._count = 0\n", "", '"""Start at zero', "a body"),
    ],
)
def test_faults_are_told_with_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, at: str, says: str
) -> None:
    text = (CHAPTER / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / name
    path.write_text(text.replace(old, new), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, start=1) if at in line)
    with pytest.raises(ExerciseError) as caught:
        read_reference(path)
    assert f"{path}:{number}: " in str(caught.value)
    assert says in str(caught.value)
