"""The lines that are shown are the lines that run."""

import numpy as np
import pytest

from annkit.lessons.backpropagation.broken_lines import broken_lines
from annkit.lessons.backpropagation.bug_fingerprints import first_params
from annkit.lessons.backpropagation.planted_bugs import BUGS, Backpropagation


def test_every_bug_has_one_line_but_the_last() -> None:
    assert list(broken_lines()) == list(BUGS)
    assert [len(lines) for lines in broken_lines().values()] == [1] * 14 + [2]


@pytest.mark.parametrize("bug", BUGS)
def test_a_line_computes_what_the_bug_computes(bug: str) -> None:
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(6, 2)), np.array([[0.0], [1.0]] * 3)
    params = first_params(2, 4, rng)
    made = {False: Backpropagation(X, y, params, 0.5), True: BUGS[bug](X, y, params, 0.5)}
    names = ("a1", "a2", "z1", "y", "batch", "W2", "b1", "b2", "learning_rate",
             "delta2", "delta1", "dW2", "da1", "slope1")  # fmt: skip
    for lines in broken_lines()[bug]:
        for is_broken, line in zip((False, True), lines, strict=True):
            target, formula = line.split(" = ", 1)
            known = {name: getattr(made[is_broken], name) for name in names}
            np.testing.assert_array_equal(
                eval(formula, {"np": np}, known), getattr(made[is_broken], target)
            )
