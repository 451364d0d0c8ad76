"""How the mean of its inputs makes the way of a linear unit to its weights long or short.

Not here: learning rates and curvature in general (`annkit.lessons.gradient_descent`).
"""

from collections.abc import Mapping

import numpy as np

from annkit.arguments import Array
from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import axes_list, figure

NEAR = 0.01  # share of the way that may be left at the goal


def walk(X: Array, target: Array, n_steps: int, one_at_a_time: bool) -> Array:
    """Learn the weights of one linear unit from its inputs, starting at 0.

    Args:
        X: inputs, (examples, n).
        target: the weights that made the answers, (n,).
        n_steps: number of steps.
        one_at_a_time: take the examples in order, one per step, with half the rate that would be
            safe for the largest of them. Otherwise every step sees all examples, and the rate
            is the best that a constant one can be.

    Returns:
        The weights before each step and at the end, (n_steps + 1, n).
    """
    if one_at_a_time:
        rate = 1 / np.max(np.sum(X**2, axis=1))
    else:
        curvature = np.linalg.eigvalsh(X.T @ X / len(X))
        rate = 2 / (curvature[0] + curvature[-1])
    path = [np.zeros_like(target)]
    for step in range(n_steps):
        rows = X[[step % len(X)]] if one_at_a_time else X
        miss = rows @ (path[-1] - target)
        path.append(path[-1] - rate * miss @ rows / len(rows))
    return np.array(path)


def steps_until(path: Array, target: Array) -> int:
    """Count the steps until the distance to the target has fallen to 1 % of what it was.

    Args:
        path: weights before each step and at the end, (n_steps + 1, n).
        target: (n,).

    Returns:
        The number of steps.

    Raises:
        ValueError: the path ends before it is that near.
    """
    distance = np.linalg.norm(path - target, axis=1)
    near = distance < NEAR * distance[0]
    if not near.any():
        raise ValueError(
            f"path: still {distance[-1] / distance[0]:.2g} of the way to go at its end"
        )
    return int(np.argmax(near))


def steps_needed(X: Array, target: Array) -> tuple[int, int]:
    """Count the steps until 1 % of the way is left, at most 1000.

    Args:
        X: inputs, (examples, n).
        target: the weights that made the answers, (n,).

    Returns:
        The number with one example per step, and the number with all of them in every step.
    """
    single, together = (
        steps_until(walk(X, target, 1000, one_at_a_time), target) for one_at_a_time in (True, False)
    )
    return single, together


def walks(paths: Mapping[str, Array], target: Array) -> Picture:
    """Draw the way of two weights to their goal, one panel per walk.

    Args:
        paths: name → weights before each step, (steps + 1, 2).
        target: (2,).
    """
    fig, axes = figure(7.2, 3.2, 1, len(paths), sharex=True, sharey=True)
    words = []
    for ax, (name, path) in zip(axes_list(axes), paths.items(), strict=True):
        ax.plot(*path.T, ".-", color=palette.blue, linewidth=1, markersize=4)
        ax.plot(*path[0], "o", color=palette.ink)
        ax.plot(*target, "*", color=palette.vermillion, markersize=13)
        ax.set(xlabel="weight w₁", aspect="equal")
        ax.set_title(name)
        left = np.linalg.norm(path[-1] - target) / np.linalg.norm(path[0] - target)
        words.append(f"{name}: after {len(path) - 1} steps {left:.0%} of the way is left")
    axes_list(axes)[0].set_ylabel("weight w₂")
    return Picture(
        fig,
        "Two weights on their way to a goal. " + "; ".join(words) + ".",
        f"From the dot to the star, {len(path) - 1} steps with one example each.",
    )
