"""The contestants of the training benchmark train the same network."""

import numpy as np
import pytest

from benchmarks.networks import numpy_contestants
from benchmarks.networks.problems import Problem, problems


def small(n_out: int, batch_size: int) -> Problem:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, 5)).astype(np.float32)
    labels = rng.integers(0, max(n_out, 2), 40)
    return Problem("small", (5, 6, 4, n_out), X, labels, batch_size, n_epochs=3)


@pytest.mark.parametrize("n_out", [1, 3])
@pytest.mark.parametrize("batch_size", [16, 40])
def test_all_numpy_contestants_reach_the_same_cost(n_out: int, batch_size: int) -> None:
    problem = small(n_out, batch_size)
    expected = numpy_contestants.ours(problem)()
    for contestant in (numpy_contestants.plain, numpy_contestants.textbook):
        assert contestant(problem)() == pytest.approx(expected, rel=1e-4)


def test_the_libraries_and_the_products_run() -> None:
    from benchmarks.networks import library_contestants  # a second to load

    problem = small(3, 16)
    assert np.isfinite(library_contestants.scikit_learn(problem)())
    assert np.isnan(numpy_contestants.products(problem)())


@pytest.mark.slow
def test_the_columns_of_the_table() -> None:
    assert [p.name.split(",")[0] for p in problems()] == 2 * ["toy"] + 3 * ["digits"] + 3 * [
        "large"
    ]
    assert all(p.X.dtype == np.float32 and p.sizes[0] == p.X.shape[1] for p in problems())
