"""A handwritten digit twice: as a person sees it, and as the numbers a program gets.

Not here: many digits with what a network said about them (`annkit.show.confusions`).
"""

import numpy as np
from numpy.typing import ArrayLike

from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import figure

DARK = 0.55  # from this much ink on, numbers are written in white


def picture_and_numbers(image: ArrayLike, label: int) -> Picture:
    """Draw an image and, beside it, its pixels as numbers.

    Args:
        image: ink, from 0 (paper) to 1, (rows, columns).
        label: which digit it is.
    """
    pixels = np.asarray(image, dtype=float)
    n_rows, n_columns = pixels.shape
    fig, (left, right) = figure(7.0, 3.4, columns=2)
    for ax in (left, right):
        ax.imshow(pixels, cmap="Greys", vmin=0, vmax=1)
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_visible(True)
    for i, j in np.ndindex(n_rows, n_columns):
        color = palette.paper if pixels[i, j] > DARK else palette.ink
        right.text(j, i, f"{pixels[i, j]:.1f}", ha="center", va="center", fontsize=8, color=color)
    left.set_title("what you see")
    right.set_title("what a program gets")
    alt = (
        f"A handwritten {label} as a grey picture of {n_rows} by {n_columns} pixels, and the same "
        f"picture with the {pixels.size} numbers written on it, from 0 for paper to 1 for ink."
    )
    return Picture(fig, alt, f"The label that comes with it: {label}.")
