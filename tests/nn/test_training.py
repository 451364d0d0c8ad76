"""`fit`: it learns, it stops when told, and it says what is wrong with its arguments."""

from typing import Any

import numpy as np
import pytest

from annkit import data
from annkit.nn import Adam, DivergedError, History, Network


def moons(n: int = 200) -> tuple[np.ndarray, np.ndarray]:
    return data.moons(n, np.random.default_rng(0))


def trained(seed: int = 1, **settings: Any) -> tuple[Network, History]:
    """A small network after a few epochs on the moons."""
    network = Network([2, 8, 2], "tanh", dtype=settings.pop("dtype", float), rng=rng_of(0))
    X, y = settings.pop("examples", moons())
    return network, network.fit(X, y, **{"n_epochs": 10, "rng": rng_of(seed), **settings})


def rng_of(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("optimiser", ["sgd", "momentum", "rmsprop", "adam"])
def test_every_optimiser_learns_the_moons(optimiser: str) -> None:
    X, y = moons()
    network = Network([2, 16, 2], "tanh", rng=rng_of(0))
    rate = {"sgd": 0.5, "momentum": 0.1}.get(optimiser, 0.02)
    network.fit(X, y, n_epochs=60, learning_rate=rate, optimiser=optimiser, rng=rng_of(1))
    assert network.score(X, y) > 0.97


def test_xor_with_a_single_sigmoid() -> None:
    X, y = data.gates()["XOR"]
    network = Network([2, 4, 1], "tanh", "sigmoid", rng=rng_of(0))
    network.fit(X, y, n_epochs=500, learning_rate=1.0, rng=rng_of(0))
    np.testing.assert_array_equal(network.predict(X), y)


def test_a_regression_learns_what_a_line_cannot() -> None:
    rng = rng_of(0)
    X = rng.uniform(-2, 2, (200, 1))
    network = Network([1, 20, 1], "relu", "identity", rng=rng)
    network.fit(X, X**2, n_epochs=100, learning_rate=0.01, optimiser="adam", rng=rng)
    assert network.score(X, X**2) > 0.99


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_same_seed_gives_the_same_bits(dtype: type) -> None:
    settings: dict[str, Any] = {"dropout": 0.2, "l2": 0.01, "dtype": dtype, "optimiser": "adam"}
    (one, first), (two, second) = trained(**settings), trained(**settings)
    assert one.flat.tobytes() == two.flat.tobytes()
    assert first.cost == second.cost
    assert trained(seed=2, **settings)[0].flat.tobytes() != one.flat.tobytes()
    assert one.flat.dtype == one.predict_proba(moons()[0]).dtype == dtype


def test_a_full_batch_does_not_care_about_the_order_of_examples() -> None:
    X, y = moons()
    order = rng_of(3).permutation(len(X))
    one, first = trained(batch_size=200)
    two, second = trained(batch_size=200, examples=(X[order], y[order]))
    np.testing.assert_allclose(one.flat, two.flat, rtol=1e-10)
    np.testing.assert_allclose(first.cost, second.cost, rtol=1e-12)


def test_the_data_are_not_changed() -> None:
    X, y = moons()
    X_before, y_before = X.copy(), y.copy()
    trained(examples=(X, y), dropout=0.5, l2=0.1)
    np.testing.assert_array_equal(X, X_before)
    np.testing.assert_array_equal(y, y_before)


def test_an_interrupt_ends_training_and_keeps_what_was_learned() -> None:
    def interrupt(_: Network, history: History) -> None:
        if len(history) == 4:
            raise KeyboardInterrupt

    network, history = trained(on_epoch=interrupt)
    assert len(history) == 4
    assert "interrupted in epoch 5" in history.stopped
    np.testing.assert_array_equal(network.flat, trained(n_epochs=4)[0].flat)


def test_whoever_watches_may_end_the_training() -> None:
    _, history = trained(on_epoch=lambda _, history: len(history) == 3)
    assert len(history) == 3
    assert history.stopped == "on_epoch said so"


def test_a_diverging_training_says_where_and_why_and_steps_back() -> None:
    X, y = data.houses(100, rng_of(0))
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    network = Network([4, 8, 1], "relu", "identity", rng=rng_of(0))
    with pytest.raises(DivergedError, match=r"learning rate 5 is past the edge; try 0\.5") as info:
        network.fit(X, y[:, None], learning_rate=5.0, rng=rng_of(0))
    assert str(info.value).startswith(f"epoch {len(info.value.history or []) + 1}, layer ")
    assert np.isfinite(network.flat).all()


def test_weights_that_overflow_in_the_very_last_step_are_noticed() -> None:
    X, y = moons(4)
    network = Network([2, 2], rng=rng_of(0))
    with pytest.raises(DivergedError, match="layer 1: its weights are no longer finite"):
        network.fit(X, y, n_epochs=1, learning_rate=1.7e308, l2=1e10, rng=rng_of(0))
    assert np.isfinite(network.flat).all()


def test_dropout_is_for_training_only() -> None:
    network, _ = trained(dropout=0.5)
    X, _ = moons()
    np.testing.assert_array_equal(network.forward(X), network.forward(X))


def test_l2_keeps_the_weights_smaller() -> None:
    sizes = [np.sum(trained(l2=l2, n_epochs=40)[0].params[0][0] ** 2) for l2 in (0, 0.03)]
    assert sizes[1] < 0.7 * sizes[0]


def test_a_limit_on_the_gradient_limits_the_step() -> None:
    network, _ = trained(n_epochs=1, batch_size=200, learning_rate=0.7, max_norm=0.01)
    start = Network([2, 8, 2], "tanh", rng=rng_of(0))
    assert np.linalg.norm(network.flat - start.flat) == pytest.approx(0.007)


def test_a_schedule_is_asked_before_every_step() -> None:
    asked = []

    def halving(step: int, n_steps: int, base: float) -> float:
        asked.append((step, n_steps))
        return base * 0.5**step

    _, history = trained(n_epochs=3, batch_size=100, learning_rate=0.8, schedule=halving)
    assert asked == [(step, 6) for step in range(6)]
    assert history.learning_rate == [0.4, 0.1, 0.025]
    _, history = trained(n_epochs=3, batch_size=200, schedule="cosine")
    np.testing.assert_allclose(history.learning_rate, [0.1, 0.075, 0.025])


def test_an_optimiser_object_starts_anew_with_every_fit() -> None:
    optimiser = Adam(beta1=0.5)
    one, _ = trained(optimiser=optimiser)
    two, _ = trained(optimiser=optimiser)
    np.testing.assert_array_equal(one.flat, two.flat)


def test_few_examples_need_no_batch_size() -> None:
    X, y = data.gates()["AND"]
    history = Network([2, 2], rng=rng_of(0)).fit(X, y, n_epochs=2, rng=rng_of(0))
    assert len(history) == 2


X4, Y4 = np.ones((4, 2)), np.array([0, 1, 0, 1])


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"X": np.ones(2)}, ValueError, r"X: expected \(batch, 2\), got \(2,\) — one example"),
        ({"X": np.ones((2, 4))}, ValueError, "is it transposed"),
        ({"X": np.ones((4, 3))}, ValueError, "built for 2 inputs"),
        ({"X": np.ones((4, 1, 2))}, ValueError, "reshape"),
        ({"X": np.ones((4, 2), int)}, TypeError, r"X\.astype\(float\)"),
        ({"X": np.ones((4, 2), object)}, TypeError, "Python objects"),
        ({"X": np.ones((0, 2)), "y": Y4[:0]}, ValueError, "empty data"),
        ({"X": X4 * [1, np.nan]}, ValueError, "got nan in row 0, column 1"),
        ({"y": Y4 + 1}, ValueError, "labels: expected 0 … 1, got 2 — do they count from 1"),
        ({"y": Y4 + 5}, ValueError, "got 5 — the network has 2 output units"),
        ({"y": Y4 - 1}, ValueError, "got -1"),
        ({"y": Y4.astype(float)}, TypeError, "expected integers 0 … 1, got float64"),
        ({"y": np.eye(2)[Y4]}, ValueError, "one-hot"),
        ({"y": Y4[:, None]}, ValueError, "ravel"),
        ({"y": Y4.astype(object)}, TypeError, "dtype object"),
        ({"y": Y4[:3]}, ValueError, "4 rows like X"),
        ({"y": Y4 * 0}, ValueError, "at least two classes, got only class 0, 4 times"),
        ({"batch_size": 5}, ValueError, "batch_size: expected at most 4, got 5"),
        ({"batch_size": 0}, ValueError, "at least 1, got 0"),
        ({"batch_size": 2.0}, TypeError, "whole number"),
        ({"n_epochs": -1}, ValueError, "n_epochs: expected at least 1"),
        ({"learning_rate": -0.1}, ValueError, "learning_rate: expected a number of at least 0"),
        ({"learning_rate": "fast"}, TypeError, "learning_rate"),
        ({"dropout": 1.0}, ValueError, "at least 0 and below 1"),
        ({"l2": -1}, ValueError, "l2"),
        ({"max_norm": np.nan}, ValueError, "max_norm"),
        ({"optimiser": "adamw"}, ValueError, "one of sgd, momentum, rmsprop, adam, got 'adamw'"),
        ({"schedule": "linear"}, ValueError, "schedule: expected one of constant"),
        ({"patience": 3}, ValueError, r"pass validation=\(X, y\)"),
        ({"rng": 0}, TypeError, r"default_rng\(0\)"),
    ],
)
def test_what_does_not_fit_is_said_in_words(
    changed: dict[str, Any], error: type[Exception], message: str
) -> None:
    network = Network([2, 3, 2], rng=rng_of(0))
    before = network.flat.copy()
    with pytest.raises(error, match=message):
        network.fit(**{"X": X4, "y": Y4, "rng": rng_of(0), **changed})
    np.testing.assert_array_equal(network.flat, before)


def test_a_step_has_no_slope_to_follow() -> None:
    network = Network([2, 2, 1], "step", "step", rng=rng_of(0))
    with pytest.raises(ValueError, match="derivative 0"):
        network.fit(X4, np.ones((4, 1)), rng=rng_of(0))


def test_regression_targets_are_a_column() -> None:
    network = Network([2, 1], output="identity", rng=rng_of(0))
    with pytest.raises(ValueError, match=r"y: expected \(batch, 1\), got \(4,\) — write y\[:, No"):
        network.fit(X4, np.ones(4), rng=rng_of(0))
