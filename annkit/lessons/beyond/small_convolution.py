"""A network that carries the same few weights to every place of a picture, and asks where they fit.

Its first layer cuts all patches out of a picture and multiplies each by every kernel; of all the
places only the best one counts (a maximum), after a ReLU. Ten outputs follow. A picture that moves
has the same patches elsewhere, so the maximum over all places stays what it was, whatever the
weights, as long as no patch is cut off at the edge.

Not here: one kernel by hand (the exercise `conv2d` is the learner's), how it is tried
(`shifted_digits`).
"""

from dataclasses import dataclass

import numpy as np

from annkit.arguments import Array
from annkit.nn import softmax
from annkit.nn.gradient_checking import measured_gradient, relative_error


def patches(images: Array, size: int) -> Array:
    """Cut every patch of size × size pixels out of each picture, as rows.

    Args:
        images: pictures, (n, height, width).
        size: of a patch, in pixels.

    Returns:
        (n, places, size²), the places line by line. (Known as im2col.)
    """
    windows = np.lib.stride_tricks.sliding_window_view(images, (size, size), axis=(1, 2))
    return windows.reshape(len(images), -1, size * size)


@dataclass
class SmallConvolution:
    """One layer of kernels, the maximum over the places, one dense layer.

    Attributes:
        K: kernels as columns, (size², n_kernels).
        c: their biases, (n_kernels,).
        W: weights of the outputs, (n_kernels, 10).
        b: their biases, (10,).
    """

    K: Array
    c: Array
    W: Array
    b: Array

    @classmethod
    def drawn(cls, size: int, n_kernels: int, rng: np.random.Generator) -> "SmallConvolution":
        """Draw first weights: variance 2/n_in before a ReLU, 1/n_in before the outputs."""
        K = rng.normal(size=(size * size, n_kernels)) * np.sqrt(2 / size**2)
        W = rng.normal(size=(n_kernels, 10)) / np.sqrt(n_kernels)
        return cls(K, np.zeros(n_kernels), W, np.zeros(10))

    @property
    def params(self) -> list[Array]:
        """K, c, W and b."""
        return [self.K, self.c, self.W, self.b]

    @property
    def n_parameters(self) -> int:
        """How many numbers are learned."""
        return sum(p.size for p in self.params)

    @property
    def size(self) -> int:
        """Side of a kernel, in pixels."""
        return round(len(self.K) ** 0.5)

    def best_places(self, images: Array) -> tuple[Array, Array]:
        """Find where each kernel fits best, and how well.

        Args:
            images: pictures, (n, height, width).

        Returns:
            The largest pre-activation z over all places, (n, n_kernels), and the patch that gave
            it, (n, n_kernels, size²).
        """
        cut = patches(images, self.size)  # (n, places, size²)
        z = cut @ self.K + self.c  # (n, places, n_kernels)
        place = z.argmax(axis=1)  # (n, n_kernels)
        row = np.arange(len(images))[:, None]
        return z[row, place, np.arange(len(self.c))], cut[row, place]

    def scores(self, images: Array) -> Array:
        """Return a score for each class, (n, 10); images (n, height, width)."""
        z, _ = self.best_places(images)
        return np.asarray(np.maximum(z, 0) @ self.W + self.b)

    def predict(self, images: Array) -> Array:
        """Return the class of each picture, (n,)."""
        return np.asarray(self.scores(images).argmax(axis=1))

    def gradients(self, images: Array, labels: Array) -> list[Array]:
        """Return ∂C/∂p for each of `params`, C the mean cross-entropy.

        A kernel is used at every place, so blame comes from every place and is added up. The
        maximum lets it through at one place only: the best.

        Args:
            images: pictures, (n, height, width).
            labels: classes 0 … 9, (n,).
        """
        z, patch = self.best_places(images)
        a = np.maximum(z, 0)
        delta = softmax(a @ self.W + self.b)  # (n, 10)
        delta[np.arange(len(labels)), labels] -= 1
        delta /= len(labels)
        delta_z = delta @ self.W.T * (z > 0)  # (n, n_kernels)
        dK = np.einsum("nk,nkp->pk", delta_z, patch)
        return [dK, delta_z.sum(axis=0), a.T @ delta, delta.sum(axis=0)]

    def fit(
        self, images: Array, labels: Array, rate: float, n_epochs: int, rng: np.random.Generator
    ) -> "SmallConvolution":
        """Train with batches of 32; see `gradients` for the shapes."""
        for _ in range(n_epochs):
            for rows in np.array_split(rng.permutation(len(labels)), max(1, len(labels) // 32)):
                grads = self.gradients(images[rows], labels[rows])
                for p, g in zip(self.params, grads, strict=True):
                    p -= rate * g
        return self


def gradient_error(network: SmallConvolution, images: Array, labels: Array) -> float:
    """Nudge every parameter both ways; return the relative error of `gradients` (chapter 10).

    Args:
        network: its parameters are not changed.
        images: pictures, (n, height, width).
        labels: classes 0 … 9, (n,).
    """
    places = np.cumsum([p.size for p in network.params])[:-1]

    def cost(v: Array) -> float:
        """Mean cross-entropy with all parameters in one vector."""
        parts = zip(np.split(v, places), network.params, strict=True)
        p = softmax(SmallConvolution(*(q.reshape(w.shape) for q, w in parts)).scores(images))
        return float(-np.mean(np.log(p[np.arange(len(labels)), labels])))

    exact = np.concatenate([g.ravel() for g in network.gradients(images, labels)])
    nudged = measured_gradient(cost, np.concatenate([p.ravel() for p in network.params]))
    return relative_error(nudged, exact)
