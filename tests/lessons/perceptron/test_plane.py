"""Fruits have colours of their own; all classes differ in shape too."""

import numpy as np
import pytest

from annkit.lessons.perceptron.plane import chord, half_plane, look
from annkit.show.colours import palette


def test_a_lemon_is_yellow_and_no_orange_is_blue() -> None:
    fruit = look(("lemon", "orange"))
    assert fruit.style(-1)["color"] == palette.yellow
    assert fruit.style(1)["color"] not in {palette.blue, palette.sky, palette.yellow}


def test_other_classes_keep_the_colours_of_the_course() -> None:
    assert look(("corner", "corner")).colors == (palette.negative, palette.positive)


def test_shapes_differ() -> None:
    for names in (("lemon", "orange"), ("a", "b")):
        own = look(names)
        assert own.style(-1)["marker"] != own.style(1)["marker"]


def test_the_half_plane_is_where_scores_are_positive() -> None:
    rng = np.random.default_rng(0)
    for _ in range(50):
        w, b = rng.normal(size=2), float(rng.normal())
        corner, side = (-1.0, -0.5), 2.0
        region = half_plane(corner, side, w, b)
        assert (region @ w + b >= -1e-12).all()
        x, y = region.T if len(region) else (np.zeros(1), np.zeros(1))
        area = 0.5 * abs(float(x @ np.roll(y, 1) - y @ np.roll(x, 1)))
        points = corner + side * rng.random((20_000, 2))
        assert area == pytest.approx(4 * np.mean(points @ w + b >= 0), abs=0.06)
        ends = chord(corner, side, w, b)
        assert ends @ w + b == pytest.approx([0, 0], abs=1e-9)


def test_without_weights_there_is_no_line() -> None:
    assert np.isnan(chord((0.0, 0.0), 1.0, np.zeros(2), 0.0)).all()
    assert half_plane((0.0, 0.0), 1.0, np.zeros(2), -1.0).shape == (0, 2)
