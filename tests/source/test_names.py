"""Names: what a piece of code binds, and what it takes from outside."""

import pytest

from annkit.source.names import names_of


def test_parameters_and_locals_are_nobodys_business() -> None:
    names = names_of("def f(x, y=1):\n    z = x + y\n    return [z * i for i in range(x)]\n")
    assert names.used == set()
    assert names.bound == {"f"}


def test_defaults_annotations_and_bases_are_needed_at_once() -> None:
    names = names_of(
        "class V(Base):\n    def f(self, x: Kind = START) -> Kind:\n        later(x)\n"
    )
    assert {"Base", "Kind", "START"} <= names.at_once | names.later
    assert {"Base", "START"} <= names.at_once
    assert names.later >= {"later"}


def test_attributes_are_no_names() -> None:
    assert names_of("nn.sigmoid(z)").used == {"nn", "z"}


def test_loops_imports_and_assignments_bind() -> None:
    code = "import numpy as np\nfrom a import b\nfor step in range(3):\n    total = step\n"
    assert names_of(code).bound == {"np", "b", "step", "total"}


def test_a_global_statement_binds_at_the_top() -> None:
    assert "counter" in names_of("def f():\n    global counter\n    counter = 1\n").bound


def test_builtins_are_not_taken_from_outside() -> None:
    assert names_of("print(len([]))").used == set()


@pytest.mark.parametrize(
    "code", ["[x for x in y]", "{x for x in y}", "{x: x for x in y}", "list(x for x in y)"]
)
def test_the_variable_of_a_comprehension_is_its_own(code: str) -> None:
    names = names_of(code)
    assert names.bound == set()
    assert names.used == {"y"}
