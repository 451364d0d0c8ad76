"""One layer: shapes, values, and buffers that follow the batch."""

import numpy as np
import pytest

from annkit.nn import ACTIVATIONS
from annkit.nn.layers import Layer
from annkit.nn.stack import with_ones


@pytest.mark.parametrize("name", ["relu", "tanh"])
def test_batches_of_changing_size(name: str) -> None:
    rng = np.random.default_rng(0)
    Wb = rng.normal(size=(4, 2))
    layer = Layer(Wb, np.empty_like(Wb), ACTIVATIONS[name])
    for n in (5, 1, 5, 7):
        a_prev, da = rng.normal(size=(n, 3)), rng.normal(size=(n, 2))
        out = layer.forward(with_ones(a_prev))
        z = np.einsum("bi,io->bo", a_prev, Wb[:3]) + Wb[3]
        np.testing.assert_allclose(layer.z, z, rtol=1e-13)
        np.testing.assert_allclose(out, np.column_stack([ACTIVATIONS[name].f(z), np.ones(n)]))
        expected = da * ACTIVATIONS[name].f_prime(z)
        da_prev = layer.backward(da.copy())
        np.testing.assert_allclose(layer.dW, np.einsum("bi,bo->io", a_prev, expected))
        np.testing.assert_allclose(layer.db, expected.sum(axis=0))
        np.testing.assert_allclose(da_prev, np.einsum("bo,io->bi", expected, Wb[:3]))


def test_a_last_layer_may_hand_on_its_z() -> None:
    layer = Layer(np.ones((3, 2)), np.empty((3, 2)), None)
    layer.forward(with_ones(np.ones((4, 2))))
    assert layer.a is layer.z
    np.testing.assert_array_equal(layer.a, 3)
