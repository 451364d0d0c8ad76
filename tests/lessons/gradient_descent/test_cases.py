"""The landscapes of chapter 6: their slopes, their curvatures and their words are true."""

import numpy as np
import pytest

from annkit.lessons.gradient_descent.cases import Landscape, cut, describe, landscapes, short


@pytest.fixture(params=list(landscapes()))
def land(request: pytest.FixtureRequest) -> Landscape:
    return landscapes()[request.param]


def test_gradient_and_hessian_are_those_of_the_cost(land: Landscape) -> None:
    v, h = land.start + 0.3, 1e-4
    for i, e in enumerate(h * np.eye(2)):
        slope = (land.cost(v + e) - land.cost(v - e)) / (2 * h)
        assert land.gradient(v)[i] == pytest.approx(slope, abs=1e-6)
        turn = (land.gradient(v + e) - land.gradient(v - e)) / (2 * h)
        np.testing.assert_allclose(land.hessian(v)[i], turn, atol=1e-6)


def test_the_lowest_points_are_level_and_at_height_zero(land: Landscape) -> None:
    for point in land.lowest:
        np.testing.assert_allclose(land.gradient(point), 0, atol=1e-12)
        assert land.cost(point) == pytest.approx(0, abs=1e-12)


def test_it_flies_apart_beyond_the_edge_only() -> None:
    for name in ("three houses", "area standardised"):
        land = landscapes()[name]
        for share, grows in ((0.99, False), (1.01, True)):
            heights = land.heights(land.walk(share * land.edge, 400))
            assert (heights[-1] > heights[0]) == grows


def test_both_units_start_from_the_same_guess() -> None:
    raw, scaled = landscapes()["three houses"], landscapes()["area standardised"]
    assert raw.cost(raw.start) == pytest.approx(5 / 6)
    assert scaled.cost(scaled.start) == pytest.approx(5 / 6)


def test_newton_stops_at_the_saddle_and_descent_does_not() -> None:
    land = landscapes()["a saddle"]
    np.testing.assert_allclose(land.jumps(5)[-1], 0, atol=1e-8)
    np.testing.assert_allclose(land.walk(0.2, 200)[-1], [0, 1], atol=1e-8)


def test_words_for_heights() -> None:
    assert [short(x) for x in (np.inf, 1e-20, 0.25, 132.4, 2e-5)] == [
        "∞", "0", "0.25", "132", "2 · 10⁻⁵"
    ]  # fmt: skip


def test_the_text_says_on_which_side_of_the_edge_one_is() -> None:
    land = landscapes()["three houses"]
    assert "inside the edge 0.958" in describe(land, 0.9, 60, False).text
    beyond = describe(land, 1.0, 60, True)
    assert "beyond the edge" in beyond.text
    assert beyond.numbers["steps to a thousandth"] == "never"
    assert beyond.numbers["Newton after 1 step"] == "0"


def test_a_curve_ends_where_it_leaves_the_frame() -> None:
    heights = np.array([5.0, 2.0, 0.5, 0.1, 0.0, 20.0, np.inf])
    expected = [5.0, 2.0, 1.0, np.nan, np.nan, np.nan, np.nan]
    np.testing.assert_array_equal(cut(heights, 1.0, 10.0), expected)
    np.testing.assert_array_equal(cut(np.array([3.0, 0.1, 3.0]), 1.0, 10.0), [3.0, 1.0, 3.0])
