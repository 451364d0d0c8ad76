"""How large a learning rate? A test that takes one short training, and a ruler to check it by.

The rate grows from step to step, by the same factor, until the cost runs away; the cost tells at
which rates it was still falling.

Not here: the edge of a bowl, which has a formula (`annkit.lessons.gradient_descent`).
"""

from dataclasses import replace

import numpy as np

from annkit.arguments import Array
from annkit.lessons.practice.drawn_examples import Examples
from annkit.lessons.practice.stacked import Recipe, StackedNetworks, losses, one_hot

LOWEST, HIGHEST, N_STEPS = 1e-3, 10.0, 80
SMOOTH = 5  # steps before and after that a cost is averaged with


def range_test(recipe: Recipe, examples: Examples, rng: np.random.Generator) -> tuple[Array, Array]:
    """Train with a rate that grows from step to step.

    Args:
        recipe: how the networks are built; its rate and epochs are not used.
        examples: X (runs, n, n_in) and labels (runs, n); a batch is drawn afresh for each step.
        rng: source of first weights and batches.

    Returns:
        The rates (N_STEPS,), and the batch's cost before each step, (N_STEPS, runs).
    """
    X, targets = examples[0].astype(np.float32), one_hot(examples[1], recipe.sizes[-1])
    networks = StackedNetworks(recipe, len(X), rng)
    rates = np.geomspace(LOWEST, HIGHEST, N_STEPS)
    costs = []
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for rate in rates:
            rows = rng.choice(X.shape[1], recipe.batch_size, replace=False)
            costs.append(losses(networks.forward(X[:, rows], rng), targets[:, rows]).mean(axis=1))
            networks.recipe = replace(recipe, learning_rate=float(rate))
            networks.backward(targets[:, rows])
            networks.step()
    return rates, np.nan_to_num(np.array(costs), nan=np.inf)


def chosen_rate(rates: Array, costs: Array) -> Array:
    """Return a third of the rate at which the smoothed cost was lowest, (runs,).

    Args:
        rates: (steps,).
        costs: (steps, runs).
    """
    capped = np.minimum(costs, 10 * costs[0])
    padded = np.pad(capped, ((SMOOTH, SMOOTH), (0, 0)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * SMOOTH + 1, axis=0)
    return np.asarray(rates[windows.mean(axis=-1).argmin(axis=0)] / 3)
