"""The experiments of chapter 11: examples, verdicts, signals, rates, jumps, leaks."""

from dataclasses import replace

import numpy as np
import pytest

from annkit import data
from annkit.lessons.practice.drawn_examples import (
    MISLABELLED,
    digit_splits,
    draw,
    in_three,
    mislabel,
    noisy_clouds,
    noisy_rings,
    standardised,
)
from annkit.lessons.practice.leakage import best_inputs, coin_tosses, only
from annkit.lessons.practice.rates import N_STEPS, chosen_rate, range_test
from annkit.lessons.practice.shifts import jumps
from annkit.lessons.practice.signal_sizes import signal_sizes
from annkit.lessons.practice.stacked import Recipe, train_runs
from annkit.lessons.practice.trials import (
    against,
    compare,
    kept_epochs,
    right_and_silent,
    stopped_early,
    treated,
)

RECIPE = Recipe((2, 8, 3), learning_rate=0.3, batch_size=10, n_epochs=5)


def spirals(n: int, seed: int):
    return draw(data.spirals, 4, n, np.random.default_rng(seed))


def test_every_run_has_examples_of_its_own() -> None:
    X, labels = draw(data.circles, 3, 20, np.random.default_rng(0), noise=0.1)
    assert X.shape == (3, 20, 2)
    assert labels.shape == (3, 20)
    assert not np.array_equal(X[0], X[1])


def test_one_label_in_ten_is_wrong_and_none_of_those_is_right() -> None:
    labels = np.arange(30_000) % 3
    changed = mislabel(labels, 3, np.random.default_rng(0))
    assert np.mean(changed != labels) == pytest.approx(MISLABELLED, abs=0.006)
    assert set(changed) == {0, 1, 2}


def test_useless_inputs_say_nothing_about_the_class() -> None:
    X, labels = noisy_clouds(20_000, 4, np.random.default_rng(0))
    means = np.array([X[labels == c].mean(axis=0) for c in range(3)])
    assert np.ptp(means[:, :2], axis=0).min() > 0.5
    assert np.ptp(means[:, 2:], axis=0).max() < 0.06


def test_the_inner_ring_is_one_class_but_for_one_label_in_ten() -> None:
    training, validation, test = in_three(noisy_rings, 2, (30, 20, 3000), np.random.default_rng(0))
    assert [labels.shape for _, labels in (training, validation, test)] == [
        (2, 30),
        (2, 20),
        (2, 3000),
    ]
    X, labels = test
    inside = np.linalg.norm(X, axis=2) < 0.75  # half way between both radii
    assert np.mean(inside == labels) == pytest.approx(0.9 * 0.95, abs=0.05)


def test_digits_are_split_anew_for_every_run_and_scaled_by_the_training_part() -> None:
    (X, labels), (X_new, _) = digit_splits(2, 50, 40, np.random.default_rng(0))
    assert (X.shape, labels.shape, X_new.shape) == ((2, 50, 64), (2, 50), (2, 40, 64))
    assert X.max() == 16
    assert not np.array_equal(labels[0], labels[1])
    scaled, other = standardised(X, X_new)
    np.testing.assert_allclose(scaled.mean(axis=1), 0, atol=1e-12)
    moving = X.std(axis=1) > 0
    np.testing.assert_allclose(scaled.std(axis=1)[moving], 1)
    mean, sd = X[1].mean(axis=0), X[1].std(axis=0)
    expected = (X_new[1] - mean)[:, moving[1]] / sd[moving[1]]
    np.testing.assert_allclose(other[1][:, moving[1]], expected)


def test_runs_better_and_worse_are_counted_and_a_runaway_is_right_about_nothing() -> None:
    verdict = against(np.array([0.9, 0.5, np.nan]), np.ones(3), np.array([0.8, 0.5, 0.1]))
    assert (verdict.better, verdict.worse, verdict.score) == (1, 1, "1 : 1")
    assert verdict.right == pytest.approx(1.4 / 3)


def test_variants_start_from_the_same_weights() -> None:
    found = compare({"a": RECIPE, "again": RECIPE}, spirals(30, 0), spirals(40, 1))
    assert found["a"] == found["again"]
    assert found["a"].score == "0 : 0"


