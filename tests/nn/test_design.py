"""Designs: what is filled in, and what does not fit."""

from typing import Any

import numpy as np
import pytest

from annkit.nn.design import design


@pytest.mark.parametrize(
    ("output", "cost"),
    [
        ("softmax", "softmax_cross_entropy"),
        ("sigmoid", "binary_cross_entropy"),
        ("identity", "half_squared_error"),
        ("tanh", "half_squared_error"),
        ("step", "half_squared_error"),
    ],
)
def test_the_cost_follows_from_the_output(output: str, cost: str) -> None:
    made_of = design([2, 3, 2], "relu", output, None, np.float32)
    assert (made_of.cost, made_of.hidden) == (cost, ("relu",))
    assert made_of.dtype == np.float32


def test_a_sigmoid_may_be_trained_by_squares_as_a_bad_example() -> None:
    assert design([2, 1], "relu", "sigmoid", "half_squared_error", float).cost.startswith("half")


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"sizes": [3]}, ValueError, "inputs and outputs at least"),
        ({"sizes": [3, 0, 2]}, ValueError, "sizes: expected at least 1, got 0"),
        ({"sizes": [3, 2.5, 2]}, TypeError, "whole number"),
        ({"sizes": [3, 4, 1]}, ValueError, "one output unit per class for softmax"),
        ({"hidden": "swish"}, ValueError, "hidden: expected one of step, identity"),
        ({"hidden": ["relu", "tanh"]}, ValueError, "hidden: expected 1 names"),
        ({"output": "argmax"}, ValueError, "output: expected one of"),
        ({"cost": "hinge"}, ValueError, "cost: expected one of"),
        ({"cost": "binary_cross_entropy"}, ValueError, "expected softmax_cross_entropy"),
        ({"cost": "half_squared_error"}, ValueError, "for the output softmax"),
        ({"dtype": np.float16}, TypeError, "float32 or float64, got float16"),
    ],
)
def test_what_does_not_fit_is_said(
    changed: dict[str, Any], error: type[Exception], message: str
) -> None:
    fine = {"sizes": [3, 4, 2], "hidden": "relu", "output": "softmax", "cost": None}
    with pytest.raises(error, match=message):
        design(**{**fine, "dtype": float, **changed})
