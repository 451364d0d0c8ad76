"""A network of single numbers learns XOR, and says the same from the same start."""

import numpy as np

from annkit import nn
from annkit.data import gates
from annkit.lessons.autodiff.number import Node
from annkit.lessons.autodiff.xor_training import train_xor


def test_it_learns_and_repeats() -> None:
    costs = train_xor(Node.backward, 0)
    assert costs == train_xor(Node.backward, 0)
    assert costs[-1] < 0.05 < costs[0]


def test_the_first_cost_is_that_of_the_library_s_network() -> None:
    rng = np.random.default_rng(5)
    net = nn.Network([2, 3, 3, 1], "tanh", "tanh", rng=np.random.default_rng(0))
    net.params = [(rng.normal(size=(m, n)).T, np.zeros(m)) for n, m in ((2, 3), (3, 3), (3, 1))]
    corners, bits = gates()["XOR"]
    answers = net.forward(corners)[:, 0]
    wanted = 0.5 * np.mean((answers - (2 * bits - 1)) ** 2)
    np.testing.assert_allclose(train_xor(Node.backward, 5, n_steps=1), [wanted])
