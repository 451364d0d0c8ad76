"""Digits that don't keep to the middle: the same 8×8 pictures on a larger sheet, anywhere on it.

Not here: the network with kernels (`small_convolution`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from annkit import data, nn
from annkit.arguments import Array
from annkit.lessons.beyond.small_convolution import SmallConvolution
from annkit.nn.progress import in_sight

SHEET = 12  # pixels; a digit has 8, so there are 5 × 5 places for it
FREE = SHEET - 8
N_TRAIN, N_TEST = 400, 359
Train = Callable[[Array, Array, np.random.Generator], Any]  # (images, labels, rng) → with .predict


def laid(X: Array, corners: Array) -> Array:
    """Lay each digit on an empty sheet.

    Args:
        X: digits, (n, 64).
        corners: row and column of the upper left corner, 0 … FREE, (n, 2).

    Returns:
        Pictures, (n, SHEET, SHEET).
    """
    sheets = np.zeros((len(X), SHEET, SHEET))
    for sheet, digit, (i, j) in zip(sheets, X, corners, strict=True):
        sheet[i : i + 8, j : j + 8] = digit.reshape(8, 8)
    return sheets


def anywhere(X: Array, rng: np.random.Generator) -> Array:
    """Lay each digit, (n, 64), at a random place: (n, SHEET, SHEET)."""
    return laid(X, rng.integers(0, FREE + 1, (len(X), 2)))


def in_the_middle(X: Array, rng: np.random.Generator) -> Array:
    """Lay each digit, (n, 64), in the middle: (n, SHEET, SHEET); nothing is random here."""
    return laid(X, np.full((len(X), 2), FREE // 2))


class Dense:
    """A hidden layer of ReLUs that sees the sheet as a row of pixels; `train_dense` makes it."""

    def __init__(self, rng: np.random.Generator, n_units: int = 64) -> None:
        self.network = nn.Network([SHEET**2, n_units, 10], hidden="relu", init="he", rng=rng)

    @property
    def n_parameters(self) -> int:
        """How many numbers are learned."""
        return sum(layer.W.size + layer.b.size for layer in self.network.layers)

    def predict(self, images: Array) -> Array:
        """Return the class of each picture, (n,); images (n, SHEET, SHEET)."""
        return self.network.predict(images.reshape(len(images), -1))


def train_dense(
    images: Array,
    labels: Array,
    rng: np.random.Generator,
    n_units: int = 64,
    n_epochs: int = 60,
) -> Dense:
    """Train long enough to get every training digit right; images (n, SHEET, SHEET)."""
    model = Dense(rng, n_units)
    model.network.fit(
        images.reshape(len(images), -1),
        labels,
        n_epochs=n_epochs,
        learning_rate=0.4,
        batch_size=32,
        progress=False,
        rng=rng,
    )
    return model


def train_on_copies(images: Array, labels: Array, rng: np.random.Generator) -> Dense:
    """Train on copies of each sheet, its digit at every place; images (n, SHEET, SHEET).

    The digits of `images` lie in the middle, so that a copy moves only blank pixels over the edge.
    """
    moves = np.argwhere(np.ones((FREE + 1, FREE + 1))) - FREE // 2  # (places, 2)
    copies = np.concatenate([np.roll(images, move, axis=(1, 2)) for move in moves])
    return train_dense(copies, np.tile(labels, len(moves)), rng, n_epochs=10)


def train_small_convolution(
    images: Array, labels: Array, rng: np.random.Generator
) -> SmallConvolution:
    """Train 32 kernels of 5×5; images (n, SHEET, SHEET)."""
    return SmallConvolution.drawn(5, 32, rng).fit(images, labels, 0.5, 20, rng)


def trained(
    train: Train, lay: Callable[..., Array], rng: np.random.Generator
) -> tuple[Any, Array, Array]:
    """Train on 400 digits laid on sheets; return the model and 359 other digits.

    Args:
        train: what is trained.
        lay: how the training digits are laid on their sheets.
        rng: chooses the digits, their places and the first weights.

    Returns:
        The model, the others (359, 64), and their labels (359,).
    """
    X, labels = data.digits()
    rows = rng.permutation(len(X))
    some, others = rows[:N_TRAIN], rows[-N_TEST:]
    return train(lay(X[some], rng), labels[some], rng), X[others], labels[others]


def tried(
    train: Train,
    lay_training: Callable[..., Array],
    lay_test: dict[str, Callable[..., Array]],
    n_seeds: int = 20,
) -> dict[str, Array]:
    """Train on 400 digits and test on 359 others, with other digits and weights for each seed.

    Args:
        train: what is trained.
        lay_training: how the training digits are laid on their sheets.
        lay_test: the same for the test, by name; the model is tested on each.
        n_seeds: how many trainings.

    Returns:
        Share of the test digits that were right, by name, (n_seeds,) each.
    """
    right: dict[str, list[float]] = {name: [] for name in lay_test}
    for seed in in_sight(range(n_seeds), "training"):
        rng = np.random.default_rng(seed)
        model, X, labels = trained(train, lay_training, rng)
        for name, lay in lay_test.items():
            right[name].append(float(np.mean(model.predict(lay(X, rng)) == labels)))
    return {name: np.array(shares) for name, shares in right.items()}
