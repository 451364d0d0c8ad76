"""The curve and its words come from the function."""

import numpy as np
import pytest

from annkit.nn import ACTIVATIONS
from annkit.show import activation
from annkit.show.activation_curves import jumps
from tests.show.sanitiser import dropped

Z = np.linspace(-5, 5, 401)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_every_activation_has_a_picture(name: str) -> None:
    picture = activation(name)
    assert len(picture.png) > 1000
    assert dropped(picture.html()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sigmoid", "is 0.5 at z = 0. The slope is largest at z = 0, 0.25"),
        ("tanh", "The slope is largest at z = 0, 1;"),
        ("relu", "Curve of ReLU for z from −5 to 5: f(z) goes from 0 to 5"),
        ("relu", "The slope is 0 on the left, 1 on the right."),
        ("step", "jumps from 0 to 1 and is 1 at z = 0. The slope is 0 everywhere."),
        ("identity", "The slope is 1 everywhere."),
    ],
)
def test_words(name: str, words: str) -> None:
    assert words in activation(name).alt


@pytest.mark.parametrize(
    ("y", "where"),
    [
        (Z >= 0, [199]),
        (Z > 0, [200]),
        (np.maximum(Z, 0), []),
        (1 / (1 + np.exp(-Z)), []),
        (1 / (1 + np.exp(-20 * Z)), []),
        (np.zeros_like(Z), []),
        (np.where(Z > 0, 1.0, 0.01), [200]),
    ],
)
def test_jumps_are_told_from_slopes(y: np.ndarray, where: list[int]) -> None:
    assert jumps(Z, np.asarray(y, dtype=float)).tolist() == where
