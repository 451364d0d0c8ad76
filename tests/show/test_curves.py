"""Lines and histories say where they start, end and turn."""

import numpy as np
import pytest

from annkit.show import cost_history, lines
from tests.show.sanitiser import dropped


def test_lines_tell_their_course() -> None:
    x = np.linspace(0, 10, 11)
    series = {"up": x, "flat": 0 * x + 2, "hill": 25 - (x - 4) ** 2}
    picture = lines(x, series, "time (s)", "height (m)", "Three hills")
    assert "Three hills: height (m) over time (s) from 0 to 10." in picture.alt
    assert "up goes from 0 to 10; flat stays at 2; hill goes from 9 to −11" in picture.alt
    assert "highest 25 at 4" in picture.alt
    assert dropped(picture.html()) == []


def test_gaps_are_told_without_nan() -> None:
    picture = lines([0, 1, 2], {"a": [np.nan, 3, 4], "b": [np.nan] * 3}, "x", "y")
    assert "a goes from 3 to 4 (it has gaps" in picture.alt
    assert "b has no finite value" in picture.alt
    assert "nan" not in picture.alt


def test_every_line_is_named_at_its_end() -> None:
    ax = lines([0, 1], {"mine": [0, 1], "yours": [0, 1]}, "x", "y").fig.axes[0]
    assert {text.get_text() for text in ax.texts} == {"mine", "yours"}
    assert ax.get_legend() is None
    assert len({line.get_linestyle() for line in ax.lines}) == 2


def test_the_axis_is_numbered_where_one_wants() -> None:
    ax = lines([0, 360], {"height": [0, 1]}, "x", "y", ticks=(0, 90, 360)).fig.axes[0]
    assert ax.get_xticks().tolist() == [0, 90, 360]


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match=r"b: expected shape \(3,\) like x, got \(2,\)"):
        lines([0, 1, 2], {"a": [0, 1, 2], "b": [0, 1]}, "x", "y")


def test_history_in_words() -> None:
    picture = cost_history({"training": [4, 2, 1], "validation": [4, 2, 3]}, best=True)
    assert "training over 3 epochs: 4 at first, 1 last, never rising" in picture.alt
    assert "lowest 2 at epoch 2, rising in 1 epoch" in picture.alt
    assert "lowest: epoch 2" in [text.get_text() for text in picture.fig.axes[0].texts]


def test_an_exploding_history_says_when() -> None:
    assert "not a finite number from epoch 3 on" in cost_history([1.0, 50.0, np.inf, np.nan]).alt


@pytest.mark.parametrize(("costs", "scale"), [([1, 0.5], "linear"), ([1, 0.001], "log")])
def test_scale(costs: list[float], scale: str) -> None:
    assert cost_history(costs).fig.axes[0].get_yscale() == scale
