"""How large a signal is after each layer, on the way forward and on the way back.

Not here: what follows for the first weights; that is derived in the chapter.
"""

import numpy as np

from annkit.arguments import Array
from annkit.lessons.practice.stacked import Recipe, StackedNetworks, one_hot


def signal_sizes(
    recipe: Recipe, runs: int, batch: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Send noise of size 1 through untrained networks and their error back.

    Args:
        recipe: how the networks are built.
        runs: how many networks are averaged over.
        batch: examples in each.
        rng: source of weights, inputs and labels.

    Returns:
        Root mean square of z and of ∂C/∂z in each layer, (layers,) each, the input side first.
    """
    networks = StackedNetworks(recipe, runs, rng, dtype=np.float64)
    networks.forward(rng.normal(size=(runs, batch, recipe.sizes[0])))
    n_classes = recipe.sizes[-1]
    networks.backward(one_hot(rng.integers(0, n_classes, (runs, batch)), n_classes))
    z = [np.sqrt(np.mean(layer.z**2)) for layer in networks.layers]
    delta = [np.sqrt(np.mean(layer.delta**2)) for layer in networks.layers]
    return np.array(z), np.array(delta)
