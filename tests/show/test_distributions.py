"""Histograms share one scale and tell each layer's spread."""

import numpy as np

from annkit.show import layer_histograms
from tests.show.sanitiser import dropped

rng = np.random.default_rng(5)


def test_words_and_scale() -> None:
    wide = rng.normal(size=(40, 30)) * 0.5
    half_dead = np.where(np.arange(300).reshape(30, 10) % 2, 0.0, 0.02)
    picture = layer_histograms([(wide, np.zeros(30)), (half_dead, np.zeros(10))], "gradients")
    assert "Histograms of the gradients of 2 layers" in picture.alt
    assert f"standard deviation {wide.std():.2g}" in picture.alt
    assert "50 % exactly zero" in picture.alt
    axes = picture.fig.axes
    assert axes[0].get_xlim() == axes[1].get_xlim()
    assert dropped(picture.html()) == []


def test_all_zero_is_no_accident() -> None:
    assert "100 % exactly zero" in layer_histograms([(np.zeros((2, 3)), np.zeros(3))]).alt
