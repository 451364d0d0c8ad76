"""Whole formulas grow by a factor per layer, formulas layer by layer by a constant."""

from itertools import pairwise

import numpy as np
import sympy

from annkit.symbolic import growth
from annkit.symbolic.formula_growth import layer_by_layer, network, operations


def test_the_whole_explodes_and_the_layers_do_not():
    counts = [growth(n) for n in (1, 2, 3)]
    whole, shared, by_layer = (
        [getattr(count, kind) for count in counts] for kind in ("whole", "shared", "by_layer")
    )
    assert whole[1:3] == [205, 1057]
    assert shared[1] == 29
    assert all(b > 3 * a for a, b in pairwise(whole))
    steps = np.diff([operations(layer_by_layer(n)) for n in (2, 3, 4, 20)])
    assert steps.tolist() == [steps[0], steps[0], 16 * steps[0]]
    assert all(w >= s >= b for w, s, b in zip(whole, shared, by_layer, strict=True))


def test_operations_counts_what_a_person_would():
    x, y = sympy.symbols("x y")
    assert operations([x * y + 1, sympy.exp(x), x]) == 3


def test_layer_by_layer_computes_the_same_derivatives():
    """Fed with numbers from layer to layer, its formulas give what `diff` gives."""
    error, parameters = network(2)
    rng = np.random.default_rng(0)
    names = {symbol.name: symbol for symbol in error.free_symbols}
    at = {name: float(rng.normal()) for name in names}
    wanted = [
        float(sympy.diff(error, p).subs({names[n]: v for n, v in at.items()})) for p in parameters
    ]
    pieces = layer_by_layer(2)
    known = {**at, "a0_1": at["x1"], "a0_2": at["x2"]}

    def value(formula):
        return float(formula.subs({symbol: known[symbol.name] for symbol in formula.free_symbols}))

    z1, h, first = pieces[0:2], pieces[2:4], pieces[4:8]
    z2, miss, second, delta = pieces[8], pieces[9], pieces[10:12], pieces[12:14]
    known |= {f"z1_{j}": value(z) for j, z in zip((1, 2), z1, strict=True)}
    known |= {f"a1_{j}": value(a) for j, a in zip((1, 2), h, strict=True)}
    known["y_hat"] = value(z2)
    known["delta2_1"] = value(miss)
    known |= {f"delta1_{j}": value(d) for j, d in zip((1, 2), delta, strict=True)}
    got = [value(f) for f in first] + [known["delta1_1"], known["delta1_2"]]
    got += [value(f) for f in second] + [known["delta2_1"]]
    np.testing.assert_allclose(got, wanted)
