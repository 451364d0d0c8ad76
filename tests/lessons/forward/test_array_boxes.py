"""Boxes for arrays: as many rows as the array has, numbers as one writes them."""

import numpy as np
import pytest

from annkit.lessons.forward.array_boxes import in_full, place, signed
from annkit.show.style import figure


def eight(batch):
    """Eight arrays as in a two-layer network, the data with this many rows."""
    shapes = ((batch, 3), (3, 2), (2,), (batch, 2), (batch, 2), (2, 1), (1,), (batch, 1))
    return {f"M{i}": np.full(shape, -0.25) for i, shape in enumerate(shapes)}


@pytest.mark.parametrize(
    ("value", "inside", "text"),
    [(2.0, False, "2"), (-1.5, True, "(−1.5)"), (-1.5, False, "−1.5"), (671.44, True, "671.4")],
)
def test_numbers_are_short_and_minus_signs_true(value, inside, text):
    assert signed(value, inside) == text


def test_a_sum_in_full_has_brackets_around_negative_numbers():
    words = in_full(np.array([2.0, -1.0]), np.array([3.0, -1.0]), -4.0, 3.0)
    assert words == "2·3 + (−1)·(−1) + (−4) = 3"


def test_boxes_are_to_scale_side_by_side_and_follow_the_batch():
    _, ax = figure()
    boxes = place(ax, eight(4), list("ABCD"), ["x", "y", "z"])
    edges = [box.x for box in boxes.values()]
    assert edges == sorted(edges)
    assert [len(box.rows) for box in boxes.values()] == [4, 3, 1, 4, 4, 2, 1, 4]
    for name, array in eight(2).items():
        boxes[name].show_rows(array)
    visible = [
        sum(all(artist.get_visible() for artist in row) for row in box.rows)
        for box in boxes.values()
    ]
    assert visible == [2, 3, 1, 2, 2, 2, 1, 2]
    assert boxes["M0"].heading.get_text() == "M0\n(2, 3)"
    assert boxes["M2"].heading.get_text() == "M2\n(2,)"
