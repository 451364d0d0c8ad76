"""The table a network prints."""

import numpy as np

from annkit.nn import Network
from annkit.nn.summary import summarise


def test_the_whole_table() -> None:
    network = Network([3, 4, 2], "tanh", rng=np.random.default_rng(0))
    assert summarise(network).splitlines() == [
        "3 → 4 → 2, softmax_cross_entropy, float64",
        "layer  W       b     activation  parameters",
        "1      (3, 4)  (4,)  tanh                16",
        "2      (4, 2)  (2,)  softmax             10",
        "total                                    26",
    ]
