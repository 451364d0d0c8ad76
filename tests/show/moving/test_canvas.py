"""The fast way of drawing gives the same picture as the slow one."""

import io

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from annkit.show import Frame
from annkit.show.moving.canvas import Canvas, Update


def line(animated: bool, titled: bool = False) -> "Canvas":
    def setup(fig: Figure) -> Update:
        ax = fig.subplots()
        ax.set(xlim=(0, 1), ylim=(0, 3))
        (drawn,) = ax.plot([0, 1], [0, 0], animated=animated)

        def update(height: float) -> Frame:
            drawn.set_ydata([0, height])
            if titled:
                ax.set_title(f"{height}")
            return Frame(f"rises to {height}", {"end (m)": height})

        return update

    return Canvas(setup, 3, 2)


def pixels(drawn: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(drawn)).convert("RGB"), dtype=int)


@pytest.mark.parametrize("titled", [False, True])
def test_moving_parts_are_drawn_as_if_everything_were_drawn(titled: bool) -> None:
    fast, slow = line(animated=True, titled=titled), line(animated=False, titled=titled)
    for height in (1.0, 2.0, 0.5):
        jpegs = [canvas.frame({"height": height})[1] for canvas in (fast, slow)]
        assert np.abs(pixels(jpegs[0]) - pixels(jpegs[1])).mean() < 0.5


def test_nothing_is_left_of_the_frame_before() -> None:
    canvas = line(animated=True)
    first = canvas.frame({"height": 1.0})[1]
    canvas.frame({"height": 3.0})
    assert canvas.frame({"height": 1.0})[1] == first


def test_the_words_come_with_the_picture() -> None:
    assert line(animated=True).frame({"height": 2.0})[0].text == "rises to 2.0"


def test_the_still_has_words_and_stays() -> None:
    canvas = line(animated=True)
    still = canvas.still({"height": 1.5}, "half way", "A line")
    assert still.alt == "A line, half way: end (m) 1.5"
    assert still.caption == "half way: rises to 1.5"
    before = still.png
    canvas.frame({"height": 0.0})
    assert still.png == before
    assert canvas.still({"height": 0.0}, "flat", "A line").png != before


def test_the_still_shows_moving_parts() -> None:
    fast, slow = line(animated=True), line(animated=False)
    steep, other = (canvas.still({"height": 2.0}, "steep", "").png for canvas in (fast, slow))
    flat = fast.still({"height": 0.0}, "flat", "").png
    assert np.abs(pixels(steep) - pixels(other)).mean() < 0.1
    assert np.abs(pixels(steep) - pixels(flat)).mean() > 1
