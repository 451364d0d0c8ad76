"""The small convolution of chapter 13: patches, its gradient, and what it can't see."""

from typing import Any

import numpy as np
import pytest

from annkit import data
from annkit.lessons.beyond import shifted_digits, stand_ins
from annkit.lessons.beyond.shifted_digits import (
    anywhere,
    in_the_middle,
    laid,
    train_on_copies,
    tried,
)
from annkit.lessons.beyond.small_convolution import SmallConvolution, gradient_error, patches
from annkit.nn.gradient_checking import measured_gradient


def test_patches_are_rows_place_by_place():
    image = np.arange(12.0).reshape(1, 3, 4)
    cut = patches(image, 2)
    assert cut.shape == (1, 6, 4)
    np.testing.assert_array_equal(cut[0, 0], [0, 1, 4, 5])
    np.testing.assert_array_equal(cut[0, 1], [1, 2, 5, 6])
    np.testing.assert_array_equal(cut[0, 5], [6, 7, 10, 11])


def test_patches_times_a_kernel_are_its_convolution():
    rng = np.random.default_rng(0)
    image, kernel = rng.normal(size=(5, 6)), rng.normal(size=(3, 3))
    by_rows = patches(image[None], 3)[0] @ kernel.ravel()
    np.testing.assert_allclose(by_rows.reshape(3, 4), stand_ins.conv2d(image, kernel))


@pytest.mark.parametrize("number", range(4))
def test_every_gradient_is_the_measured_slope(number):
    rng = np.random.default_rng(1)
    images, labels = rng.normal(size=(6, 6, 7)), rng.integers(0, 10, 6)
    model = SmallConvolution.drawn(3, 5, rng)
    for p in model.params:
        p += 0.1 * rng.normal(size=p.shape)
    place = model.params[number]

    def cost(v):
        place[...] = v.reshape(place.shape)
        scores = model.scores(images)
        own = scores[np.arange(6), labels]
        return float(np.mean(np.log(np.exp(scores).sum(axis=1)) - own))

    here = place.copy()
    measured = measured_gradient(cost, here.ravel()).reshape(here.shape)
    place[...] = here
    np.testing.assert_allclose(model.gradients(images, labels)[number], measured, atol=1e-8)


def test_the_gradient_error_is_small_until_a_gradient_is_wrong(monkeypatch):
    rng = np.random.default_rng(3)
    images, labels = rng.normal(size=(4, 6, 6)), rng.integers(0, 10, 4)
    model = SmallConvolution.drawn(3, 3, rng)
    assert gradient_error(model, images, labels) < 1e-8
    right = SmallConvolution.gradients
    monkeypatch.setattr(
        SmallConvolution, "gradients", lambda *given: [1.1 * g for g in right(*given)]
    )
    assert gradient_error(model, images, labels) == pytest.approx(0.1 / 2.1, rel=1e-4)


def test_with_a_frame_a_shift_changes_nothing_and_without_one_it_does():
    rng = np.random.default_rng(2)
    model, X = SmallConvolution.drawn(5, 8, rng), rng.random((4, 64))
    middle, corner = laid(X, np.full((4, 2), 2)), laid(X, np.zeros((4, 2), dtype=int))
    around = ((0, 0), (4, 4), (4, 4))
    np.testing.assert_allclose(
        model.scores(np.pad(middle, around)), model.scores(np.pad(corner, around))
    )
    assert np.abs(model.scores(middle) - model.scores(corner)).max() > 1e-3


def test_training_lowers_the_cost_and_counts_its_parameters():
    rng = np.random.default_rng(3)
    images, labels = rng.normal(size=(64, 6, 6)), np.repeat([0, 1], 32)
    images[32:, 2:4, 2:4] += 3
    model = SmallConvolution.drawn(3, 4, rng).fit(images, labels, 0.2, 20, rng)
    assert np.mean(model.predict(images) == labels) > 0.95
    assert model.n_parameters == 3 * 3 * 4 + 4 + 4 * 10 + 10


def test_digits_lie_where_they_were_laid():
    X = np.arange(1.0, 65)[None]
    sheet = laid(X, np.array([[4, 1]]))[0]
    np.testing.assert_array_equal(sheet[4:, 1:9], X.reshape(8, 8))
    assert sheet.sum() == X.sum()
    places = anywhere(np.repeat(X, 200, axis=0), np.random.default_rng(0)).reshape(200, -1)
    assert len(np.unique(places.argmax(axis=1))) == 25


def test_a_trial_sees_other_digits_in_its_test():
    seen = []

    class Constant:
        def predict(self, images):
            seen.append(images)
            return np.zeros(len(images), dtype=int)

    def train(images, labels, rng):
        seen.append(images)
        return Constant()

    right = tried(train, in_the_middle, {"middle": in_the_middle}, n_seeds=1)["middle"]
    training, test = ({sheet.tobytes() for sheet in images} for images in seen)
    assert (len(seen[0]), len(seen[1])) == (400, 359)
    assert not training & test
    assert 0.05 < right[0] < 0.15


def test_copies_hold_each_digit_at_every_place(monkeypatch):
    seen: dict[str, Any] = {}
    rng = np.random.default_rng(0)
    monkeypatch.setattr(
        shifted_digits,
        "train_dense",
        lambda images, labels, rng, **how: seen.update(images=images, labels=labels),
    )
    X, labels = data.digits()
    train_on_copies(in_the_middle(X[:2], rng), labels[:2], rng)
    places = np.argwhere(np.ones((5, 5)))
    laid_by_hand = np.concatenate([laid(X[:2], np.array([at, at])) for at in places])
    np.testing.assert_array_equal(seen["images"], laid_by_hand)
    np.testing.assert_array_equal(seen["labels"], [*labels[:2]] * 25)
