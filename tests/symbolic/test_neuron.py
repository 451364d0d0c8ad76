"""The neuron's derivation holds without a slip and fails from the slip on."""

import pytest
import sympy

from annkit.symbolic.equivalence import alike
from annkit.symbolic.measuring import unfold
from annkit.symbolic.neuron import (
    MEANINGS,
    PARAMETERS,
    SIGMA,
    SLIPS,
    E,
    a,
    neuron_derivation,
    written_out,
    z,
)

FIRST_WRONG = {
    "none": 4,
    "sign of the miss": 1,
    "slope of σ left out": 2,
    "¼ for the slope of σ": 2,
    "slope of σ taken at a": 2,
    "weight instead of input": 3,
}


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_the_last_line_is_the_derivative(parameter):
    lines = neuron_derivation(parameter)
    assert lines.holds
    wanted = sympy.diff(unfold(E, MEANINGS), PARAMETERS[parameter][0])
    assert alike(lines.unfolded().lines[-1].expression, wanted)


@pytest.mark.parametrize("slip", SLIPS)
def test_every_line_after_a_slip_fails(slip):
    found = [verdict.holds for verdict in neuron_derivation("w1", slip).verdicts]
    assert found == [True] * FIRST_WRONG[slip] + [False] * (4 - FIRST_WRONG[slip])


@pytest.mark.parametrize("slip", SLIPS)
def test_written_out_only_inputs_and_parameters_are_left(slip):
    short, long = neuron_derivation("w1", slip), written_out("w1", slip)
    sigmoid = sympy.Lambda(z, MEANINGS[a])
    for line, whole in zip(short.lines[3:], long.lines[3:], strict=True):
        assert not whole.expression.free_symbols & {a, z}
        explicit = whole.expression.replace(SIGMA, sigmoid)
        assert alike(explicit, unfold(line.expression, MEANINGS))
