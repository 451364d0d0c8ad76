"""A digit is drawn with its numbers, and said in words."""

import numpy as np

from annkit.lessons.welcome.pictures import picture_and_numbers


def test_every_pixel_is_written() -> None:
    image = np.linspace(0, 1, 6).reshape(2, 3)
    picture = picture_and_numbers(image, 7)
    written = [text.get_text() for text in picture.fig.axes[1].texts]
    assert written == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
    assert "handwritten 7" in picture.alt
    assert "2 by 3 pixels" in picture.alt
