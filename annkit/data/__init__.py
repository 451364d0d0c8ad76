"""Data sets of the course: small, reproducible, and here already: nothing is downloaded.

Generators take the number of examples and a `numpy.random.Generator`; same seed, same data.

Not here: loading files of your own.
"""

from annkit.data.clouds import blobs, circles, moons, spirals
from annkit.data.fruits import FRUIT_FEATURES, fruits
from annkit.data.handwriting import digits
from annkit.data.housing import (
    HOUSE_FEATURES,
    HOUSE_NOISE,
    HOUSE_UNITS,
    expected_price,
    houses,
)
from annkit.data.logic import gates
from annkit.data.partition import split

__all__ = [
    "FRUIT_FEATURES",
    "HOUSE_FEATURES",
    "HOUSE_NOISE",
    "HOUSE_UNITS",
    "blobs",
    "circles",
    "digits",
    "expected_price",
    "fruits",
    "gates",
    "houses",
    "moons",
    "spirals",
    "split",
]
