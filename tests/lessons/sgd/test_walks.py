"""Walks on small costs: the costs are what they say, and every example gets its turn."""

from itertools import islice
from typing import Any

import numpy as np
import pytest

from annkit.lessons.sgd.walks import LeastSquares, dealt, drawn, many_walks, stays_below, walk
from annkit.nn import SGD, Adam, Momentum, RMSProp
from annkit.nn.optimisers import Optimiser
from annkit.nn.schedules import cosine


@pytest.fixture
def problem() -> LeastSquares:
    rng = np.random.default_rng(0)
    return LeastSquares(rng.normal(size=(12, 3)), rng.normal(size=12))


def test_the_gradient_is_the_slope_of_the_cost(problem: LeastSquares) -> None:
    w, h = np.array([0.3, -1.0, 2.0]), 1e-6
    slopes = [(problem.cost(w + h * e) - problem.cost(w - h * e)) / (2 * h) for e in np.eye(3)]
    np.testing.assert_allclose(problem.gradient(w), slopes, rtol=1e-6)


def test_a_full_gradient_is_the_mean_of_those_of_single_examples(problem: LeastSquares) -> None:
    w = np.array([1.0, 0.5, -0.5])
    single = [problem.gradient(w, [i]) for i in range(12)]
    np.testing.assert_allclose(np.mean(single, axis=0), problem.gradient(w))


def test_a_batch_of_the_noise_scale_errs_by_as_much_as_the_gradient_is_long() -> None:
    line = LeastSquares([[1.0], [1.0]], [-1.0, 3.0])  # at 0 the gradients are 1 and −3
    assert line.noise_scale(np.zeros(1)) == 4.0  # mean −1, mean square about it 4


def test_excess_is_the_cost_above_the_lowest_along_a_whole_path(problem: LeastSquares) -> None:
    path = np.random.default_rng(1).normal(size=(5, 3))
    above = problem.cost(path) - problem.cost(problem.best)
    np.testing.assert_allclose(problem.excess(path), above)
    assert (above > 0).all()


def test_dealt_rows_come_once_per_epoch_in_a_new_order() -> None:
    batches = list(islice(dealt(10, 4, np.random.default_rng(0)), 6))
    assert [len(rows) for rows in batches] == [4, 4, 2, 4, 4, 2]
    first, second = np.concatenate(batches[:3]), np.concatenate(batches[3:])
    assert sorted(first) == sorted(second) == list(range(10))
    assert not np.array_equal(first, second)


def test_drawn_rows_may_repeat() -> None:
    rows = np.concatenate(list(islice(drawn(5, 5, np.random.default_rng(0)), 20)))
    assert set(rows) == set(range(5))
    assert len(set(np.bincount(rows))) > 1


def test_with_all_rows_the_walk_is_plain_gradient_descent(problem: LeastSquares) -> None:
    path = walk(
        problem.gradient, [0, 0, 0], n=12, batch_size=12, n_steps=4, learning_rate=0.3,
        rng=np.random.default_rng(0),
    )  # fmt: skip
    w = np.zeros(3)
    for place in path[1:]:
        w = w - 0.3 * problem.gradient(w)
        np.testing.assert_allclose(place, w)


def test_schedule_and_optimiser_are_used() -> None:
    def uphill_everywhere(w: np.ndarray, rows: object) -> np.ndarray:
        return np.ones(1)

    rng = np.random.default_rng(0)
    rates = np.diff(
        -walk(
            uphill_everywhere, [0.0], n=1, batch_size=1, n_steps=4, learning_rate=1.0,
            optimiser=SGD(), schedule=cosine, rng=rng,
        )[:, 0]
    )  # fmt: skip
    np.testing.assert_allclose(rates, [cosine(step, 4, 1.0) for step in range(4)])
    rolling = walk(
        uphill_everywhere, [0.0], n=1, batch_size=1, n_steps=3, learning_rate=1.0,
        optimiser=Momentum(0.9), rng=rng,
    )  # fmt: skip
    np.testing.assert_allclose(np.diff(rolling[:, 0]), [-1, -1.9, -2.71])


def test_a_walk_that_blows_up_ends_at_infinity_without_a_warning(problem: LeastSquares) -> None:
    path = walk(
        problem.gradient, [1, 1, 1], n=12, batch_size=1, n_steps=3000, learning_rate=50.0,
        rng=np.random.default_rng(0),
    )  # fmt: skip
    assert problem.excess(path[-1]) == np.inf
    assert np.isfinite(problem.excess(path[0]))


def test_many_walks_are_single_walks_side_by_side(problem: LeastSquares) -> None:
    settings: Any = {"batch_size": 12, "n_steps": 5, "learning_rate": 0.1}
    single = walk(problem.gradient, np.zeros(3), n=12, rng=np.random.default_rng(0), **settings)
    many = many_walks(problem, np.zeros(3), runs=2, rng=np.random.default_rng(0), **settings)
    np.testing.assert_allclose(many, single[:, None].repeat(2, axis=1))


@pytest.mark.parametrize("optimiser", [SGD, Momentum, RMSProp, Adam])
def test_each_of_many_walks_has_a_rate_and_a_memory_of_its_own(
    problem: LeastSquares, optimiser: type[Optimiser]
) -> None:
    settings: Any = {"batch_size": 12, "n_steps": 5, "schedule": cosine}
    rates = [0.1, 0.3]
    many = many_walks(
        problem, np.zeros(3), learning_rate=np.array(rates)[:, None], optimiser=optimiser(), runs=2,
        rng=np.random.default_rng(0), **settings,
    )  # fmt: skip
    for place, rate in enumerate(rates):
        single = walk(
            problem.gradient, np.zeros(3), n=12, learning_rate=rate, optimiser=optimiser(),
            rng=np.random.default_rng(0), **settings,
        )  # fmt: skip
        np.testing.assert_allclose(many[:, place], single)


def test_many_walks_deal_every_example_once_in_orders_of_their_own() -> None:
    counted = LeastSquares(np.eye(6), np.zeros(6))  # a step shrinks the weight of its example
    settings: Any = {"batch_size": 2, "n_steps": 3, "learning_rate": 1.0, "runs": 40}
    path = many_walks(counted, np.ones(6), rng=np.random.default_rng(0), **settings)
    np.testing.assert_allclose(path[-1], 0.5)  # half of it, batches of two
    assert len({tuple(row) for row in path[1]}) > 10


def test_staying_below_is_more_than_a_first_dip() -> None:
    values = np.array([[9.0, 9.0, 9.0], [0.0, 9.0, 0.0], [9.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    found = stays_below(values, 1.0, 2)
    assert found.tolist() == [np.inf, 2, 1]
