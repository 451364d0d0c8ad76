"""A right training leaves right traces, whatever its order; every faulty deal leaves others."""

import inspect

import numpy as np
import pytest

from annkit.lessons.backpropagation import faulty_training as faulty
from annkit.lessons.backpropagation import training_traces as traces
from annkit.lessons.backpropagation.slopes import cross_entropy, random_params

DEALS = [
    function
    for name, function in inspect.getmembers(faulty, inspect.isfunction)
    if list(inspect.signature(function).parameters) == ["n", "batch_size", "rng"]
]
# Known by other means than the sizes of the batches in one epoch.
OTHERWISE = (faulty.old_order, faulty.begun_elsewhere)
FAULTY = [deal for deal in DEALS if deal not in (faulty.right_deal, *OTHERWISE)]


def shares(deal, n=10, batch_size=4, n_epochs=1, seed=0):
    rng = np.random.default_rng(seed)
    X, labels, params = traces.unit_vectors(rng, n)
    trained, _ = faulty.train_with(X, labels, params, 1e-6, n_epochs, batch_size, rng, deal=deal)
    return traces.shares(X, labels, params, 1e-6, trained)


@pytest.mark.parametrize("seed", range(3))
def test_shares_tell_the_batches(seed):
    found = shares(faulty.right_deal, seed=seed)
    np.testing.assert_allclose(np.sort(found), [0.25] * 8 + [0.5] * 2, rtol=1e-4)
    assert traces.fault_of_a_deal(found, 1, 4) == ""


@pytest.mark.parametrize("deal", FAULTY)
def test_a_faulty_deal_is_seen_in_one_epoch(deal):
    found = traces.fault_of_a_deal(shares(deal), 1, 4)
    assert not isinstance(found, str)


@pytest.mark.parametrize("seed", range(3))
def test_old_neighbours_are_seen_where_a_last_batch_shows_them(seed):
    n, batch_size = traces.FOR_NEIGHBOURS
    for deal, fault in ((faulty.begun_elsewhere, "old neighbours"), (faulty.right_deal, "")):
        found = shares(deal, n, batch_size, seed=seed)
        assert traces.fault_of_a_deal(found, 1, batch_size) == fault


def test_an_old_order_is_seen_in_many_epochs():
    many = {"n": 21, "batch_size": 10, "n_epochs": 12}
    assert traces.fault_of_a_deal(shares(faulty.right_deal, **many), 12, 10) == ""
    found = traces.fault_of_a_deal(shares(faulty.old_order, **many), 12, 10)
    assert found[:2] == [1, True]


def test_rows_that_follow_others_have_no_share():
    X, labels, params = traces.unit_vectors(np.random.default_rng(0), 5)
    moved = [(params[0][0] + np.random.default_rng(1).normal(size=(5, 3)), params[0][1])]
    found = traces.shares(X, labels, params, 0.1, moved)
    assert np.isnan(found).all()
    assert isinstance(traces.fault_of_a_deal(found, 1, 4), str)


def one_batch(seed=0, scale=1.0):
    rng = np.random.default_rng(seed)
    X, params = rng.normal(size=(6, 3)) * scale, random_params(rng, 3, 4, 2)
    return X, np.arange(6) % 2, params, 0.3, 2, 6


@pytest.mark.parametrize("entry", [None, lambda costs, *_: np.mean(costs)])
def test_what_is_foretold_comes_true(entry):
    X, labels, params, rate, n_epochs, size = given = one_batch()
    rng = np.random.default_rng(0)
    trained, history = faulty.train_with(X, labels, params, rate, n_epochs, size, rng, entry=entry)
    assert traces.fault_foretold(given, trained, np.array(history)) == ""


def test_of_copies_any_order_is_foretold():
    X, _, params, *_ = one_batch()
    X, labels = np.tile(X[0], (5, 1)), np.ones(5, int)
    given = X, labels, params, 0.3, 2, 2
    for entry in (None, lambda costs, sizes, params: cross_entropy(X, labels, params)):
        trained, history = faulty.train_with(*given, np.random.default_rng(0), entry=entry)
        assert traces.fault_foretold(given, trained, np.array(history)) == ""


def test_faults_in_the_history_are_kept_apart():
    given = one_batch(scale=300)
    X, labels, start, *_ = given
    steps = list(traces.foretold(*given))
    capped = list(traces.capped_costs(X, labels, steps))[20][1:]
    right = traces.costs_along(X, labels, steps)[1:]
    assert traces.fault_foretold(given, steps[-1], np.array(capped)) == "capped"
    assert traces.fault_foretold(given, steps[-1], np.array([np.inf, 1.0])) == "not finite"
    np.testing.assert_allclose(traces.fault_foretold(given, steps[-1], np.ones(2)), 1)
    assert traces.fault_foretold(given, start, np.array(right)) == "other steps"


def test_the_library_gives_the_slopes():
    X, labels, params, *_ = one_batch()
    cost, grads = faulty.classifier_slopes(X, labels, params)
    assert cost == pytest.approx(cross_entropy(X, labels, params))
    lower = faulty.moved(params, grads, 0.01)
    assert cross_entropy(X, labels, lower) < cost
