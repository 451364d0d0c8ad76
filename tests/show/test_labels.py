"""Names keep their distance, sentences their grammar."""

import doctest
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annkit.show import figure, label_ends, labels, network_words, tables
from annkit.show.labels import listed, spread


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=8))
def test_spread_heights_keep_distance_order_and_mean(heights: list[float]) -> None:
    wanted = np.array(heights)
    placed = spread(wanted, gap=1.0)
    order = np.argsort(wanted, kind="stable")
    assert np.all(np.diff(placed[order]) >= 1.0 - 1e-9)
    assert placed.mean() == pytest.approx(wanted.mean(), abs=1e-9)
    if np.all(np.diff(wanted[order]) >= 1.0):
        assert placed == pytest.approx(wanted)


def test_labels_of_close_lines_do_not_touch() -> None:
    fig, ax = figure(4, 3)
    ax.plot([0, 1], [0, 1.00])
    ax.plot([0, 1], [0, 1.01])
    label_ends(ax, 1.0, [1.0, 1.01], ["one", "other"], ["black", "black"])
    fig.canvas.draw()
    one, other = (text.get_window_extent() for text in ax.texts)
    assert not one.overlaps(other)


@pytest.mark.parametrize(("words", "sentence"), [([], ""), (["a"], "a"), (["a", "b"], "a and b")])
def test_lists_of_any_length(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence


@pytest.mark.parametrize("module", [labels, tables, network_words])
def test_examples_in_docstrings(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
