"""Still pictures of activations: their words carry the numbers."""

import numpy as np

from annkit.lessons.activations.pictures import gallery, own_curve, shares, without_jumps


def test_own_curve_tells_the_learners_numbers():
    picture = own_curve(lambda z: 2 * z, "mine(z)")
    assert "−12 at z = −6" in picture.alt
    assert picture.caption == ""


def test_own_slope_is_drawn_over_the_measured_one():
    picture = own_curve(lambda z: 1 - np.tanh(z) ** 2, "mine(z)", slope_of="tanh")
    lines = picture.fig.axes[0].get_lines()
    dots = next(line for line in lines if line.get_marker() == "o")
    z, slopes = np.asarray(dots.get_data(), dtype=float)
    np.testing.assert_allclose(slopes, 1 / np.cosh(z) ** 2, atol=1e-9)


def test_jumps_become_gaps_and_the_rest_stays():
    broken = without_jumps(np.array([0.0, 0.1, 1.0, 1.1]))
    np.testing.assert_array_equal(broken, [0.0, np.nan, 1.0, 1.1])


def test_shares_give_every_row_a_panel():
    picture = shares(np.array([[0.2, 0.8], [1.0, 0.0]]))
    assert len(picture.fig.axes) == 2
    assert "row 0: 0.2, 0.8" in picture.alt


def test_gallery_shows_five():
    assert len(gallery().fig.axes) == 5


def test_gallery_takes_functions_of_ones_own():
    axes = gallery(relu=lambda z: 2 * z, relu_prime=np.ones_like).fig.axes
    curve, slope = (np.asarray(line.get_ydata()) for line in axes[3].lines)
    assert (curve[0], set(slope)) == (-8, {1})


def test_shares_of_a_wrong_answer_are_drawn_too():
    picture = shares(np.array([[7.39, 2.72, 1.0], [np.nan, np.inf, -1e44]]))
    assert "row 1: nan, inf, −1e+44" in picture.alt
    assert picture.png.startswith(b"\x89PNG")
