"""Candidates do what is said of them: the right ones agree, each bug shows, and some hide."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from annkit.lessons.backpropagation.candidates import (
    HIDING,
    PLAIN,
    RIGHT,
    candidate,
    is_right,
    told,
)
from annkit.nn.activations import ACTIVATIONS

BENT = ("tanh", "sigmoid")


def case(*sizes: int, batch: int = 4, names: tuple[str, ...] = BENT, biases: float = 1.0) -> Any:
    """What a candidate is called with."""
    rng = np.random.default_rng(0)
    params = [(rng.normal(size=(n, m)), biases * rng.normal(size=m)) for n, m in pairwise(sizes)]
    layers = [ACTIVATIONS[names[k % len(names)]] for k in range(len(params))]
    given = rng.normal(size=(batch, sizes[0])), rng.normal(size=(batch, sizes[-1])), params
    return *given, [one.f for one in layers], [one.f_prime for one in layers]


def agrees(name: str, given: Any) -> bool:
    """Whether a candidate says what the plain right one says."""
    try:
        pairs = zip(candidate(name)(*given), candidate("in matrices")(*given), strict=True)
        return all(
            np.allclose(a, b) for got, right in pairs for a, b in zip(got, right, strict=True)
        )
    except ValueError:
        return False


@pytest.mark.parametrize("name", [*RIGHT, *PLAIN, *HIDING])
def test_the_right_ones_agree_and_the_others_do_not(name: str) -> None:
    assert agrees(name, case(2, 3, 3, 2)) == is_right(name)
    assert candidate(name).__name__ == "backprop"
    assert told(name)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("mean_missing", case(2, 3, 3, 2, batch=1)),
        ("not_transposed_where_square", case(2, 4, 3, 2)),
        ("mean_at_every_layer", case(3, 2)),
        ("output_slope_missing", case(2, 3, 2, names=("tanh", "identity"))),
        ("first_prime_for_all", case(2, 3, 3, 2, names=("tanh",))),
        ("divided_by_outputs", case(2, 3, 3, 1)),
        ("without_biases", case(2, 3, 3, 2, biases=0.0)),
        ("two_layers_only", case(2, 3, 2)),
    ],
)
def test_a_bug_that_hides_agrees_where_it_hides(name: str, given: Any) -> None:
    assert agrees(name, given)
