"""How the weights or gradients of each layer are spread: one histogram per layer, on one scale.

Not here: what makes them spread so (initialisation, depth).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import axes_list, figure
from annkit.show.tables import in_words

BINS = 41


def layer_histograms(
    pairs: Sequence[tuple[ArrayLike, ArrayLike]], of: str = "weights", caption: str = ""
) -> Picture:
    """Draw a histogram of the first array of every pair, layer below layer.

    Args:
        pairs: `(W, b)` or `(dW, db)` per layer, input side first.
        of: what they are: "weights", "gradients".
        caption: what to look at.

    Returns:
        The picture: the same horizontal scale for all layers, so that widths can be compared.
    """
    arrays = [np.ravel(np.asarray(W, dtype=float)) for W, _ in pairs]
    # The widest layer decides, without its few largest values.
    reach = max(float(np.quantile(np.abs(a), 0.998)) for a in arrays) or 1.0
    edges = np.linspace(-reach, reach, BINS + 1)
    fig, axes = figure(5.6, 0.7 + 0.8 * len(arrays), rows=len(arrays), sharex=True, squeeze=False)
    said = []
    for layer, (ax, a) in enumerate(zip(axes_list(axes), arrays, strict=True), start=1):
        share = np.histogram(a.clip(-reach, reach), edges)[0] / a.size
        ax.stairs(share, edges, fill=True, color=palette.sky)
        ax.stairs(share, edges, color=palette.blue, linewidth=1.2)
        ax.axvline(0, color=palette.ink, linewidth=0.8)
        ax.set(yticks=[], ylim=(0, None))
        ax.spines["left"].set_visible(False)
        ax.set_ylabel(f"layer {layer}", rotation=0, ha="right", va="center")
        sd = in_words(a.std(), 2)
        ax.text(0.99, 0.9, f"sd {sd}", transform=ax.transAxes, ha="right", va="top", fontsize=10)
        zeros = np.mean(a == 0)
        extra = f", {100 * zeros:.0f} % exactly zero" if zeros else ""
        said.append(f"layer {layer}: mean {in_words(a.mean(), 2)}, standard deviation {sd}{extra}")
    axes_list(axes)[-1].set_xlabel(of)
    alt = f"Histograms of the {of} of {len(arrays)} layers on one scale. {'; '.join(said)}."
    return Picture(fig, alt, caption)
