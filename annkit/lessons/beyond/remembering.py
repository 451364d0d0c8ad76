"""Can it still say which bit it heard, n steps later? A recurrent layer is trained to.

At the first step comes a bit, +1 or −1; at all others noise. After the last step one output has to
say which bit it was. Many layers with other first weights are trained side by side (runs), so that
a result is not one layer's luck. On the way back blame passes the same matrix once per step, as it
passed a matrix per layer in deep networks.

Not here: one step alone (the exercise `rnn_step` is the learner's), pictures (`pictures`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annkit.arguments import Array
from annkit.nn.activations import sigmoid

Step = Callable[[Array, Array, Array, Array, Array], Array]

N_UNITS = 16
NOISE = 0.3
LONGEST = 1.0  # a longer gradient is clipped


@dataclass
class Rememberers:
    """Recurrent layers with one input and one output each, trained side by side.

    Attributes:
        W_xh: from the input, (runs, 1, N_UNITS).
        W_hh: from the state, (runs, N_UNITS, N_UNITS); one matrix for all steps.
        b: biases, (runs, 1, N_UNITS).
        w: to the output, (runs, N_UNITS, 1).
        c: bias of the output, (runs, 1, 1).
    """

    W_xh: Array
    W_hh: Array
    b: Array
    w: Array
    c: Array

    @classmethod
    def drawn(cls, scale: float, runs: int, rng: np.random.Generator) -> "Rememberers":
        """Draw first weights; those of the state have a standard deviation of scale/√N_UNITS."""
        n = N_UNITS
        return cls(
            rng.normal(size=(runs, 1, n)),
            rng.normal(size=(runs, n, n)) * scale / np.sqrt(n),
            np.zeros((runs, 1, n)),
            rng.normal(size=(runs, n, 1)) / np.sqrt(n),
            np.zeros((runs, 1, 1)),
        )

    @property
    def params(self) -> list[Array]:
        """W_xh, W_hh, b, w, c."""
        return [self.W_xh, self.W_hh, self.b, self.w, self.c]

    def states(self, x: Array) -> list[Array]:
        """Return the state before the first step and after each, (runs, batch, N_UNITS) each.

        Args:
            x: inputs, (steps, runs, batch, 1).
        """
        h = [np.zeros((*x.shape[1:3], N_UNITS))]
        for now in x:
            h.append(np.tanh(now @ self.W_xh + h[-1] @ self.W_hh + self.b))
        return h

    def answers(self, x: Array) -> Array:
        """Return the probability that the bit was +1, (runs, batch, 1)."""
        return np.asarray(sigmoid(self.states(x)[-1] @ self.w + self.c))

    def gradients(self, x: Array, bits: Array) -> tuple[list[Array], Array]:
        """Return ∂C/∂p for each of `params`, and how long delta is at each step.

        Args:
            x: inputs, (steps, runs, batch, 1).
            bits: +1 or −1, (runs, batch, 1).

        Returns:
            The gradients of each run's mean cross-entropy; and the length of ∂C/∂z at each step,
            first step first, averaged over the runs, (steps,).
        """
        h = self.states(x)
        delta = (sigmoid(h[-1] @ self.w + self.c) - (bits > 0)) / bits.shape[1]
        dw, dc = _turned(h[-1]) @ delta, delta.sum(axis=1, keepdims=True)
        dW_xh, dW_hh, db = (np.zeros_like(p) for p in self.params[:3])
        dh, lengths = delta @ _turned(self.w), []
        for t in reversed(range(len(x))):
            dz = dh * (1 - h[t + 1] ** 2)
            dW_xh += _turned(x[t]) @ dz  # the same weights at every step: their blame adds up
            dW_hh += _turned(h[t]) @ dz
            db += dz.sum(axis=1, keepdims=True)
            lengths.append(np.sqrt((dz**2).sum(axis=(1, 2))).mean())
            dh = dz @ _turned(self.W_hh)
        return [dW_xh, dW_hh, db, dw, dc], np.array(lengths[::-1])

    def fit(self, n_steps: int, rng: np.random.Generator, rate: float = 0.3) -> Array:
        """Train 300 times on fresh batches of 32, and return the first lengths of delta."""
        first = np.array([])
        for number in range(300):
            x, bits = heard(n_steps, len(self.b), 32, rng)
            grads, lengths = self.gradients(x, bits)
            first = first if number else lengths
            norm = np.sqrt(sum((g**2).sum(axis=(1, 2), keepdims=True) for g in grads))
            step = rate * np.minimum(1, LONGEST / norm)
            for p, g in zip(self.params, grads, strict=True):
                p -= step * g
        return first

    def accuracy(self, n_steps: int, rng: np.random.Generator) -> Array:
        """Return the share of right answers on 500 fresh bits, (runs,)."""
        x, bits = heard(n_steps, len(self.b), 500, rng)
        return np.asarray(((self.answers(x) > 0.5) == (bits > 0)).mean(axis=(1, 2)))


def heard(n_steps: int, runs: int, batch: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw what is heard: inputs (n_steps, runs, batch, 1) and bits (runs, batch, 1)."""
    bits = rng.choice([-1.0, 1.0], size=(runs, batch, 1))
    noise = NOISE * rng.normal(size=(n_steps - 1, runs, batch, 1))
    return np.concatenate([bits[None], noise]), bits


def life(step: Step, weight: float, n_steps: int, bit: float = 1.0) -> Array:
    """Return the states of a single unit that hears a bit and then nothing, (n_steps,).

    Args:
        step: a step of a recurrent layer, (x, h, W_xh, W_hh, b) → new state.
        weight: from the unit to itself.
        n_steps: how long it is watched.
        bit: its first input.
    """
    h, states = np.zeros((1, 1)), []
    for heard_now in [bit] + (n_steps - 1) * [0.0]:
        x, W_hh = np.array([[heard_now]]), np.array([[weight]])
        h = np.asarray(step(x, h, np.eye(1), W_hh, np.zeros(1)), dtype=float).reshape(1, 1)
        states.append(h[0, 0])
    return np.array(states)


def slopes_to_the_past(weight: float, states: Array) -> Array:
    """Return how much each later state answers to a nudge of the first one, (n_steps,).

    Args:
        weight: from the unit to itself.
        states: of one unit, (n_steps,); the first slope is 1.
    """
    return np.concatenate([[1.0], np.cumprod(weight * (1 - states[1:] ** 2))])


def _turned(A: Array) -> Array:
    return A.swapaxes(1, 2)
