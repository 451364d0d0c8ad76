"""How much the distribution that a layer receives jumps from one step to the next.

That it jumps was called internal covariate shift, and batch norm was said to help by calming it.
Here the jumps can be measured, and made larger on purpose (`Recipe.jitter`).

Not here: batch norm itself (`stacked`).
"""

import numpy as np

from annkit.arguments import Array
from annkit.lessons.practice.drawn_examples import Examples
from annkit.lessons.practice.stacked import Recipe, StackedNetworks, one_hot, orders


def jumps(recipe: Recipe, examples: Examples, n_steps: int, rng: np.random.Generator) -> float:
    """Return how far the mean of a unit's input to its activation moves in a step, in its own sd.

    Measured with all examples after every step of the training, so that no batch's luck is in it;
    the average over steps, hidden units and runs.

    Args:
        recipe: how the networks are trained.
        examples: X (runs, n, n_in) and labels (runs, n).
        n_steps: steps of training.
        rng: source of randomness.
    """
    X, labels = examples[0].astype(np.float32), examples[1]
    networks = StackedNetworks(recipe, len(X), rng)
    order, start, moved = orders(len(labels), labels.shape[1], True, rng), 0, []
    before: Array | None = None
    for _ in range(n_steps):
        networks.forward(X, rng)
        u = np.array([layer.u for layer in networks.layers[:-1]])  # (hidden, runs, n, units)
        means, sds = u.mean(axis=2), u.std(axis=2) + 1e-6
        if before is not None:
            moved.append(np.mean(np.abs(means - before) / sds))
        before = means
        rows = order[:, start : start + recipe.batch_size]
        batch = np.take_along_axis(labels, rows, 1)
        networks.forward(np.take_along_axis(X, rows[..., None], axis=1), rng)
        networks.backward(one_hot(batch, recipe.sizes[-1]))
        networks.step()
        start = (start + recipe.batch_size) % labels.shape[1]
    return float(np.mean(moved))
