"""Which layer, which cause."""

import numpy as np
import pytest

from annkit.nn import Network
from annkit.nn.divergence import explain
from annkit.nn.stack import with_ones


def after_forward(X: np.ndarray, scale: list[float]) -> Network:
    """A network of three layers whose weights have these sizes, after a batch went through."""
    network = Network([2, 2, 2, 2], "identity", rng=np.random.default_rng(0))
    for layer, size in zip(network.layers, scale, strict=True):
        layer.W[:] = size
    with np.errstate(over="ignore", invalid="ignore"):
        network.scores(with_ones(X))
    return network


ONES = np.ones((3, 2))


@pytest.mark.parametrize(
    ("scale", "where"),
    [
        ([1, 1e200, 1e200], "layer 3: its z"),
        ([1e200, 1e200, 1], "layer 2: its z"),
        ([1, np.nan, 1], "layer 2: its weights"),
        ([1, np.inf, 1], "layer 2: its weights"),
        ([1, 1e150, 1e150], "layer 3: its output is too large for the cost"),
    ],
)
def test_the_first_layer_that_overflows_is_named(scale: list[float], where: str) -> None:
    network = after_forward(ONES, scale)
    assert explain(network, with_ones(ONES), np.inf, 5.0, is_first_step=False).startswith(where)


def test_the_cause_is_the_learning_rate_unless_something_else_is_likelier() -> None:
    network = after_forward(ONES, [1, 1, 1])
    x = with_ones(ONES)
    assert "learning rate 5 is past the edge; try 0.5" in explain(network, x, np.nan, 5.0, False)
    assert "first weights are too large" in explain(network, x, np.nan, 5.0, True)
    assert "as large as 3e+05; standardise" in explain(network, 3e5 * x, np.nan, 5.0, False)
