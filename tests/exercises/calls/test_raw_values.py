"""Probes return raw values: what a check compares with is made outside the answer's process.

Whatever is worked out beside the learner's object could be worked out there by somebody else, and
a verdict found there be written there. So no probe of the course imports the course's own answers,
and none compares but to find its way: in an `if`, a `while` or a function that it hands on.
"""

import ast
import inspect
from collections.abc import Iterator

import pytest

from annkit.exercises import Exercise, course, probe
from annkit.exercises.calls.probe import Probe

# They say whether numbers agree. (`is` and `in` tell which object came back, which no number can.)
_AGREE = {"allclose", "isclose", "array_equal", "array_equiv", "assert_allclose", "approx"}
_TELLING = (ast.Is, ast.IsNot, ast.In, ast.NotIn)


def probes() -> list[Probe]:
    """All probes of all exercises."""
    tasks = [course().load(id) for id in course().paths]
    modules = [inspect.getmodule(task.answer) for task in tasks if isinstance(task, Exercise)]
    return [one for module in modules for one in vars(module).values() if isinstance(one, Probe)]


def verdicts(source: str) -> Iterator[str]:
    """Every place in a probe that finds something right or wrong, or could look it up."""
    [function] = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    yield from _verdicts(function.body)


def _verdicts(nodes: list[ast.stmt] | list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        match node:
            case ast.FunctionDef() | ast.Lambda() | ast.ClassDef():
                continue  # the learner's object is given this, or is made of it
            case ast.Import(names=names) if any(one.name.startswith("annkit") for one in names):
                yield ast.unparse(node)
            case ast.ImportFrom(module=str(module)) if module.startswith("annkit"):
                yield ast.unparse(node)
            case ast.Assert():
                yield ast.unparse(node)
            case ast.Compare(ops=ops) if not all(isinstance(op, _TELLING) for op in ops):
                yield ast.unparse(node)
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _AGREE:
                yield name
        tests = [node.test] if isinstance(node, ast.If | ast.While) else []
        yield from _verdicts([one for one in ast.iter_child_nodes(node) if one not in tests])


@pytest.mark.parametrize("one", probes(), ids=lambda one: one.name)
def test_no_probe_of_the_course_compares(one: Probe) -> None:
    assert list(verdicts(one.source)) == []


def test_what_finds_its_way_may_compare() -> None:
    @probe
    def walking(walk, steps):
        places: list[int] = []
        while len(places) < steps:
            place = walk(lambda x: x > 0)
            places.append(place if place is not None else -1)
        return places

    assert list(verdicts(walking.source)) == []


def test_a_verdict_is_found_wherever_it_stands() -> None:
    @probe
    def judging(double, z):
        import numpy as np

        import annkit.nn

        assert annkit.nn
        small = [one < 3 for one in double(z)]
        if z:
            small.append(np.allclose(double(z), 2 * z))
        return {"right": double(z) == 2 * z, "small": small}

    assert list(verdicts(judging.source)) == [
        "import annkit.nn",
        "assert annkit.nn",
        "one < 3",
        "allclose",
        "double(z) == 2 * z",
    ]
