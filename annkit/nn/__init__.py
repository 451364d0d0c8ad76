"""The network library the course arrives at: NumPy only, short enough to read in an evening.

Not here: pictures (`annkit.show`), derivations (`annkit.symbolic`), data sets (`annkit.data`).
"""

from annkit.nn.activations import ACTIVATIONS, Activation, softmax
from annkit.nn.leaky_cell import LeakyCell

__all__ = ["ACTIVATIONS", "Activation", "LeakyCell", "softmax"]
