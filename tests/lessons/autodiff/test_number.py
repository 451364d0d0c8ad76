"""The engine against complex steps, SymPy and hand-made cases."""

import cmath

import numpy as np
import pytest
import sympy as sp

from annkit.lessons.autodiff.number import Node, in_order


def formula(a, b, exp):
    """Every operator and, through `exp`, one function; for nodes, complex numbers and symbols."""
    u = a * b - 3 / a + 2
    return (u - b / 4) ** 2 / (1 - b) + exp(-a * 0.5) * b**-1 + 5 * a - (2 - u)


def complex_step(function, *numbers):
    """All partial derivatives of a function of complex numbers."""
    return [
        function(*(n + 1e-30j * (place == moved) for place, n in enumerate(numbers))).imag / 1e-30
        for moved in range(len(numbers))
    ]


def test_all_operators_agree_with_complex_steps_and_sympy():
    a, b = Node(1.7), Node(-0.6)
    y = formula(a, b, lambda node: node.exp())
    y.backward()
    assert y.data == pytest.approx(formula(1.7, -0.6, lambda x: cmath.exp(x).real), rel=1e-14)
    np.testing.assert_allclose(
        [a.grad, b.grad],
        complex_step(lambda a, b: formula(a, b, cmath.exp), 1.7, -0.6),
        rtol=1e-13,
    )
    s, t = sp.symbols("s t")
    expression = formula(s, t, sp.exp)
    exact = [sp.diff(expression, x).subs({s: 1.7, t: -0.6}) for x in (s, t)]
    np.testing.assert_allclose([a.grad, b.grad], [float(x) for x in exact], rtol=1e-13)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("tanh", cmath.tanh),
        ("exp", cmath.exp),
        ("log", cmath.log),
        ("sigmoid", lambda z: 1 / (1 + cmath.exp(-z))),
        ("relu", lambda z: z if z.real > 0 else 0 * z),
    ],
)
def test_functions_have_the_right_value_and_slope(name, function):
    for number in (0.3, 1.0, 2.5):
        a = Node(number)
        y = getattr(a, name)()
        y.backward()
        assert y.data == pytest.approx(function(number).real, rel=1e-14)
        assert a.grad == pytest.approx(complex_step(function, number)[0], rel=1e-13)


def test_far_out_nothing_overflows():
    for number in (-1000.0, 1000.0):
        for name in ("tanh", "sigmoid", "relu"):
            a = Node(number)
            getattr(a, name)().backward()
            assert a.grad == (1.0 if name == "relu" and number > 0 else 0.0)


def test_what_is_used_twice_is_heard_twice_and_a_second_call_changes_nothing():
    a = Node(3.0)
    y = a + a
    for _ in range(2):
        y.backward()
        assert (a.grad, y.grad) == (2.0, 1.0)
    z = y * a
    z.backward()
    assert a.grad == 12.0


def test_depth_and_the_number_of_ways_are_no_limit():
    x = y = Node(1.0)
    for _ in range(10_000):
        y = y + 0.001
    for _ in range(60):
        y = y + y
    y.backward()
    assert x.grad == 2.0**60


def test_a_subclass_stays_itself():
    class Child(Node):
        pass

    a = Child(2.0)
    for made in (a + 1, 1 - a, a * a, 2 / a, -a, a**2, a.tanh(), a.relu()):
        assert type(made) is Child


def test_the_order_has_inputs_first_and_everything_once():
    a, b = Node(1.0), Node(2.0)
    u = a * b
    root = u + a * u
    order = in_order(root)
    assert len(order) == len(set(order)) == 5
    assert order[-1] is root
    place = {node: number for number, node in enumerate(order)}
    assert all(place[one] < place[node] for node in order for one in node.inputs)


def test_a_node_tells_what_it_is():
    assert repr(Node(0.5, name="w")) == "Node(w: 0.5, grad=0)"
    assert [n.op for n in (Node(1.0) + 1, Node(1.0) ** 2, Node(1.0).sigmoid())] == ["+", "^2", "σ"]
