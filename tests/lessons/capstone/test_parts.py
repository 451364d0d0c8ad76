"""What stands in for a learner's parts does what the exercises ask of them."""

import numpy as np
import pytest

from annkit import data
from annkit.exercises import course, judge
from annkit.lessons.capstone import parts
from annkit.lessons.capstone.calibration import Bin, bins, reliability
from annkit.lessons.capstone.many_splits import accuracies, block_by_block, trial
from annkit.lessons.capstone.pictures import learning_curve, row_of_digits
from annkit.lessons.capstone.reader import Reader

STAND_INS = {
    "minibatches": parts.minibatches,
    "classifier_gradients": parts.classifier_gradients,
    "sgd_step": parts.sgd_step,
    "confusion_matrix": parts.confusion_matrix,
    "house_model": parts.house_model,
}


@pytest.mark.parametrize("id", STAND_INS)
def test_a_stand_in_passes_the_exercise(id):
    report = judge(course().load(id), STAND_INS[id], 5)
    assert report.passed, report.message


def test_the_reader_passes_all_of_mlp_but_copies_of_one_example():
    # The library refuses labels of a single class; that check trains on nothing else.
    report = judge(course().load("mlp"), Reader, 5)
    failed = [check.label for check in report.checks if not check.passed]
    assert failed == ["one step per batch, each from where the last one ended"]
    assert "at least two classes" in report.message


def test_first_weights_have_their_shapes_and_their_spread():
    params = parts.init_params([400, 300, 10], np.random.default_rng(0))
    assert [(W.shape, b.shape) for W, b in params] == [((400, 300), (300,)), ((300, 10), (10,))]
    assert not any(b.any() for _, b in params)
    np.testing.assert_allclose(params[0][0].var(), 2 / 400, rtol=0.02)


def test_a_training_that_runs_away_still_answers():
    X, labels = data.digits()
    reader = Reader([64, 16, 10], np.random.default_rng(0)).fit(
        1e6 * X, labels, 1e6, 2, 32, np.random.default_rng(0)
    )
    assert reader.predict(X[:5]).shape == (5,)


class Memory:
    """A model that knows what it has seen, and says 0 otherwise."""

    def __init__(self, X, labels):
        self.known = {tuple(x): label for x, label in zip(X, labels, strict=True)}

    def predict(self, X):
        """Labels of known rows; 0 for others."""
        return np.array([self.known.get(tuple(x), 0) for x in X])


def test_a_trial_keeps_its_test_apart():
    X, labels = np.arange(200.0).reshape(100, 2), np.arange(100) % 2 + 1
    one = trial(lambda X, y, rng: Memory(X, y), X, labels, 0)
    assert (one.accuracy, one.on_training, len(one.X)) == (0, 1, 20)
    few = trial(lambda X, y, rng: Memory(X, y), X, labels, 0, n_train=7)
    assert len(few.model.known) == 7
    assert accuracies(lambda X, y, rng: Memory(X, y), X, labels, range(3)).tolist() == [0, 0, 0]


def test_block_by_block_tests_each_row_once_and_never_on_itself():
    X, labels = np.arange(46.0).reshape(23, 2), np.ones(23, dtype=int)
    sizes = []

    def train(X, y, rng):
        sizes.append(len(X))
        return Memory(X, y)

    assert block_by_block(train, X, labels, 4).tolist() == [0, 0, 0, 0]
    assert sizes == [17, 17, 17, 18]


def test_bins_compare_certainty_with_what_came_true():
    p = np.array([[0.95, 0.05], [0.92, 0.08], [0.45, 0.55], [0.3, 0.7], [1.0, 0.0]])
    found = bins(p, np.array([0, 1, 1, 1, 0]))
    assert [one.n for one in found] == [1, 1, 2, 1]
    np.testing.assert_allclose([one.sure for one in found], [0.55, 0.7, 0.935, 1])
    assert [one.right for one in found] == [1, 1, 0.5, 1]
    assert isinstance(found[0], Bin)
    with pytest.raises(ValueError, match="a row for each label"):
        bins(p, np.array([0, 1]))


def test_pictures_tell_their_numbers():
    picture = reliability({"short": [Bin(9, 0.7, 0.99)], "long": [Bin(9, 0.86, 0.74)]})
    assert "short: 70% sure, 99% right" in picture.alt
    assert "long: 86% sure, 74% right" in picture.alt
    curve = learning_curve([10, 100, 1000, 10000], np.array([0.5, 0.25, 0.125, 0.0625]))
    assert "slope −0.30" in curve.alt
    X, labels = data.digits()
    assert row_of_digits(X[:3], labels[:3], "digits").alt == "3 digits: 0, 1 and 2."
