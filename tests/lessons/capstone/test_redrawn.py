"""Redrawn digits are still read by an honest reader, and no longer found in the data set."""

import numpy as np
import pytest

from annkit.arguments import Array
from annkit.data import digits
from annkit.lessons.capstone.reader import Reader
from annkit.lessons.capstone.redrawn import redrawn

N_TEST = 360


def found(pictures: Array, labels: Array, X: Array) -> Array:
    """The labels of the most similar of some pictures, one for each row of X."""
    gaps = (pictures**2).sum(axis=1) - 2 * X @ pictures.T
    return np.asarray(labels[gaps.argmin(axis=1)])


@pytest.mark.parametrize("seed", [0, 1])
def test_nobody_looks_a_picture_up_by_its_sorted_pixels(seed: int) -> None:
    (X, labels), rng = digits(), np.random.default_rng(seed)
    test = rng.permutation(len(X))[:N_TEST]
    plain = X[test][:, rng.permutation(64)]
    asked = redrawn(X, labels, rng)[test][:, rng.permutation(64)]
    book = np.sort(X, axis=1)
    assert np.mean(found(book, labels, np.sort(plain, axis=1)) == labels[test]) > 0.99
    assert np.mean(found(book, labels, np.sort(asked, axis=1)) == labels[test]) < 0.4
    # nor by what no order changes at all
    totals = [np.column_stack([Z.sum(axis=1), (Z**2).sum(axis=1)]) for Z in (X, asked)]
    assert np.mean(found(totals[0], labels, totals[1]) == labels[test]) < 0.4


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_an_honest_reader_reads_them_as_before(seed: int) -> None:
    (X, labels), rng = digits(), np.random.default_rng(seed)
    X = redrawn(X, labels, rng)
    assert X.shape == (1797, 64)
    assert X.min() >= 0
    assert X.max() <= 1
    order = rng.permutation(len(X))
    test, train = order[:N_TEST], order[N_TEST:]
    reader = Reader([64, 64, 10], rng).fit(X[train], labels[train], 0.15, 60, 16, rng)
    # 0.978 ± 0.008 for 360 pictures: three standard errors below
    assert np.mean(reader.predict(X[test]) == labels[test]) > 0.954


def test_chance_is_that_of_the_generator() -> None:
    X, labels = digits()
    one, again = (redrawn(X[:50], labels[:50], np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, redrawn(X[:50], labels[:50], np.random.default_rng(4)))
