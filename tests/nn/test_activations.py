"""Every activation against its own formula, read by SymPy; stability, types, shapes."""

from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from annkit.nn import ACTIVATIONS, Activation, softmax
from annkit.nn.activations import leaky_relu, leaky_relu_prime

Z = sympy.Symbol("z", real=True)
POINTS = [-60.0, -7.5, -1.0, -1e-9, 0.0, 1e-9, 0.3, 1.0, 8.25, 60.0]
KINKED = ["step", "relu", "leaky_relu"]

every = pytest.mark.parametrize("entry", ACTIVATIONS.values(), ids=ACTIVATIONS)


def exactly(expression: sympy.Expr, z: float) -> float:
    return float(expression.subs(Z, sympy.Rational(z)).evalf(40))


def test_the_registry_has_those_of_the_course_first_and_knows_its_keys() -> None:
    taught = ["step", "identity", "sigmoid", "tanh", "relu", "leaky_relu"]
    assert list(ACTIVATIONS)[: len(taught)] == taught
    assert all(name == entry.name for name, entry in ACTIVATIONS.items())


@every
@pytest.mark.parametrize("z", POINTS)
def test_value_and_derivative_are_those_of_the_formula(entry: Activation, z: float) -> None:
    formula = entry.formula(sympy, Z)
    assert float(entry.f(z)) == pytest.approx(exactly(formula, z), rel=1e-14, abs=1e-300)
    derivative = exactly(sympy.diff(formula, Z), z)
    assert float(entry.f_prime(z)) == pytest.approx(derivative, rel=1e-14, abs=2e-16)


@pytest.mark.parametrize("name", ["identity", "sigmoid", "tanh"])
def test_derivative_is_the_complex_step_of_the_formula(name: str) -> None:
    z = np.linspace(-5, 5, 41)
    expected = np.imag(ACTIVATIONS[name].formula(np, z + 1e-30j)) / 1e-30
    np.testing.assert_allclose(ACTIVATIONS[name].f_prime(z), expected, rtol=1e-13, atol=1e-15)


@every
def test_derivative_is_the_central_difference_away_from_kinks(entry: Activation) -> None:
    z = np.random.default_rng(0).normal(size=(50, 3)) * 3
    z = z[np.abs(z).min(axis=1) > 1e-3]
    difference = (entry.f(z + 1e-5) - entry.f(z - 1e-5)) / 2e-5
    np.testing.assert_allclose(entry.f_prime(z), difference, atol=1e-9)


def test_values_at_the_kinks_are_those_of_the_course() -> None:
    assert ACTIVATIONS["step"].f(0) == 1
    assert ACTIVATIONS["relu"].f_prime(0) == 0
    assert ACTIVATIONS["leaky_relu"].f_prime(0) == 0.01


@every
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_nothing_overflows_far_out(entry: Activation, dtype: Any) -> None:
    z: np.ndarray = np.array([-1e4, -800, 800, 1e4], dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for values in (entry.f(z), entry.f_prime(z)):
            assert np.isfinite(values).all()
            assert values.dtype == dtype


def test_sigmoid_keeps_its_digits_where_it_is_tiny() -> None:
    z = np.array([-40.0, -700.0])
    np.testing.assert_allclose(ACTIVATIONS["sigmoid"].f(z), np.exp(z), rtol=1e-15)


@every
@given(
    z=hnp.arrays(
        st.sampled_from([np.float32, np.float64, np.int64, np.uint8, np.bool_]),
        hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
        elements={"min_value": 0, "max_value": 1},
    )
)
def test_any_shape_floats_out_and_the_argument_untouched(entry: Activation, z: np.ndarray) -> None:
    before = z.copy()
    for values in (entry.f(z), entry.f_prime(z)):
        assert np.shape(values) == z.shape
        assert values.dtype == (z.dtype if z.dtype.kind == "f" else np.float64)
        assert not np.shares_memory(values, z)
    np.testing.assert_array_equal(z, before)


@every
def test_text_is_refused_with_a_reason(entry: Activation) -> None:
    with pytest.raises(TypeError, match="expected real numbers"):
        entry.f(["1", "2"])


def test_leaky_relu_takes_another_slope() -> None:
    z = np.array([-2.0, 0.0, 3.0])
    np.testing.assert_allclose(leaky_relu(z, 0.2), [-0.4, 0, 3])
    np.testing.assert_allclose(leaky_relu_prime(z, 0.2), [0.2, 0.2, 1])


@given(
    z=hnp.arrays(
        np.float64, hnp.array_shapes(min_dims=2, max_dims=2), elements=st.floats(-1e4, 1e4)
    ),
    shift=st.floats(-1e4, 1e4),
)
def test_softmax_rows_are_probabilities_and_ignore_a_shift(z: np.ndarray, shift: float) -> None:
    p = softmax(z)
    assert (p >= 0).all()
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-12)
    np.testing.assert_allclose(softmax(z + shift), p, rtol=1e-9, atol=1e-12)


def test_softmax_is_its_formula() -> None:
    z = [sympy.Rational(1, 3), sympy.Integer(-2), sympy.Rational(5, 2)]
    total = sum(sympy.exp(score) for score in z)
    expected = [[float(sympy.exp(score) / total) for score in z]]
    np.testing.assert_allclose(softmax([[float(score) for score in z]]), expected, rtol=1e-15)
