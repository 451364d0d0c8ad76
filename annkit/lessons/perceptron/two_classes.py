"""How the two classes of chapter 2 look: a colour and a shape each, fruits in their own colours.

Not here: more than two classes (`points`).
"""

from typing import Any, NamedTuple

from annkit.show.colours import MARKERS, palette


class Look(NamedTuple):
    """Colours and shapes of the classes -1 and +1, in this order."""

    colors: tuple[str, str]
    marks: tuple[str, str] = (MARKERS[0], MARKERS[1])
    edge: str = palette.ink

    def style(self, label: int) -> dict[str, Any]:
        """Return the options of `Axes.plot` for points with the label -1 or +1."""
        row = int(label > 0)
        return {
            "marker": self.marks[row],
            "color": self.colors[row],
            "ls": "none",
            "mec": self.edge,
            "mew": 0.9,
        }


FRUIT = Look((palette.yellow, palette.vermillion))
ANY = Look((palette.negative, palette.positive), edge=palette.paper)


def look(names: tuple[str, str]) -> Look:
    """Return the look of two classes by their names: a lemon is yellow, an orange is not blue."""
    return FRUIT if names == ("lemon", "orange") else ANY