def test_the_epoch_kept_is_the_best_before_patience_ran_out() -> None:
    rows = [5, 3, 4, 2.5, 2.5, 2.8, 1], [1, 2, 3, 4, 5, 6, 7], [3, 3, 3, 2, 9, 9, np.nan]
    costs = np.array(rows)
    assert kept_epochs(costs.T, 2).tolist() == [3, 0, 0]
    assert kept_epochs(costs.T, 3).tolist() == [6, 0, 3]


def test_with_endless_patience_early_stopping_keeps_the_best_epoch_of_all() -> None:
    recipe, examples, new = replace(RECIPE, n_epochs=8), spirals(30, 0), spirals(60, 1)
    diary = train_runs(recipe, examples, new, np.random.default_rng(0))
    patient, hasty = (stopped_early(diary, diary, patience) for patience in (100, 1))
    assert patient.cost == pytest.approx(diary.valid_cost.min(axis=0).mean())
    assert patient.cost <= hasty.cost


def test_remedies_are_judged_by_examples_that_decided_nothing() -> None:
    recipe = replace(RECIPE, n_epochs=3)
    parts = spirals(30, 0), spirals(20, 1), spirals(40, 2)
    found = treated(recipe, {"L2": {"l2": 0.1}}, parts, 2)
    assert list(found) == ["none", "L2", "early stopping, patience 2"]
    plain = compare({"a": recipe, "b": replace(recipe, l2=0.1)}, parts[0], parts[2])
    assert (found["none"], found["L2"]) == (plain["a"], plain["b"])


def test_units_that_are_silent_at_the_end_are_counted() -> None:
    dead = replace(RECIPE, bias=-100.0, n_epochs=1)
    right, silent = right_and_silent(dead, spirals(30, 0), spirals(40, 1))
    assert right.shape == (4,)
    assert silent == 1
    assert right_and_silent(replace(RECIPE, n_epochs=1), spirals(30, 0), spirals(40, 1))[1] < 0.5


@pytest.mark.parametrize(("hidden", "spread"), [("identity", 1.0), ("relu", 2.0)])
def test_the_right_spread_keeps_the_size_of_a_signal(hidden: str, spread: float) -> None:
    sizes = (64, *[64] * 8, 10)
    z, delta = signal_sizes(Recipe(sizes, hidden, spread), 10, 40, np.random.default_rng(0))
    assert z[7] / z[0] == pytest.approx(1, abs=0.3)
    assert delta[0] / delta[7] == pytest.approx(1, abs=0.3)
    halved, _ = signal_sizes(Recipe(sizes, hidden, spread / 4), 10, 40, np.random.default_rng(0))
    np.testing.assert_allclose(halved, z * 0.5 ** np.arange(1, 10))


def test_the_range_test_climbs_and_its_choice_is_a_third_of_the_lowest() -> None:
    rates, costs = range_test(RECIPE, spirals(30, 0), np.random.default_rng(0))
    np.testing.assert_allclose(rates[1:] / rates[:-1], rates[1] / rates[0])
    assert costs.shape == (N_STEPS, 4)
    places = np.arange(N_STEPS)
    valley = 1 + ((places - 40) / 40.0) ** 2
    assert chosen_rate(rates, valley[:, None])[0] == pytest.approx(rates[40] / 3)


def test_batch_norm_holds_the_means_still_and_jitter_shakes_them() -> None:
    recipe = replace(RECIPE, sizes=(2, *[8] * 4, 3))
    plain, still, shaken = (
        jumps(replace(recipe, **extra), spirals(30, 0), 12, np.random.default_rng(0))
        for extra in ({}, {"batch_norm": True}, {"batch_norm": True, "jitter": 0.3})
    )
    assert still < 0.1 * plain
    assert shaken == pytest.approx(0.3 * 2 / np.sqrt(np.pi), rel=0.25)  # E|x − y| of two draws


def test_the_best_inputs_differ_most_between_the_classes() -> None:
    X, labels = coin_tosses(2, 40, 6, np.random.default_rng(0))
    X[0, :, 4] += 3 * labels[0]
    X[1, :, 1] -= 3 * labels[1]
    assert best_inputs(X, labels, 1).tolist() == [[4], [1]]
    np.testing.assert_array_equal(only(X, np.array([[4, 0], [1, 2]]))[1, :, 0], X[1, :, 1])
