"""Answers that look measured where a task asks for a formula are told to a person."""

from collections.abc import Callable

import pytest

from annkit.exercises import Catalogue
from annkit.grading.marking.measured_slopes import findings
from annkit.grading.rebuild.rebuild import Rebuilt

ANSWER = "def scaled(x, f=2):\n    return np.imag(square(x + 1e-20j)) / 1e-20"
HELPER = "def square(x):\n    return x * x"
MEASURING = "def slope(f, x, h):\n    return (f(x + h) - f(x)) / h"


def test_each_sign_is_told_with_its_line(
    small_course: Catalogue,
    answered: Callable[..., Rebuilt],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(small_course.load("scaled"), "derived", True)
    told = findings(small_course, answered(ANSWER, HELPER))
    assert [words.partition(": a")[0] for words in told] == [
        "scaled: `np.imag` (line 2)",
        "scaled: `1e-20j` (line 2)",
    ]
    assert all("measured" in words for words in told)


def test_helpers_are_followed(
    small_course: Catalogue,
    answered: Callable[..., Rebuilt],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(small_course.load("scaled"), "derived", True)
    answer = "def scaled(x, f=2):\n    return slope(np.square, x, 1e-5)"
    [words] = findings(small_course, answered(answer, MEASURING))
    assert words.startswith("scaled: `f(x + h) - f(x)` (line 2 of a helper's cell): ")
    assert findings(small_course, answered("def scaled(x, f=2):\n    return 2 * x", HELPER)) == []


def test_where_nothing_is_to_be_derived_anybody_may_measure(
    small_course: Catalogue, answered: Callable[..., Rebuilt]
) -> None:
    assert findings(small_course, answered(ANSWER, HELPER)) == []
