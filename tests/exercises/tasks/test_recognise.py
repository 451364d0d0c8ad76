"""What recorded calls show of a mistake, whatever the draw and whatever else went wrong."""

from typing import Any

import numpy as np
import pytest
import sympy

from annkit.exercises import (
    changes,
    fault_of_a_deal,
    goes_round,
    last_value,
    letters_of_its_own,
    on_arrays,
    outline,
    raises,
    rounded_away,
)
from annkit.exercises.calls.answer import Answer, Call, here

x, y = sympy.symbols("x y")


def calls_of(target: Any, *arguments: Any) -> list[Call]:
    """The recorded calls of a function, one for each argument."""
    answer = Answer(here(target), "answer")
    for argument in arguments:
        answer.attempt(argument)
    return answer.calls


def is_last(call: Call) -> bool:
    """The call with the largest argument of those below."""
    return bool(call.args[0] == 5)


def test_an_error_is_told_by_kind_words_and_place() -> None:
    calls = calls_of(lambda n: [1, 2][n], 0, 5)
    assert raises("IndexError", where=is_last)(calls)
    assert raises("tuple", "out of range")(calls[1:])
    assert not raises("tuple")(calls[1:])
    assert not raises("IndexError")(calls)  # one call went well
    assert not raises("IndexError", where=is_last)(calls[:1])  # none counts
    assert raises("IndexError", where=is_last, alone=True)(calls)
    both = calls_of(lambda n: [][n], 0, 5)
    assert raises("IndexError", where=is_last)(both)
    assert not raises("IndexError", where=is_last, alone=True)(both)


def test_a_nudge_is_lost_beside_a_huge_cost_and_nowhere_else() -> None:
    said = rounded_away(is_last, lambda call: bool(call.value == 2 * call.args[0]))
    assert said(calls_of(lambda n: 0 if n == 5 else 2 * n, 1, 5))
    assert not said(calls_of(lambda n: 2 * n, 1, 5))
    assert not said(calls_of(lambda n: 0, 1, 5))
    assert not said(calls_of(lambda n: 2 * n, 1, 2))  # none is huge


def test_round_the_ring_every_example_keeps_its_neighbours() -> None:
    assert goes_round([2, 3, 0, 1])
    assert not goes_round([3, 2, 1, 0])


def test_a_changed_argument_is_enough() -> None:
    def add_one(z: Any) -> Any:
        z += 1
        return z

    calls = calls_of(add_one, 2.0, np.ones(2))
    assert changes("z")(calls)
    assert not changes("y")(calls)
    assert not changes("z")(calls[:1])


def test_a_single_number_is_no_array() -> None:
    calls = calls_of(np.tanh, np.ones(3), np.ones(1), 2.0)
    assert [on_arrays(call) for call in calls] == [True, False, False]


def test_the_latest_value_decides() -> None:
    calls = calls_of(lambda n: n, 1, 2)
    assert last_value(lambda value: value == 2)(calls)
    assert not last_value(lambda value: value == 1)(calls)
    assert not last_value(lambda value: True)([])


def test_letters_that_were_not_handed_in() -> None:
    assert letters_of_its_own(calls_of(lambda z: {"w": z * y}, x))
    assert not letters_of_its_own(calls_of(lambda z: {"w": z * 2}, x))
    assert not letters_of_its_own(calls_of(lambda z: sympy.Matrix(z) * z[1], [x, y]))


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ((np.ones(3), [[1, 2], [3, 4]]), ["(3,)", "(2, 2)"]),
        ([(np.ones((2, 3)), np.ones(3))], [["(2, 3)", "(3,)"]]),
        (None, "NoneType"),
        ([1, "a"], ["()", "str"]),
    ],
)
def test_the_form_of_a_result(value: Any, form: Any) -> None:
    assert outline(value) == form


def batches(order: Any, size: int) -> list[list[int]]:
    """Numbers in batches."""
    rows = [int(row) for row in order]
    return [rows[start : start + size] for start in range(0, len(rows), size)]


DRAWS = range(50)


@pytest.mark.parametrize("seed", DRAWS)
def test_faults_of_a_deal_are_seen_and_luck_is_not(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, size = 30, 4
    order = rng.permutation(n)
    right, old = batches(order, size), batches(range(n), size)
    blocks = [old[i] for i in rng.permutation(len(old) - 1)] + old[-1:]
    drawn = batches(rng.integers(n, size=n), size)
    inside = [[int(row) for row in rng.permutation(batch)] for batch in old]
    overlapping = [[int(row) for row in order[i : i + size + 1]] for i in range(0, n, size)]
    creeping = [[int(row) for row in order[i : i + size]] for i in range(n)]

    def fault(rows: list[list[int]], partners: list[list[int]] | None = None) -> list[Any]:
        return fault_of_a_deal(rows, partners or rows, n, size)

    assert fault(right) == []
    assert fault(right[:-1]) == ["sizes", *[4] * 7]
    assert fault(drawn) == ["some come twice", False, False, False]
    assert fault([list(range(n))] * 2) == ["some come twice", True, False, False]
    assert fault(right + old) == ["all come equally often", 2]
    assert fault(overlapping) == ["some come twice", False, True, False]
    assert fault(creeping) == ["some come twice", False, False, True]
    assert fault(inside) == ["old batches"]
    assert fault(right, old) == ["parted", True, True]
    assert fault(right, batches(rng.permutation(n), size)) == ["parted", False, True]
    assert fault(old) == ["old order"]
    assert fault(blocks) in (["old neighbours"], ["old order"])
