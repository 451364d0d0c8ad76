"""What stands in for a learner's parts does what the exercises ask of them."""

import numpy as np
import pytest

from annkit import data
from annkit.exercises import course, judge
from annkit.lessons.capstone import ablations, opponents, parts
from annkit.lessons.capstone.calibration import Bin, bins, reliability
from annkit.lessons.capstone.drawings import pixels
from annkit.lessons.capstone.many_splits import accuracies, block_by_block, in_three_parts, trial
from annkit.lessons.capstone.pictures import learning_curve, row_of_digits
from annkit.lessons.capstone.reader import Reader
from annkit.lessons.capstone.scribbles import scribble, scribbled

STAND_INS = {
    "minibatches": parts.minibatches,
    "classifier_gradients": parts.classifier_gradients,
    "backprop": parts.backprop,
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
    assert (one.accuracy, len(one.model.known), len(one.X)) == (0, 80, 20)
    few = trial(lambda X, y, rng: Memory(X, y), X, labels, 0, n_train=7)
    assert len(few.model.known) == 7
    assert accuracies(lambda X, y, rng: Memory(X, y), X, labels, range(3)).tolist() == [0, 0, 0]


def test_three_parts_have_nothing_in_common_and_are_the_same_for_all_candidates():
    X, labels = np.arange(200.0).reshape(100, 2), np.arange(100) % 2 + 1
    seen = []

    def train(X, y, rng):
        seen.append(X[:, 0])
        return Memory(X, y)

    validated, tested = in_three_parts({"one": train, "other": train}, X, labels, range(2))
    assert [len(some) for some in seen] == 4 * [60]
    assert not np.array_equal(seen[0], seen[1])  # two deals of the first candidate
    np.testing.assert_array_equal(seen[:2], seen[2:])
    assert [found["one"].tolist() for found in (validated, tested)] == [[0, 0], [0, 0]]


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
    assert "short: 70 % sure, 99 % right" in picture.alt
    assert "long: 86 % sure, 74 % right" in picture.alt
    curve = learning_curve(
        [10, 100, 1000, 10000],
        [1 - np.array([0.9, 1, 1.1]) * error for error in (0.5, 0.25, 0.125, 0.0625)],
    )
    assert "10: 50.0 %, 100: 25.0 %" in curve.alt
    assert "slope −0.30" in curve.alt
    X, labels = data.digits()
    assert row_of_digits(X[:3], labels[:3], "digits").alt == "3 digits: 0, 1 and 2."


def test_the_nearest_mean_reads_what_lies_nearest():
    X = np.array([[0.0, 0.0], [0.0, 1.0], [9.0, 9.0], [9.0, 8.0]])
    model = opponents.nearest_mean(X, np.array([0, 0, 1, 1]), np.random.default_rng(0))
    np.testing.assert_array_equal(model.means, [[0, 0.5], [9, 8.5]])
    np.testing.assert_array_equal(model.predict(np.array([[7.0, 7.0], [1.0, 0.0]])), [1, 0])


def test_each_ablation_takes_away_what_it_says():
    X, labels = data.digits()
    zero, large = (
        make([64, 30, 10], np.random.default_rng(0))
        for make in (ablations.FromZero, ablations.FromLarge)
    )
    assert not any(W.any() for W, _ in zero.network.params)
    assert [W.std() for W, _ in large.network.params] == pytest.approx([1, 1], abs=0.1)
    rng = np.random.default_rng(1)
    one, other = (
        ablations.InOrder([64, 30, 10], np.random.default_rng(2)).fit(X, labels, 0.1, 1, 32, rng)
        for _ in range(2)
    )
    np.testing.assert_array_equal(one.predict_proba(X), other.predict_proba(X))  # no luck in it
    assert np.bincount(one.predict(X), minlength=10).argmax() in (8, 9)  # the last it was taught


def test_scribbled_digits_are_prepared_one_by_one():
    pictures, labels = scribbled("as drawn", 0.8, (0.5, 0.5), np.random.default_rng(0))
    assert pictures.shape == (200, 64)
    assert np.bincount(labels).tolist() == 10 * [20]
    first = pixels(scribble(0, np.random.default_rng(0), 0.8, (0.5, 0.5)))
    np.testing.assert_array_equal(pictures[0], first)
