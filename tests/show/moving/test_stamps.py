"""A stamp looks like the text it stands for, and is made once."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from annkit.show.moving.stamps import pixels, stamp
from annkit.show.style import blank_figure


def rgb(fig):
    """The figure's pixels, (rows, columns, 3)."""
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3]


def ink(make, **style):
    """Where there is ink when something is written into empty axes: rows and columns of pixels."""
    fig = blank_figure(3.0, 2.0, layout=None)
    ax = fig.add_axes((0, 0, 1, 1))
    ax.axis("off")
    made = make(ax, 0.5, 0.5, "dW = [0.25,\n −1]", fontsize=11, color="#D55E00", **style)
    made.set_animated(False)
    dark = rgb(fig).min(axis=-1) < 200
    return np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0)), dark.sum()


@pytest.mark.parametrize("ha", ["left", "center", "right"])
@pytest.mark.parametrize("va", ["top", "center", "bottom"])
def test_it_stands_where_the_text_would_stand(ha, va):
    rows, columns, amount = ink(stamp, ha=ha, va=va)
    text_rows, text_columns, text_amount = ink(
        lambda ax, *args, **style: ax.text(*args, linespacing=1.15, **style), ha=ha, va=va
    )
    for found, expected in ((rows, text_rows), (columns, text_columns)):
        assert abs(int(found[0]) - int(expected[0])) <= 2
        assert abs(int(found[-1]) - int(expected[-1])) <= 2
    assert amount == pytest.approx(text_amount, rel=0.1)


def test_the_same_words_are_drawn_once():
    key = ("once", 10.0, "#000000", "left", "top", False, 100.0)
    assert pixels(*key)[0] is pixels(*key)[0]


def test_a_hidden_or_empty_stamp_leaves_no_ink():
    fig = blank_figure(2.0, 1.0, layout=None)
    ax = fig.add_axes((0, 0, 1, 1))
    ax.axis("off")
    for words, visible in (("", True), ("words", False)):
        made = stamp(ax, 0.5, 0.5, words, ha="center", va="center")
        made.set(animated=False, visible=visible)
    assert rgb(fig).min() == 255


def test_paper_behind_the_words_is_opaque():
    on_paper, without = (
        pixels("1", 10.0, "#000000", "center", "center", paper, 100.0)[0] for paper in (True, False)
    )
    assert (on_paper[..., 3] == 255).sum() > (without[..., 3] == 255).sum()
