"""The network library the course arrives at: NumPy only, short enough to read in an evening.

>>> import numpy as np
>>> from annkit import data, nn
>>> rng = np.random.default_rng(0)
>>> X, labels = data.moons(200, rng)
>>> network = nn.Network([2, 16, 2], hidden="tanh", rng=rng)
>>> history = network.fit(X, labels, learning_rate=0.5, rng=rng)
>>> network.score(X, labels) > 0.95
True

A way through the modules: `activations`, `costs`, `layers`, `stack` (backpropagation), `descent`
(one epoch), `optimisers`, `training` (`fit`), `network`; the others serve these.

Not here: pictures (`annkit.show`), derivations (`annkit.symbolic`), data sets (`annkit.data`).
"""

from typing import Any

from annkit.moved import old_name
from annkit.nn.activations import ACTIVATIONS, Activation, softmax
from annkit.nn.borders import ShapeError
from annkit.nn.costs import COSTS, Cost
from annkit.nn.divergence import DivergedError
from annkit.nn.gradient_checking import GradientReport, gradient_check
from annkit.nn.history import History
from annkit.nn.initialisers import INITIALISERS
from annkit.nn.network import Network
from annkit.nn.optimisers import OPTIMISERS, SGD, Adam, Momentum, Optimiser, RMSProp
from annkit.nn.schedules import SCHEDULES
from annkit.nn.targets import one_hot

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
