"""A network's picture shows signs, sizes and names; its words give the numbers."""

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from annkit.show import network
from annkit.show.colours import palette
from tests.show.sanitiser import dropped

XOR = [
    (np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([-0.5, 0.25])),
    (np.array([[4.0], [-3.0]]), np.array([-1.5])),
]


def connections(ax: Axes) -> list[Line2D]:
    return [line for line in ax.lines if len(line.get_xdata()) == 2]  # type: ignore[arg-type]


def test_words_give_every_number_of_a_small_network() -> None:
    picture = network(XOR)
    assert picture.alt.startswith("Fully connected network 2-2-1, 9 parameters.")
    assert "x₁ to h₂ −1, x₂ to h₁ 2" in picture.alt
    assert "biases h₁ −0.5, h₂ 0.25" in picture.alt
    assert "h₂ to ŷ −3; biases ŷ −1.5" in picture.alt
    assert dropped(picture.html()) == []


def test_sign_is_colour_and_dash_and_size_is_width() -> None:
    drawn = connections(network(XOR).fig.axes[0])
    by_sign: dict[Any, list[Line2D]] = {}
    for line in drawn:
        by_sign.setdefault(line.get_color(), []).append(line)
    assert {line.get_linestyle() for line in by_sign[palette.positive]} == {"-"}
    assert {line.get_linestyle() for line in by_sign[palette.negative]} == {"--"}
    assert len(drawn) - len(by_sign[palette.positive]) - len(by_sign[palette.negative]) == 1
    widths = sorted(line.get_linewidth() for line in by_sign[palette.positive])
    assert widths[0] < widths[1] < widths[2]


def test_large_layers_are_elided() -> None:
    rng = np.random.default_rng(0)
    picture = network([(rng.normal(size=(64, 12)), np.zeros(12)), (np.eye(12, 10), np.zeros(10))])
    texts = [text.get_text() for text in picture.fig.axes[0].texts]
    assert {"x₁", "x₅", "x₆₁", "x₆₄", "h₁₂", "ŷ₁₀", "input: 64"} <= set(texts)
    assert "x₆" not in texts
    assert texts.count("⋮") == 2
    assert "of 768 weights positive" in picture.alt


def test_sizes_alone_draw_connections() -> None:
    picture = network([3, 2, 1], inputs=["area", "age", "distance"], outputs=["price"])
    assert len(connections(picture.fig.axes[0])) == 8
    assert picture.alt == "Fully connected network 3-2-1, 11 parameters."


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ([(np.ones((2, 3)), np.ones(2))], r"layer 1: expected W \(n_in, n_out\) and b \(n_out,\)"),
        ([*XOR, (np.ones((2, 1)), np.ones(1))], "layer 3: expected W with 1 rows"),
    ],
)
def test_shapes_that_do_not_fit(params: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        network(params)


def test_names_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="inputs: expected 3 names, got 1"):
        network([3, 1], inputs=["x"])
