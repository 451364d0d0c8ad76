"""A network of single numbers learns XOR, and says the same from the same start."""

import math

import numpy as np

from annkit import nn
from annkit.data import gates
from annkit.lessons.autodiff.number import Node
from annkit.lessons.autodiff.xor_training import by_nodes, first_weights, train_xor, xor_cost


def test_it_learns_and_repeats() -> None:
    costs = train_xor(by_nodes(Node.backward), 0)
    assert costs == train_xor(by_nodes(Node.backward), 0)
    assert costs[-1] < 0.05 < costs[0]


def test_the_first_cost_is_that_of_the_library_s_network() -> None:
    rng = np.random.default_rng(5)
    net = nn.Network([2, 3, 3, 1], "tanh", "tanh", rng=np.random.default_rng(0))
    net.params = [(rng.normal(size=(m, n)).T, np.zeros(m)) for n, m in ((2, 3), (3, 3), (3, 1))]
    corners, bits = gates()["XOR"]
    answers = net.forward(corners)[:, 0]
    wanted = 0.5 * np.mean((answers - (2 * bits - 1)) ** 2)
    np.testing.assert_allclose(train_xor(by_nodes(Node.backward), 5, n_steps=1), [wanted])


def test_the_cost_is_one_program_for_nodes_and_plain_numbers() -> None:
    v = first_weights(3)
    assert len(v) == 25
    assert xor_cost(v, math.tanh) == xor_cost([Node(number) for number in v]).data


def test_an_engine_is_asked_for_the_cost_and_its_slopes() -> None:
    def uphill(cost, v):
        return cost(v, math.tanh), [1.0] * len(v)

    costs = train_xor(uphill, 0, n_steps=2, learning_rate=0.5)
    moved = [number - 0.5 for number in first_weights(0)]
    assert costs == [xor_cost(first_weights(0), math.tanh), xor_cost(moved, math.tanh)]
