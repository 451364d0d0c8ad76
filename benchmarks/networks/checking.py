"""What a gradient check costs, in backward passes of the same network on the same batch.

Not here: whether it catches wrong gradients (`tests/nn/test_gradient_checking.py`).
"""

import numpy as np

from annkit.nn import GradientReport, Network, gradient_check
from benchmarks.interleave import interleaved, ratio
from benchmarks.networks.training import RESULTS, versions

SIZES = ((2, 16, 16, 2), (64, 32, 10), (784, 128, 64, 10))
BATCH, ROUNDS = 32, 9
LARGEST_EXHAUSTIVE = 5000  # parameters


def row(sizes: tuple[int, ...]) -> list[str]:
    """Measure one network; return the cells of its row."""
    rng = np.random.default_rng(0)
    network = Network(sizes, rng=rng)
    X, y = rng.normal(size=(BATCH, sizes[0])), rng.integers(0, sizes[-1], BATCH)
    n = network.flat.size
    cells = ["-".join(map(str, sizes)), f"{n:,}"]
    for exhaustive in (False, True):
        if exhaustive and n > LARGEST_EXHAUSTIVE:
            return [*cells, "–", "–"]

        def check(exhaustive: bool = exhaustive) -> GradientReport:
            return gradient_check(network, X, y, exhaustive=exhaustive, rng=rng)

        def ten_passes() -> None:
            for _ in range(10):
                network.backprop(X, y)

        seconds = interleaved({"check": check, "passes": ten_passes}, ROUNDS)
        cells += [f"{10 * ratio(seconds, 'check', 'passes'):.0f}", f"{check().worst:.0e}"]
    return cells


def main() -> None:
    """Measure, write `results/gradient-check.md`, and print it."""
    lines = [
        "# Gradient check: cost in backward passes",
        "",
        f"Made by `python -m benchmarks gradient-check`. Batch {BATCH}, float64; three random",
        f"directions per array, or every parameter. Medians of {ROUNDS} pairs. {versions()}.",
        "",
        "| network | parameters | random directions | worst error | exhaustive | worst error |",
        "|---|---|---|---|---|---|",
    ]
    lines += [f"| {' | '.join(row(sizes))} |" for sizes in SIZES]
    text = "\n".join(lines) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "gradient-check.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
