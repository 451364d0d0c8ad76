"""Where a classifier is right and where it is wrong: the table of confusions, and the wrong ones.

Not here: how the confusions are counted (the capstone has it as an exercise).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from annkit.show.colours import palette
from annkit.show.labels import listed, plural
from annkit.show.picture import Picture
from annkit.show.style import axes_list, figure


def confusion_matrix(
    counts: ArrayLike, names: Sequence[str] | None = None, caption: str = ""
) -> Picture:
    """Draw how often each true class was taken for each class.

    Args:
        counts: rows are true classes, columns predicted ones, (C, C).
        names: of the classes; 0, 1, … if None.
        caption: what to look at.

    Returns:
        The picture: right answers on the diagonal in blue, wrong ones in vermillion, darker the
        larger their share of the row; every count is printed.
    """
    n = np.asarray(counts)
    if n.ndim != 2 or n.shape[0] != n.shape[1]:
        raise ValueError(f"counts: expected shape (C, C), got {n.shape}")
    names = list(names or map(str, range(len(n))))
    share = n / np.maximum(n.sum(axis=1, keepdims=True), 1)
    size = 1.6 + 0.42 * max(len(n), 4)
    fig, ax = figure(size + 0.2, size)
    right, wrong = (np.array(_rgb(c)) for c in (palette.blue, palette.vermillion))
    is_right = np.eye(len(n), dtype=bool)[..., None]
    # The root lets a single confusion among hundreds be seen.
    strength = np.where(is_right, 0.95 * share[..., None], 0.9 * np.sqrt(share[..., None]))
    ax.imshow(1 - strength * (1 - np.where(is_right, right, wrong)))
    for (row, column), count in np.ndenumerate(n):
        dark = strength[row, column, 0] > 0.5
        color = palette.paper if dark else (palette.ink if count else palette.muted)
        ax.text(column, row, str(count or "·"), ha="center", va="center", color=color, fontsize=10)
    ticks = np.arange(len(n))
    ax.set_xticks(ticks, names)
    ax.set_yticks(ticks, names)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set(xlabel="predicted class", ylabel="true class")
    total, correct = int(n.sum()), int(np.trace(n))
    off = n.copy()
    np.fill_diagonal(off, 0)
    worst = [np.unravel_index(i, n.shape) for i in np.argsort(-off, axis=None, kind="stable")[:3]]
    said = [f"{names[i]} taken for {names[j]} ({n[i, j]})" for i, j in worst if off[i, j]]
    alt = f"Confusion matrix of {len(n)} classes: {correct} of {total} right on the diagonal"
    alt += f". Most frequent confusions: {listed(said)}." if said else ", no confusion."
    return Picture(fig, alt, caption)


def _rgb(color: str) -> tuple[float, ...]:
    return tuple(int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))


def error_gallery(
    images: ArrayLike,
    labels: ArrayLike,
    predicted: ArrayLike,
    limit: int = 12,
    caption: str = "",
    answers_below: bool = False,
) -> Picture:
    """Draw the images a model got wrong, each with what it is and what it was taken for.

    Args:
        images: (n, 64), or (n, height, width).
        labels: true classes, (n,).
        predicted: predicted classes, (n,).
        limit: how many to show at most, the first ones.
        caption: what to look at.
        answers_below: number the images, and say what they are only in a fold under the picture.

    Returns:
        The picture.
    """
    pixels = np.asarray(images, dtype=float)
    if pixels.ndim == 2:
        side = round(pixels.shape[1] ** 0.5)
        pixels = pixels.reshape(len(pixels), side, -1)
    labels, predicted = np.asarray(labels), np.asarray(predicted)
    wrong = np.flatnonzero(labels != predicted)
    shown = wrong[:limit]
    columns = min(max(len(shown), 1), 6)
    rows = -(-max(len(shown), 1) // columns)
    fig, axes = figure(1.15 * max(columns, 3), 1.45 * rows, rows, columns, squeeze=False)
    for ax in axes_list(axes):
        ax.axis("off")
    answers = {
        str(number): f"{labels[i]} read as {predicted[i]}"
        for number, i in enumerate(shown, start=1)
    }
    titles = answers.keys() if answers_below else answers.values()
    for ax, i, title in zip(axes_list(axes), shown, titles, strict=False):
        ax.imshow(pixels[i], cmap="gray_r", interpolation="nearest")
        ax.set_title(title, fontsize=10, loc="center")
    if not len(shown):
        axes[0, 0].text(0.5, 0.5, "no errors", ha="center", va="center")
    said = listed([f"a {answer}" for answer in answers.values()])
    alt = f"{plural(len(wrong), 'error')} among {len(labels)} images"
    alt += f"; shown: {said}." if said else "."
    folded = ""
    if answers_below and answers:
        folded = ", ".join(f"{number}: {answer}" for number, answer in answers.items()) + "."
    return Picture(fig, alt, caption, folded)
