"""The picture of a split start says what one step does."""

import numpy as np

from annkit.lessons.gradient_descent.pictures import split_start


def test_each_part_is_told_with_its_length_and_its_factor() -> None:
    # Axes of the bowl are the diagonals; curvatures 1 and 3.
    picture = split_start([[2.0, 1.0], [1.0, 2.0]], [0.0, 0.0], [2.0, 0.0], 0.5)
    assert f"flat direction {np.sqrt(2):.3g} long, times 0.5" in picture.alt
    assert f"steep direction {np.sqrt(2):.3g} long, times −0.5" in picture.alt
    assert picture.png.startswith(b"\x89PNG")
