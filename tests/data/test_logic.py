"""Truth tables against Python's own logic."""

from collections.abc import Callable

import numpy as np

from annkit import data

MEANING: dict[str, Callable[..., bool]] = {
    "AND": lambda p, q: p and q,
    "OR": lambda p, q: p or q,
    "NAND": lambda p, q: not (p and q),
    "NOR": lambda p, q: not (p or q),
    "XOR": lambda p, q: p != q,
    "XNOR": lambda p, q: p == q,
    "NOT": lambda p: not p,
}


def test_every_gate() -> None:
    gates = data.gates()
    assert set(gates) == set(MEANING)
    for name, (X, y) in gates.items():
        assert X.dtype == float
        assert y.dtype.kind == "i"
        assert len(X) == len(np.unique(X, axis=0)) == 2 ** X.shape[1]
        assert y.tolist() == [int(MEANING[name](*map(bool, row))) for row in X]


def test_nobody_can_spoil_them() -> None:
    data.gates()["AND"][0][:] = 9
    assert data.gates()["AND"][0].max() == 1
    one, other = data.gates()["OR"][0], data.gates()["XOR"][0]
    assert not np.shares_memory(one, other)
