"""The map of a cost says where it is low, and the path whether it got there."""

import numpy as np
import pytest

from annkit.show import cost_surface
from annkit.show.surfaces import _levels, walked
from tests.show.sanitiser import dropped


def bowl(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return (x - 1) ** 2 + y**2


def test_words_of_the_map_and_the_path() -> None:
    picture = cost_surface(bowl, [(-1, 0), (0, 0), (1, 0)], xlabel="slope", ylabel="offset")
    assert "over slope from −2 to 2 and offset" in picture.alt
    assert "near (0.99, -0.013)" in picture.alt.replace("−", "-")
    assert "path of 2 steps leads from (-1, 0) to (1, 0)" in picture.alt.replace("−", "-")
    assert "its cost goes from 4 to 0, falling at every step" in picture.alt
    assert dropped(picture.html()) == []


def test_a_path_that_climbs_is_said_to() -> None:
    alt = cost_surface(bowl, [(0, 0), (-1, 0), (1, 0)]).alt
    assert "rising at 1 of 2 steps" in alt


def test_a_path_has_two_columns() -> None:
    with pytest.raises(ValueError, match=r"path: expected shape \(n, 2\)"):
        cost_surface(bowl, [[0, 0, 0]])


def test_a_path_that_stands_still_does_not_fall() -> None:
    said = walked(np.ones((3, 2)), np.full(3, 0.05189))
    assert said.endswith("from 0.05189 to 0.05189, the same at every step.")


@pytest.mark.parametrize(("low", "high"), [(0.0, 13.06), (1e-5, 0.9), (-3.0, 250.0), (0.0, 0.0)])
def test_heights_of_the_contour_lines_are_round_and_reach_over_the_map(low, high) -> None:
    levels = _levels(low, high)
    assert levels[0] <= low
    assert high <= levels[-1]
    assert 2 <= len(levels) <= 20
    if high == 13.06:
        np.testing.assert_allclose(levels[:4], [0, 0.1, 0.4, 0.9])
