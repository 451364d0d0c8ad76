"""An optimiser decides how far to go along the gradient: each is a few lines on flat vectors.

`step` changes the parameters in place. What an optimiser remembers between steps starts at zero
with every `fit` and is never shared between networks in training.

Not here: how the learning rate changes over time (`schedules`), limits on the gradient
(`descent`).
"""

import numpy as np

from annkit.arguments import Array


class Optimiser:
    """What all optimisers share."""

    def start(self, flat: Array) -> None:
        """Forget everything and get ready for parameters like flat, (n_parameters,)."""

    def step(self, flat: Array, gradient: Array, learning_rate: float) -> None:
        """Change the parameters in place.

        Args:
            flat: all parameters, (n_parameters,).
            gradient: their derivatives, (n_parameters,).
            learning_rate: η.
        """
        raise NotImplementedError


class SGD(Optimiser):
    """w ← w - η g: the gradient itself."""

    def step(self, flat: Array, gradient: Array, learning_rate: float) -> None:
        """Take one step; arguments as in `Optimiser.step`."""
        flat -= learning_rate * gradient


class Momentum(Optimiser):
    """v ← β v + g, w ← w - η v (Polyak 1964): a ball that keeps rolling.

    A constant gradient ends up 1 / (1 - β) times as strong.
    """

    def __init__(self, beta: float = 0.9) -> None:
        """Set how much of the velocity survives a step, 0 <= beta < 1."""
        self.beta = beta

    def start(self, flat: Array) -> None:
        """Start at rest."""
        self.velocity = np.zeros_like(flat)

    def step(self, flat: Array, gradient: Array, learning_rate: float) -> None:
        """Take one step; arguments as in `Optimiser.step`."""
        self.velocity *= self.beta
        self.velocity += gradient
        flat -= learning_rate * self.velocity


class RMSProp(Optimiser):
    """s ← ρ s + (1 - ρ) g², w ← w - η g / (√s + ε) (Hinton 2012): every weight its own scale."""

    def __init__(self, decay: float = 0.9, eps: float = 1e-8) -> None:
        """Set the memory of the mean square, 0 <= decay < 1, and ε against division by 0."""
        self.decay = decay
        self.eps = eps

    def start(self, flat: Array) -> None:
        """Start with a mean square of 0."""
        self.square = np.zeros_like(flat)
        self.change = np.empty_like(flat)  # where a step is computed, operation by operation

    def step(self, flat: Array, gradient: Array, learning_rate: float) -> None:
        """Take one step; arguments as in `Optimiser.step`."""
        move_towards(self.square, gradient * gradient, 1 - self.decay)
        np.sqrt(self.square, out=self.change)
        self.change += self.eps
        np.divide(gradient, self.change, out=self.change)
        self.change *= learning_rate
        flat -= self.change


class Adam(Optimiser):
    """Momentum over RMSProp, both corrected for having started at 0 (Kingma and Ba 2015).

    m ← β₁ m + (1 - β₁) g, v ← β₂ v + (1 - β₂) g²,
    w ← w - η (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε), and t counts from 1.
    """

    def __init__(self, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8) -> None:
        """Set the memories of the mean and the mean square, and ε against division by 0."""
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps

    def start(self, flat: Array) -> None:
        """Start with both means at 0."""
        self.m = np.zeros_like(flat)
        self.v = np.zeros_like(flat)
        self.change = np.empty_like(flat)  # where a step is computed, operation by operation
        self.t = 0

    def step(self, flat: Array, gradient: Array, learning_rate: float) -> None:
        """Take one step; arguments as in `Optimiser.step`."""
        self.t += 1
        move_towards(self.m, gradient, 1 - self.beta1)
        move_towards(self.v, gradient * gradient, 1 - self.beta2)
        root = (1 - self.beta2**self.t) ** 0.5  # multiplies numerator and denominator
        np.sqrt(self.v, out=self.change)
        self.change += self.eps * root
        np.divide(self.m, self.change, out=self.change)
        self.change *= learning_rate * root / (1 - self.beta1**self.t)
        flat -= self.change


def move_towards(mean: Array, value: Array, share: float) -> None:
    """Update a running mean in place: mean ← (1 - share) mean + share value."""
    mean *= 1 - share
    mean += share * value


OPTIMISERS: dict[str, type[Optimiser]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "rmsprop": RMSProp,
    "adam": Adam,
}
