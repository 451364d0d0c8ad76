"""What is rarely of use runs in full by `make test-long`, and in a sample of it by `make test`.

The sample is always the same one: a failure can be run again, and no run is luckier than another.
A test outside of it bears the mark `long`, and `slow` as well, so that the unit tests leave it out.

Not here: which tests take seconds anyway (the mark `slow`, in each file).
"""

from collections.abc import Iterable
from typing import Any

import pytest

LONG = (pytest.mark.slow, pytest.mark.long)


def sampled(values: Iterable[Any], count: int) -> list[Any]:
    """Values of a parameter, those after the first few for `make test-long` only.

    Args:
        values: all of them.
        count: how many `make test` runs.
    """
    return [
        value if place < count else pytest.param(value, marks=LONG)
        for place, value in enumerate(values)
    ]
