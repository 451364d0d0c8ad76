"""The network a learner works with: a predictor that draws its first weights and is trained.

Not here: what it answers (`predictor`), the loop over epochs (`training`), what fits together
(`design`), how it is shown (`summary`).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from annkit.arguments import Array, ShapeError, check_name, check_rng
from annkit.nn.design import Design, design
from annkit.nn.initialisers import INITIALISERS
from annkit.nn.predictor import Predictor
from annkit.nn.summary import summarise
from annkit.nn.training import fit


class Network(Predictor):
    """A fully connected network; `print(network)` shows its shapes and counts its parameters.

    >>> network = Network([2, 3, 1], hidden="tanh", output="sigmoid", rng=np.random.default_rng(0))
    >>> network.forward(np.zeros((4, 2))).shape
    (4, 1)
    """

    fit = fit

    def __init__(
        self,
        sizes: Sequence[int],
        hidden: str | Sequence[str] = "relu",
        output: str = "softmax",
        *,
        cost: str | None = None,
        init: str | None = None,
        dtype: Any = np.float64,
        rng: np.random.Generator,
    ) -> None:
        """Build the layers and draw the weights; biases start at 0.

        Args:
            sizes: units per layer, inputs first: [64, 32, 10] has one hidden layer of 32.
            hidden: name of the hidden activation, or one name per hidden layer.
            output: "softmax" for one class of several, "sigmoid" for yes or no, "identity" for
                a regression; other activations work too.
            cost: a name in `COSTS`; by default the one that belongs to the output, and half
                squared error for an output without one.
            init: a name in `INITIALISERS`; by default "he" if a hidden layer is a rectifier,
                else "xavier".
            dtype: np.float64, or np.float32 for speed.
            rng: source of the random weights.
        """
        check_rng(rng)
        super().__init__(design(sizes, hidden, output, cost, dtype))
        init = init or self.design.usual_init
        draw = INITIALISERS[check_name(init, "init", INITIALISERS)]
        for layer in self.layers:
            n_in, n_out = layer.W.shape
            layer.W[:] = draw(n_in, n_out, rng)

    @classmethod
    def of(cls, made_of: Design, flat: Array) -> "Network":
        """Return a network of this design with these parameters, (n_parameters,)."""
        network = cls(
            made_of.sizes,
            made_of.hidden,
            made_of.output,
            cost=made_of.cost,
            init="zeros",
            dtype=made_of.dtype,
            rng=np.random.default_rng(),  # zeros need no luck
        )
        if flat.shape != network.flat.shape:
            raise ShapeError("parameters", str(network.flat.shape), flat.shape)
        network.flat[:] = flat
        return network

    def copy(self, dtype: Any = None) -> "Network":
        """Return a network of its own with the same parameters, in another precision if asked."""
        return Network.of(replace(self.design, dtype=np.dtype(dtype or self.dtype)), self.flat)

    def __str__(self) -> str:
        """Show shapes and parameter counts as a table."""
        return summarise(self)

    def __repr__(self) -> str:
        """Show the call that builds such a network."""
        made_of = self.design
        return (
            f"Network({list(made_of.sizes)}, hidden={list(made_of.hidden)}, "
            f"output={made_of.output!r}, cost={made_of.cost!r}, dtype={made_of.dtype.name!r})"
        )
