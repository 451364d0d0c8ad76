"""A probe is self-contained, or refused when it is defined."""

import numpy as np
import pytest

from annkit.exercises import probe
from annkit.exercises.calls.probe import compile_probe

OUTSIDE = 3


def test_a_probe_travels_as_source():
    """The text alone is enough to make it again."""

    @probe
    def doubled(function, x):
        import numpy

        return numpy.float64(2) * function(x)

    again = compile_probe(doubled.source, doubled.name)
    assert again(lambda x: x + 1, 2) == 6


def test_names_from_outside_are_refused():
    """They would not exist next to the answer."""
    with pytest.raises(ValueError, match="uses OUTSIDE, np from outside"):

        @probe
        def leaning(function):
            return np.zeros(OUTSIDE) + function()


def test_a_closure_is_refused():
    """Its values would not travel."""
    factor = 2
    with pytest.raises(ValueError, match="closure"):

        @probe
        def closing(function):
            return factor * function()


def test_a_probe_is_not_called_by_a_check():
    """Only the handle runs it."""

    @probe
    def nothing(function):
        return None

    with pytest.raises(TypeError, match=r"answer\.probe"):
        nothing(len)


def test_a_probe_means_pythons_own_builtins(monkeypatch):
    """Whatever the learner's code has put in their place."""

    @probe
    def split(number):
        return divmod(number, 2)

    # one that nothing around the test relies on
    monkeypatch.setattr("builtins.divmod", lambda one, other: "a lie")
    assert compile_probe(split.source, split.name)(7) == (3, 1)
