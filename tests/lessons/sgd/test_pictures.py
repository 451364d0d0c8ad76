"""The pictures of chapter 7 say in words what they draw."""

import numpy as np

from annkit.lessons.sgd.pictures import deal, ends, noise_ball


def test_a_deal_names_every_batch() -> None:
    picture = deal([[[2, 0], [1]], [[0, 1], [2]]])
    assert "epoch 1: batches of 2 and 1 examples, in the order 2, 0, 1" in picture.alt
    assert "epoch 2: batches of 2 and 1 examples, in the order 0, 1, 2" in picture.alt
    assert picture.png.startswith(b"\x89PNG")


def test_the_noise_ball_tells_the_median_of_the_runs() -> None:
    scatters = {1: {0.1: [0.4, 0.5, 9.0], 0.4: [0.9, 1.0, 1.1]}, 10: {0.4: [0.3, 0.2, 0.1]}}
    picture = noise_ball(scatters, np.sqrt)
    assert "batches of 1: from 0.5 at 0.1 to 1 at 0.4" in picture.alt
    assert "batches of 10: from 0.2 at 0.04 to 0.2 at 0.04" in picture.alt
    assert picture.png.startswith(b"\x89PNG")


def test_ends_are_counted_in_the_lowest_valley() -> None:
    w = np.linspace(-2, 2, 401)
    bowl = ends(w, (w - 1) ** 2 + 0.1, {"plain": [1.0, 1.1, -1.5, 99.0]})
    assert "lowest (0.1) at 1" in bowl.alt
    assert "plain: 3 of 4 in the lowest valley" in bowl.alt
    two_valleys = (w**2 - 1) ** 2 - 0.2 * w  # a ridge at −0.05
    for side in (1, -1):
        picture = ends(w, two_valleys[::side], {"plain": side * np.array([1, 0.1, -0.2, -1, 99])})
        assert "plain: 2 of 5 in the lowest valley" in picture.alt
    assert picture.png.startswith(b"\x89PNG")
