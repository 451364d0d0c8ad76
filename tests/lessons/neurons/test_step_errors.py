"""The error of a simulated period: bounded by one step, in fact and in words."""

import numpy as np

from annkit.lessons.neurons.leaky_cell import LeakyCell
from annkit.lessons.neurons.step_errors import draw_period_errors, period_errors


def test_the_error_is_below_one_step() -> None:
    steps = np.array([2.0, 0.5, 0.2, 0.05])
    for current in (1.8, 3.0, 6.0):
        assert (np.abs(period_errors(LeakyCell(), current, steps)) <= steps).all()


def test_a_step_of_two_ms_gives_a_period_of_whole_steps() -> None:
    # 10 ms instead of 2 + 10 ln 2
    error = period_errors(LeakyCell(), 3.0, np.array([2.0]))
    assert np.allclose(error, 10.0 - (2.0 + 10.0 * np.log(2.0)))


def test_the_picture_has_words_and_pixels() -> None:
    picture = draw_period_errors(LeakyCell(), 3.0)
    assert "inside the band from −0.35 to 0.65" in picture.alt
    assert picture.png.startswith(b"\x89PNG")
