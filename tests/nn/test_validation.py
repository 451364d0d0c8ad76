"""Early stopping: when it stops, what it keeps, and that it looks at validation data only."""

import numpy as np
import pytest

from annkit import data
from annkit.nn import History, Network
from annkit.nn.validation import Validation


class Actor:
    """Plays a network whose validation costs are known in advance."""

    def __init__(self, costs: list[float]) -> None:
        self.costs = iter(costs)
        self.flat = np.zeros(1)

    def cost(self, X: np.ndarray, y: np.ndarray) -> float:
        """The next line of the script."""
        return next(self.costs)

    def score(self, X: np.ndarray, y: np.ndarray) -> float:
        """No matter."""
        return 0.5


@pytest.mark.parametrize(
    ("costs", "patience", "n_epochs", "best"),
    [
        ([5, 4, 3, 2, 1], 1, 5, 4),
        ([5, 4, 4, 4, 1], 2, 4, 1),  # ties keep the earliest and are no improvement
        ([5, 4, 6, 3, 7, 8, 1], 2, 6, 3),
        ([1, 2, 3], 5, 3, 0),
        ([np.inf, np.nan, 2, 3], 1, 4, 2),
    ],
)
def test_patience(costs: list[float], patience: int, n_epochs: int, best: int) -> None:
    judge = Validation((np.zeros(1), np.zeros(1)), patience)
    actor, history = Actor(costs), History()
    for epoch in range(len(costs)):
        actor.flat[:] = epoch
        history.cost.append(0.0)
        if judge.judge(actor, history):  # type: ignore[arg-type]
            break
    assert len(history) == n_epochs
    assert history.best_epoch == best
    judge.restore_best(actor)  # type: ignore[arg-type]
    assert actor.flat[0] == best
    assert history.validation_cost == pytest.approx(costs[:n_epochs], nan_ok=True)


def test_fit_returns_the_best_parameters_it_saw() -> None:
    rng = np.random.default_rng(0)
    X, y = data.moons(30, rng, noise=0.4)
    judged_by = data.moons(200, rng, noise=0.4)
    network = Network([2, 30, 2], "relu", rng=rng)
    history = network.fit(
        X, y, n_epochs=400, learning_rate=0.3, validation=judged_by, patience=15, rng=rng
    )
    assert len(history) < 400
    assert "no better validation cost for 15 epochs" in history.stopped
    assert history.best_epoch == int(np.argmin(history.validation_cost)) == len(history) - 16
    assert network.cost(*judged_by) == min(history.validation_cost)
    assert network.score(*judged_by) == history.validation_score[history.best_epoch]


def test_without_patience_validation_only_watches() -> None:
    X, y = data.moons(50, np.random.default_rng(0))
    networks = [Network([2, 4, 2], rng=np.random.default_rng(1)) for _ in range(2)]
    for network, validation in zip(networks, [None, (X, y)], strict=True):
        history = network.fit(X, y, n_epochs=5, validation=validation, rng=np.random.default_rng(2))
    np.testing.assert_array_equal(networks[0].flat, networks[1].flat)
    assert len(history.validation_cost) == 5
    assert history.best_epoch is None
