"""The sets of examples in the centre-piece of chapter 2: bounds, separators, words."""

import numpy as np
import pytest

from annkit.lessons.perceptron.cases import cases, describe


def test_bounds_hold_and_separators_separate() -> None:
    for case in cases().values():
        if case.separator is None:
            assert not case.ended
            assert case.bound == np.inf
        else:
            scores = case.y * (case.X @ case.separator[:2] + case.separator[2])
            longest = max(float(x @ x) + 1 for x in case.X)
            assert case.ended
            assert case.bound == pytest.approx(longest / scores.min() ** 2)
            assert case.made[-1].n_updates <= case.bound


def test_a_correction_is_named_as_added_or_subtracted() -> None:
    case = cases()["fruit, as measured"]
    assert "has the score 0. That is wrong, so it is subtracted" in describe(case, 1).text
    assert "has the score −4.2. That is wrong, so it is added" in describe(case, 2).text
    assert "nothing changes" in describe(case, 18).text
    assert describe(case, 0).numbers["corrections so far"] == 0


def test_after_the_end_nothing_more_happens() -> None:
    case = cases()["fruit, standardised"]
    assert describe(case, 60) == describe(case, len(case.made))
