"""The network library the course arrives at: NumPy only, short enough to read in an evening.

>>> import numpy as np
>>> from annkit import data, nn
>>> rng = np.random.default_rng(0)
>>> X, labels = data.moons(200, rng)
>>> network = nn.Network([2, 16, 2], hidden="tanh", rng=rng)
>>> history = network.fit(X, labels, learning_rate=0.5, rng=rng)
>>> network.score(X, labels) > 0.95
True

A way through: a neuron's `activations` and what a mistake `costs`; `layers` and the `stack` of
them, which is backpropagation; one epoch of `descent` with its `optimisers`, and `training`, which
is `fit`; what a `predictor` answers, and at last the `network`. The rest serves these.

Not here: pictures (`annkit.show`), derivations (`annkit.symbolic`), data sets (`annkit.data`).
"""

from typing import Any

from annkit.arguments import ShapeError
from annkit.moved import old_name
from annkit.nn.activations import ACTIVATIONS, Activation, softmax
from annkit.nn.costs import COSTS, Cost
from annkit.nn.divergence import DivergedError
from annkit.nn.examples import one_hot
from annkit.nn.gradient_checking import GradientReport, gradient_check
from annkit.nn.history import History
from annkit.nn.initialisers import INITIALISERS
from annkit.nn.network import Network
from annkit.nn.optimisers import OPTIMISERS, SGD, Adam, Momentum, Optimiser, RMSProp
from annkit.nn.schedules import SCHEDULES

__all__ = [
    "ACTIVATIONS",
    "COSTS",
    "INITIALISERS",
    "OPTIMISERS",
    "SCHEDULES",
    "SGD",
    "Activation",
    "Adam",
    "Cost",
    "DivergedError",
    "GradientReport",
    "History",
    "Momentum",
    "Network",
    "Optimiser",
    "RMSProp",
    "ShapeError",
    "gradient_check",
    "one_hot",
    "softmax",
]


def __getattr__(name: str) -> Any:
    return old_name(__name__, name)
