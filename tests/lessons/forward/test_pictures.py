"""Pictures of a forward pass: their words carry the numbers."""

import numpy as np

from annkit import data
from annkit.lessons.forward.pictures import layer_boxes, neuron_map, paper_network, prices


def test_all_eight_weights_are_named_with_their_ends():
    alt = paper_network([[2, 1], [-1, 0], [0, -2]], [[60], [40]], ["area", "distance", "age"]).alt
    assert "w2 from area to O2 1" in alt
    assert "w3 from distance to O1 −1" in alt
    assert "w6 from age to O2 −2" in alt
    assert "w8 from O2 to ŷ 40" in alt


def test_the_map_counts_the_houses_on_the_active_side():
    X, _ = data.houses(200, np.random.default_rng(0))
    mean, scale = X.mean(axis=0), X.std(axis=0)
    standard = (X - mean) / scale
    on = np.mean(standard[:, 0] - standard[:, 2] + 0.5 > 0)
    picture = neuron_map([1, 0, -1, 0], 0.5, mean, scale, X)
    assert f"{on:.0%} of the houses" in picture.alt
    assert "in the centre" in picture.alt
    far_out = neuron_map([0, 0, 1, 0], 0, mean, scale, X).alt
    assert "in the centre" not in far_out
    assert picture.png.startswith(b"\x89PNG")


def test_boxes_say_all_shapes_and_the_number_of_parameters():
    alt = layer_boxes([64, 32, 10], 100).alt
    for words in ("X (100, 64)", "W₁ (64, 32): 2048 weights", "a₁ (100, 32)", "ŷ (100, 10)"):
        assert words in alt
    assert "2410 parameters" in alt


def test_prices_are_told_next_to_what_the_houses_cost():
    alt = prices([[671.4], [330.8]], [769.0, 351.0]).alt
    assert "A: 671, price 769; B: 331, price 351" in alt
