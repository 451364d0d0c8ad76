"""A network of its own: its first weights, copies, and how it introduces itself."""

import numpy as np
import pytest

from annkit.nn import Network
from tests.nn.test_predictor import inputs, network


def test_a_copy_is_independent() -> None:
    net = network()
    twin = net.copy()
    twin.flat += 1
    assert not np.allclose(net.flat, twin.flat)
    assert twin.cost_function is not net.cost_function
    single = net.copy(np.float32)
    assert single.forward(inputs()).dtype == np.float32
    np.testing.assert_allclose(single.forward(inputs()), net.forward(inputs()), rtol=1e-4)


def test_biases_start_at_zero_and_the_default_start_suits_the_activation() -> None:
    for hidden, variance in (("relu", 2 / 400), ("tanh", 2 / 700)):
        net = Network([400, 300, 2], hidden, rng=np.random.default_rng(0))
        assert net.layers[0].W.var() == pytest.approx(variance, rel=0.02)
        assert all((b == 0).all() for _, b in net.params)
    net = Network([400, 300, 2], init="zeros", rng=np.random.default_rng(0))
    assert (net.flat == 0).all()


def test_its_text_counts_parameters_and_its_repr_builds_it() -> None:
    net = Network(
        [784, 128, 64, 10], ["relu", "tanh"], dtype=np.float32, rng=np.random.default_rng(0)
    )
    text = str(net)
    for words in ("784 → 128 → 64 → 10", "(128, 64)", "tanh", "109,386", "float32"):
        assert words in text
    again = eval(
        repr(net)[:-1] + ", rng=rng)", {"Network": Network, "rng": np.random.default_rng()}
    )
    assert again.design == net.design
