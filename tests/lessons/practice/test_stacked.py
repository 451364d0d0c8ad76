"""Stacked networks compute what single ones do, remedies included."""

from dataclasses import replace

import numpy as np
import pytest

from annkit import data, nn
from annkit.lessons.practice.drawn_examples import draw
from annkit.lessons.practice.stacked import (
    Recipe,
    StackedNetworks,
    epoch,
    judge,
    losses,
    one_hot,
    train_runs,
)

RECIPE = Recipe((2, 6, 5, 3), learning_rate=0.2, batch_size=8, n_epochs=4)


@pytest.fixture
def examples():
    return draw(data.spirals, 3, 24, np.random.default_rng(0))


@pytest.mark.parametrize(
    "extra",
    [
        {},
        {"hidden": "tanh", "spread": 1.0},
        {"batch_norm": True},
        {"batch_norm": True, "jitter": 0.3},
        {"dropout": 0.4},
        {"l2": 0.1},
    ],
    ids=str,
)
def test_the_gradient_is_the_slope_of_the_cost(examples, extra) -> None:
    recipe = replace(RECIPE, bias=0.1, **extra)  # at 0 a silenced layer stands on the kink
    networks = StackedNetworks(recipe, 3, np.random.default_rng(1), dtype=np.float64)
    X, labels = examples

    def cost() -> float:
        """Of run 1; the same dropout and jitter every time."""
        weights = sum(float(np.sum(layer.params["W"][1] ** 2)) for layer in networks.layers)
        p = networks.forward(X, np.random.default_rng(2))
        return float(losses(p, one_hot(labels, 3))[1].mean()) + 0.5 * recipe.l2 * weights

    cost()
    networks.backward(one_hot(labels, 3))
    for layer in networks.layers:
        for name, array in layer.params.items():
            place = (1, *(size // 2 for size in array.shape[1:]))
            slope = layer.grads[name][place]
            array[place] += 1e-6
            above = cost()
            array[place] -= 2e-6
            below = cost()
            array[place] += 1e-6
            assert slope == pytest.approx((above - below) / 2e-6, abs=1e-8)


def test_a_run_is_what_the_library_computes(examples) -> None:
    X, labels = examples
    networks = StackedNetworks(RECIPE, 3, np.random.default_rng(1), dtype=np.float64)
    single = nn.Network([2, 6, 5, 3], rng=np.random.default_rng(0))
    single.params = [(layer.params["W"][2], layer.params["b"][2, 0]) for layer in networks.layers]
    cost, share = judge(networks, examples)
    assert cost[2] == pytest.approx(single.cost(X[2], labels[2]))
    assert share[2] == pytest.approx(single.score(X[2], labels[2]))


def test_clipping_shortens_each_run_by_its_own_factor(examples) -> None:
    X, labels = examples
    for limit, is_clipped in ((1e-3, True), (1e3, False)):
        recipe = replace(RECIPE, max_norm=limit)
        networks = StackedNetworks(recipe, 3, np.random.default_rng(1), dtype=np.float64)
        networks.forward(X, np.random.default_rng(0))
        networks.backward(one_hot(labels, 3))
        before = [layer.params["W"].copy() for layer in networks.layers]
        grads = [grad[0] for layer in networks.layers for grad in layer.grads.values()]
        length = np.sqrt(sum(np.sum(grad**2) for grad in grads))
        networks.step()
        factor = limit / length if is_clipped else 1.0
        moved = before[1][0] - networks.layers[1].params["W"][0]
        np.testing.assert_allclose(moved, 0.2 * factor * networks.layers[1].grads["W"][0])


def test_dropout_keeps_the_mean_and_is_absent_when_judged(examples) -> None:
    networks = StackedNetworks(replace(RECIPE, dropout=0.5), 3, np.random.default_rng(1))
    X = np.zeros((3, 5000, 2), np.float32)
    networks.layers[0].params["b"][:] = 1.0
    networks.forward(X, np.random.default_rng(0))
    assert set(np.unique(networks.layers[0].a)) == {0.0, 2.0}
    assert networks.layers[0].a.mean() == pytest.approx(1, abs=0.03)
    networks.forward(X)
    assert (networks.layers[0].a == 1).all()


def test_batch_norm_standardises_the_batch_and_remembers_it() -> None:
    networks = StackedNetworks(replace(RECIPE, batch_norm=True), 2, np.random.default_rng(1))
    X = np.random.default_rng(0).normal(3.0, 2.0, (2, 400, 2)).astype(np.float32)
    for _ in range(80):  # the running mean forgets its start
        networks.forward(X, np.random.default_rng(0))
    u = networks.layers[0].u
    np.testing.assert_allclose(u.mean(axis=1), 0, atol=1e-4)
    np.testing.assert_allclose(u.std(axis=1), 1, atol=1e-2)
    networks.forward(X[:, :1])  # one example, judged by the running mean and not by its own
    np.testing.assert_allclose(networks.layers[0].u[:, 0], u[:, 0], atol=0.01)


def test_a_batch_of_one_tells_batch_norm_nothing() -> None:
    networks = StackedNetworks(replace(RECIPE, batch_norm=True), 2, np.random.default_rng(1))
    X = np.random.default_rng(0).normal(size=(2, 1, 2)).astype(np.float32)
    networks.forward(X, np.random.default_rng(0))
    networks.backward(one_hot(np.zeros((2, 1), int), 3))
    assert (networks.layers[0].u == 0).all()
    assert (networks.layers[0].grads["W"] == 0).all()


def test_an_epoch_uses_every_example_once_in_a_new_order(examples) -> None:
    seen = []

    class Watched(StackedNetworks):
        def backward(self, targets):
            seen.append(self.layers[0].x[0, :, 0])
            super().backward(targets)

    networks = Watched(RECIPE, 3, np.random.default_rng(1), dtype=np.float64)
    epoch(networks, examples, np.random.default_rng(0))
    order = np.concatenate(seen)
    assert [len(batch) for batch in seen] == [8, 8, 8]
    assert sorted(order) == sorted(examples[0][0, :, 0])
    assert not np.array_equal(order, examples[0][0, :, 0])


def test_training_repeats_and_is_not_changed_by_who_judges(examples) -> None:
    once, again = (
        train_runs(RECIPE, examples, (X, labels), np.random.default_rng(5))
        for X, labels in (examples, (examples[0][:, :6], examples[1][:, :6]))
    )
    np.testing.assert_array_equal(once.cost, again.cost)
    assert once.cost.shape == (4, 3)
    assert again.valid.shape == (4, 3)


def test_a_run_that_left_the_range_of_floats_says_nan(examples) -> None:
    wild = replace(RECIPE, learning_rate=1e30, n_epochs=3)
    diary = train_runs(wild, examples, examples, np.random.default_rng(0))
    ran_away = np.isnan(diary.cost).any(axis=0)
    assert ran_away.any()
    assert np.isnan(diary.valid[-1])[ran_away].all()
