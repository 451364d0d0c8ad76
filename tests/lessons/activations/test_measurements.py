"""Measured slopes, chains of units, flat units."""

import numpy as np

from annkit.lessons.activations.measurements import (
    central_difference,
    chain,
    nudge_through,
    silent_units,
)
from annkit.nn import ACTIVATIONS


def test_central_difference_is_exact_for_a_parabola_and_close_for_a_sine():
    z = np.array([[-2.0, 0.0], [1.5, 3.0]])
    np.testing.assert_allclose(central_difference(np.square, z, 0.1), 2 * z, atol=1e-12)
    np.testing.assert_allclose(central_difference(np.sin, z), np.cos(z), atol=1e-9)


def test_truth_values_can_be_measured():
    assert central_difference(lambda z: z >= 0, np.array([-1.0, 0.0]), 0.5).tolist() == [0, 1]


def test_the_product_of_a_chain_is_what_a_real_nudge_becomes():
    for name in ("sigmoid", "tanh", "leaky_relu"):
        f = ACTIVATIONS[name].f
        result = chain(ACTIVATIONS[name], z=0.3, weight=1.2, depth=4)
        a = np.array([0.3 - 1e-6, 0.3 + 1e-6]) / 1.2
        for _ in range(4):
            a = f(1.2 * a)
        slope = (a[1] - a[0]) / (2e-6 / 1.2)
        np.testing.assert_allclose(result.products[-1], slope, rtol=1e-6)
        np.testing.assert_allclose(result.z[1], 1.2 * f(np.array(0.3)))


def test_silent_units_by_hand():
    Z = np.array([[-1.0, 0.5, 0.0, -9.0], [-2.0, -3.0, -1.0, 9.0]])
    assert silent_units(ACTIVATIONS["relu"], Z).tolist() == [True, False, True, False]
    assert silent_units(ACTIVATIONS["sigmoid"], Z).tolist() == [False, False, False, True]
    assert not silent_units(ACTIVATIONS["leaky_relu"], Z).any()


def test_a_row_of_different_units_passes_on_what_a_real_nudge_becomes():
    tanh, params = ACTIVATIONS["tanh"], [(1.5, 0.2), (-0.8, 0.1), (2.0, -0.3)]

    def end(x):
        for weight, bias in params:
            x = np.tanh(weight * x + bias)
        return x

    x = np.array([[-0.4, 0.0], [0.3, 1.1]])
    left = nudge_through(x, params, tanh.f, tanh.f_prime)
    np.testing.assert_allclose(left, central_difference(end, x), rtol=1e-8)
