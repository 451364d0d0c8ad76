"""Drawings become the 64 numbers that the digits of the data have, wherever they stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annkit import data
from annkit.lessons.capstone.drawings import (
    AS_DRAWN,
    CENTRED,
    PEN,
    PREPARATIONS,
    SCALED,
    SIDE,
    of_cells,
    pixels,
    prepare,
)
from annkit.lessons.capstone.scribbles import scribble

share = st.floats(0, 1)
strokes = st.lists(
    st.lists(st.tuples(share, share), min_size=1, max_size=5), min_size=1, max_size=4
)


def by_distance(drawn, pen):
    """Dark dots counted one by one: a dot is dark if its centre lies within half a pen's width."""
    counts = np.zeros((8, 8))
    for row in range(SIDE):
        for column in range(SIDE):
            here = np.array([column + 0.5, row + 0.5])
            for stroke in drawn:
                points = [SIDE * np.array(p) for p in stroke]
                for a, b in zip(points, points[1:] or points, strict=False):
                    along = b - a
                    t = (
                        0.0
                        if not along.any()
                        else np.clip((here - a) @ along / (along @ along), 0, 1)
                    )
                    if np.sum((here - a - t * along) ** 2) <= (pen / 2) ** 2:
                        break
                else:
                    continue
                counts[row // 4, column // 4] += 1
                break
    return counts.ravel() / 16


@pytest.mark.parametrize(
    "drawn",
    [
        [[(0.5, 0.5)]],
        [[(0.1, 0.2), (0.9, 0.8)], [(0.3, 0.3)]],
        [[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]],
        [[(0.4, 0.4), (0.4, 0.4)]],
    ],
)
def test_pixels_count_dots_within_half_a_pen(drawn):
    np.testing.assert_array_equal(pixels(drawn), by_distance(drawn, PEN))


def test_an_empty_pad_is_white():
    assert not pixels([]).any()
    assert prepare([], SCALED) == []


@given(strokes)
def test_scaled_drawings_fill_the_square_and_stay_inside(drawn):
    prepared = np.concatenate(prepare(drawn, SCALED))
    room = PEN / SIDE / 2
    assert (prepared >= room - 1e-9).all()
    assert (prepared <= 1 - room + 1e-9).all()
    spread = np.ptp(np.concatenate([np.array(s) for s in drawn]), axis=0).max()
    if spread > 1e-6:
        np.testing.assert_allclose(np.ptp(prepared, axis=0).max(), 1 - 2 * room)


@given(strokes, st.floats(-0.4, 0.4), st.floats(0.2, 1.5))
def test_place_and_size_do_not_matter_once_they_are_taken_away(drawn, shift, size):
    moved = [np.array(stroke) * size + shift for stroke in drawn]
    spread = np.ptp(np.concatenate([np.array(s) for s in drawn]), axis=0).max()
    if spread < 1e-3:  # a dot has no size
        return
    for before, after in zip(prepare(drawn, SCALED), prepare(moved, SCALED), strict=True):
        np.testing.assert_allclose(before, after, atol=1e-8)


@given(strokes)
def test_centring_moves_and_does_not_stretch(drawn):
    before, after = (np.concatenate(prepare(drawn, how)) for how in (AS_DRAWN, CENTRED))
    np.testing.assert_allclose(np.diff(before, axis=0), np.diff(after, axis=0), atol=1e-12)
    np.testing.assert_allclose((after.min(axis=0) + after.max(axis=0)) / 2, 0.5)


def test_a_preparation_has_a_name():
    with pytest.raises(ValueError, match="centred and scaled"):
        prepare([[(0, 0)]], "scaled")


def test_cells_become_dots_joined_to_their_neighbours():
    filled = [False] * 64
    filled[0] = filled[1] = filled[9] = True  # (0, 0), (0, 1) and (1, 1)
    found = {tuple(map(tuple, stroke)) for stroke in of_cells(filled)}
    a, b, c = (0.0625, 0.0625), (0.1875, 0.0625), (0.1875, 0.1875)
    assert found == {(a,), (b,), (c,), (a, b), (a, c), (b, c)}
    assert of_cells([False] * 64) == []


def test_the_pen_is_as_dark_as_the_data():
    X, _ = data.digits()
    rng = np.random.default_rng(0)
    drawn = [pixels(prepare(scribble(d, rng), SCALED)) for d in range(10) for _ in range(10)]
    assert abs(np.mean(drawn) - X.mean()) < 0.06


def test_scribbles_differ_and_follow_their_seed():
    first, again = (scribble(5, np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(first[0], again[0])
    assert not np.allclose(first[0], scribble(5, np.random.default_rng(4))[0])
    small = np.concatenate(scribble(8, np.random.default_rng(0), 0.4, (0.3, 0.3)))
    assert np.ptp(small[:, 1]) < 0.5
    assert abs(small.mean() - 0.3) < 0.06
    with pytest.raises(ValueError, match="0 … 9"):
        scribble(10, np.random.default_rng(0))
    assert set(PREPARATIONS) == {AS_DRAWN, CENTRED, SCALED}
