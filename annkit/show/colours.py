"""The colours of the course: eight that stay apart for colour-blind eyes, and what each stands for.

The set was proposed by Okabe and Ito (Color Universal Design, 2008). A colour is never the only
sign: lines also differ in dash or label, marks in shape.

Not here: fonts, line widths and figures (`style`).
"""

from typing import NamedTuple


class Palette(NamedTuple):
    """Colours by name, as hex strings; the first eight are the Okabe–Ito set."""

    black: str = "#000000"
    orange: str = "#E69F00"
    sky: str = "#56B4E9"
    green: str = "#009E73"
    yellow: str = "#F0E442"
    blue: str = "#0072B2"
    vermillion: str = "#D55E00"
    purple: str = "#CC79A7"
    ink: str = "#222222"
    muted: str = "#6B6B6B"
    faint: str = "#D9D9D9"
    paper: str = "#FFFFFF"

    @property
    def positive(self) -> str:
        """Colour of positive numbers and of class 1 (+1)."""
        return self.blue

    @property
    def negative(self) -> str:
        """Colour of negative numbers and of class 0 (-1)."""
        return self.vermillion

    @property
    def cycle(self) -> tuple[str, ...]:
        """Colours of lines in the order in which they are handed out; yellow is too pale."""
        return (self.blue, self.vermillion, self.green, self.purple, self.orange, self.sky)


palette = Palette()

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*", "<", ">")
"""One marker shape per class, so that classes differ without colour."""

DASHES = ("solid", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, (3, 1, 1, 1, 1, 1)))
"""One dash pattern per line, so that lines differ without colour."""
