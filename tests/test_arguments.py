"""Inputs at the border: converted where harmless, refused where not."""

from typing import Any

import numpy as np
import pytest

from annkit.arguments import check_count, check_number
from annkit.nn.examples import check_inputs


def test_floats_take_the_networks_type_and_lists_become_arrays() -> None:
    assert check_inputs([[1.0, 2.0]], 2, np.float32).dtype == np.float32
    X = np.ones((3, 2))
    assert check_inputs(X, 2, np.float64) is X


def test_something_else_among_the_numbers() -> None:
    with pytest.raises(TypeError, match="None or text"):
        check_inputs(np.array([[1.0, None]]), 2, float)


@pytest.mark.parametrize("value", [True, 2.0, "3", None])
def test_counts_are_whole_numbers(value: Any) -> None:
    with pytest.raises(TypeError, match=r"size: expected a whole number"):
        check_count(value, "size")
    assert check_count(np.int32(3), "size") == 3


@pytest.mark.parametrize("value", [-0.1, 1.0, np.nan, np.inf])
def test_numbers_stay_in_their_range(value: float) -> None:
    with pytest.raises(ValueError, match="at least 0 and below 1"):
        check_number(value, "rate", 0, 1)
    assert check_number(np.float32(0.5), "rate", 0, 1) == 0.5
