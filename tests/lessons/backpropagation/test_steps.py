"""The eleven steps: what is said in words is what is computed."""

import re

import numpy as np
import pytest

from annkit.lessons.backpropagation.passes import forward_pass, mean_half_square
from annkit.lessons.backpropagation.steps import (
    FORWARD_STEPS,
    LAST_STEP,
    PARAMS,
    STEPS,
    arithmetic,
    array_words,
    describe,
    in_rows,
    passes,
)
from annkit.nn.gradient_checking import measured_gradient


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_the_nine_derivatives_are_those_of_the_cost(activation):
    at = passes(2.0, -0.5, activation)

    def cost(v):
        pairs = [(v[:4].reshape(2, 2), v[4:6]), (v[6:8].reshape(2, 1), v[8:])]
        return mean_half_square(forward_pass(at.x, pairs, [activation, "identity"])[-1].a, at.y)

    flat = np.concatenate([part.ravel() for pair in PARAMS for part in pair])
    measured = measured_gradient(cost, flat)
    arrays = at.arrays
    found = [arrays[name].ravel() for name in ("dW₁", "db₁", "dW₂", "db₂")]
    np.testing.assert_allclose(np.concatenate(found), measured, atol=1e-8)


@pytest.mark.parametrize("step", [1, 3, 4, 5, 6, 8, 9, 10])
def test_every_sum_in_words_is_true(step):
    for part in arithmetic(step, passes(2.5, -0.75, "tanh")).split("; "):
        sum_in_words, result = part.rsplit(" = ", 1)
        spelled = sum_in_words.replace("·", "*").replace("−", "-").replace("½", "0.5")
        spelled = spelled.replace("²", "**2")
        assert re.fullmatch(r"[-+*.()\de ]+", spelled), spelled
        assert eval(spelled) == pytest.approx(float(result.replace("−", "-")), abs=2e-3)


def test_each_step_makes_the_array_of_its_line():
    arrays = passes(1.0, 0.5, "sigmoid").arrays
    assert [line.array for line in STEPS] == list(arrays)
    assert array_words(arrays["dW₁"]) == "[[0.1875, −0.125], [0.375, −0.25]]"
    assert in_rows("dW₁", arrays["dW₁"]).count("\n") == 1
    assert in_rows("δ₁", arrays["δ₁"]) == "δ₁ = [[0.1875, −0.125]]"


def test_what_is_not_yet_computed_is_not_told():
    at = passes(1.0, 0.5, "sigmoid")
    assert set(describe(0, at, "sigmoid").numbers.values()) == {"?"}
    after = describe(FORWARD_STEPS + 1, at, "sigmoid").numbers
    assert (after["C"], after["δ₂"], after["δ₁"]) == ("0.125", "[[0.5]]", "?")
    assert "?" not in describe(LAST_STEP, at, "sigmoid").numbers.values()


def test_a_unit_that_is_off_is_named():
    said = describe(LAST_STEP, passes(3.0, 0.5, "relu"), "relu").text
    assert "Hidden unit 2 stands where relu is flat" in said
    assert "flat" not in describe(LAST_STEP, passes(1.0, 0.5, "tanh"), "tanh").text
