"""The perceptron's steps against its theorem; the nearest mixture against a search."""

import numpy as np
import pytest

from annkit import data
from annkit.lessons.perceptron import learning as perceptron

XOR = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([-1, 1, 1, -1])


def separable(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(40, 3))
    score = X @ np.array([1.0, -2.0, 0.5]) + 0.4
    keep = np.abs(score) > 0.4
    return X[keep], np.where(score[keep] > 0, 1, -1)


@pytest.mark.parametrize("seed", range(5))
def test_it_ends_with_everything_right_and_below_the_bound(seed: int) -> None:
    X, y = separable(seed)
    last = list(perceptron.steps(X, y))[-1]
    assert (y * (X @ last.w + last.b) > 0).all()
    assert 0 < last.n_updates <= perceptron.best_bound(X, y)


def test_each_correction_adds_the_signed_example() -> None:
    X, y = data.fruits()
    signed = perceptron.signed_examples(X, y)
    w_hat = np.zeros(3)
    for step in perceptron.steps(X, y):
        assert step.score == pytest.approx(float(np.append(X[step.example], 1) @ w_hat))
        assert step.wrong == (y[step.example] * step.score <= 0)
        w_hat = w_hat + step.wrong * signed[step.example]
        assert np.append(step.w, step.b) == pytest.approx(w_hat)


def test_the_last_epoch_is_the_only_quiet_one() -> None:
    made = list(perceptron.steps(*data.fruits()))
    wrong = [sum(s.wrong for s in made if s.epoch == e) for e in range(1, made[-1].epoch + 1)]
    assert wrong[-1] == 0
    assert all(wrong[:-1])


def test_xor_returns_to_zero_after_every_epoch() -> None:
    made = perceptron.corrections(*XOR, max_epochs=3)
    assert len(made) == 12
    for step in made[3::4]:
        assert step.w.tolist() == [0, 0]
        assert step.b == 0


def test_the_start_and_the_learning_rate_are_used() -> None:
    first = next(perceptron.steps([[1.0, 2.0]], [-1], w=[3.0, 0.0], b=1.0, learning_rate=0.5))
    assert first.score == 4.0
    assert first.w.tolist() == [2.5, -1.0]
    assert first.b == 0.5


def test_a_caller_s_weights_stay_as_they_were() -> None:
    w = np.ones(2)
    list(perceptron.steps(*data.fruits(), w=w))
    assert w.tolist() == [1, 1]


@pytest.mark.parametrize("seed", range(20))
def test_nearest_mixture_is_optimal(seed: int) -> None:
    rng = np.random.default_rng(seed)
    P = rng.normal(size=(rng.integers(1, 12), rng.integers(2, 5))) + rng.normal() * (seed % 2)
    shares, mixture = perceptron.nearest_mixture(P)
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()
    assert shares @ P == pytest.approx(mixture)
    # no point lies on the near side of the plane through the mixture: nothing can be closer
    assert (P @ mixture >= mixture @ mixture - 1e-8).all()


def test_nearest_mixture_of_xor_is_the_certificate() -> None:
    shares, mixture = perceptron.nearest_mixture(perceptron.signed_examples(*XOR))
    assert mixture == pytest.approx(np.zeros(3), abs=1e-12)
    assert shares == pytest.approx(np.full(4, 0.25))


def test_the_best_bound_is_better_than_any_other() -> None:
    X, y = data.fruits()
    signed = perceptron.signed_examples(X, y)
    best = perceptron.best_bound(X, y)
    rng = np.random.default_rng(0)
    for _ in range(500):
        u = rng.normal(size=3) * [1, 1, 0.2]
        room = (signed @ u).min() / np.linalg.norm(u)
        assert room <= 0 or best <= (signed**2).sum(axis=1).max() / room**2
    assert best == pytest.approx(200.95, abs=0.005)
    assert perceptron.best_bound(*XOR) == np.inf
