"""Three trainings that look alike from outside."""

import numpy as np

from annkit import data
from annkit.lessons.backpropagation.unseen_bugs import SUSPECTS, train_suspects


def test_all_three_start_alike_and_learn():
    rng = np.random.default_rng(7)
    X, labels = data.moons(80, rng)
    runs = train_suspects(X, labels[:, None].astype(float), rng, n_steps=200)
    assert list(runs) == list(SUSPECTS)
    assert sum(bug is None for bug in SUSPECTS.values()) == 1
    assert len({run.costs[0] for run in runs.values()}) == 1
    for run in runs.values():
        assert len(run.costs) == 5
        assert run.costs[-1] < run.costs[0] / 2
        assert run.accuracy > 0.8
