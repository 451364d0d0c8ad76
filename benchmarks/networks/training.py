"""Time per example of a training, every contestant on every problem, as multiples of annkit's.

All contestants take turns; a number is the median over the rounds of one contestant's time
divided by annkit's time right next to it.

Not here: how soon a training is good enough (`learning`).
"""

import json
import os
import platform
import time
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from benchmarks.interleave import interleaved, quantile, ratio
from benchmarks.networks import library_contestants, numpy_contestants
from benchmarks.networks.figure import draw
from benchmarks.networks.problems import Problem, problems

RESULTS = Path(__file__).resolve().parent.parent / "results"
ROUNDS = 9

CONTESTANTS: dict[str, Callable[[Problem], Callable[[], float]]] = {
    "annkit": numpy_contestants.ours,
    "matrix products alone": numpy_contestants.products,
    "plain NumPy": numpy_contestants.plain,
    "textbook NumPy": numpy_contestants.textbook,
    "scikit-learn": library_contestants.scikit_learn,
    "PyTorch eager": library_contestants.torch_eager,
    "JAX, a jitted step": library_contestants.jax_step,
    "JAX, a scan per epoch": library_contestants.jax_scan,
}
WITH_ADAM: dict[str, Callable[[Problem, str], Callable[[], float]]] = {
    "annkit": numpy_contestants.ours,
    "scikit-learn": library_contestants.scikit_learn,
    "PyTorch eager": library_contestants.torch_eager,
}


def measure(problem: Problem, rounds: int = ROUNDS) -> dict[str, tuple[float, float, float]]:
    """Return name → (median, first and third quartile) of the ratio to annkit, and check costs."""
    runs = {}
    for name, prepare in CONTESTANTS.items():
        try:
            runs[name] = prepare(problem)
        except ImportError:
            continue
    costs = {name: run() for name, run in runs.items()}
    for name, cost in costs.items():
        if name == "scikit-learn" or np.isnan(cost):  # starts from weights of its own; or no cost
            continue
        if abs(cost - costs["annkit"]) > 0.5 * costs["annkit"] + 0.1:
            raise ValueError(f"{problem.name}: these do not train the same network: {costs}")
    return _ratios(interleaved(runs, rounds, time.process_time))


def measure_adam(problem: Problem, rounds: int = ROUNDS) -> dict[str, tuple[float, float, float]]:
    """The same for Adam, where the libraries have their own."""
    runs = {}
    for name, prepare in WITH_ADAM.items():
        try:
            runs[name] = prepare(problem, "adam")
        except ImportError:
            continue
    return _ratios(interleaved(runs, rounds, time.process_time))


def _ratios(seconds: Mapping[str, list[float]]) -> dict[str, tuple[float, float, float]]:
    """Median and quartiles of each contestant's time over annkit's of the same round."""
    result = {}
    for name in seconds:
        pairs = [a / b for a, b in zip(seconds[name], seconds["annkit"], strict=True)]
        result[name] = (
            ratio(seconds, name, "annkit"),
            quantile(pairs, 0.25),
            quantile(pairs, 0.75),
        )
    return result


def versions() -> str:
    """Name the machine and what was measured, in one line."""
    names = ("numpy", "scikit-learn", "torch", "jax")
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed")
    threads = os.environ.get("OMP_NUM_THREADS", "not set")
    return f"Python {platform.python_version()}, {', '.join(found)}; OMP_NUM_THREADS {threads}"


def markdown(
    sgd: Mapping[str, Mapping[str, tuple[float, float, float]]],
    adam: Mapping[str, Mapping[str, tuple[float, float, float]]],
) -> str:
    """Return both tables: problem → contestant → ratio, a row per contestant."""
    lines = [
        "# Training: time relative to annkit",
        "",
        "Made by `python -m benchmarks training`. Smaller is faster; annkit = 1. A number is the",
        "median over interleaved rounds of a contestant's CPU time over annkit's next to it:",
        "float32, one core, whole calls with their set-up; compiling is not counted.",
        f"Rounds: {ROUNDS}. {versions()}.",
        "",
    ]
    for title, table in (("SGD", sgd), ("Adam", adam)):
        names = [name for name in CONTESTANTS if any(name in column for column in table.values())]
        lines += [f"| {title} | {' | '.join(table)} |", "|---" * (len(table) + 1) + "|"]
        for name in names:
            found = [column.get(name) for column in table.values()]
            cells = [f"{ratios[0]:.2g}" if ratios else "–" for ratios in found]
            lines.append(f"| {name} | {' | '.join(cells)} |")
        lines.append("")
    lines += ["![The same as a picture](training.png)", ""]
    return "\n".join(lines)


def main() -> None:
    """Measure, write `results/training.md`, `.json` and `.png`, and print the table."""
    if hasattr(os, "sched_setaffinity"):  # one core for all, or some would take two
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sgd, adam = {}, {}
    for problem in problems():
        sgd[problem.name] = measure(problem)
        print(problem.name, {name: round(r[0], 2) for name, r in sgd[problem.name].items()})
        if problem.name in ("digits, B = 32", "large, B = 128"):
            adam[problem.name] = measure_adam(problem)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "training.json").write_text(json.dumps({"sgd": sgd, "adam": adam}, indent=1) + "\n")
    (RESULTS / "training.md").write_text(markdown(sgd, adam), encoding="utf-8")
    draw(sgd, RESULTS / "training.png")
    print(markdown(sgd, adam))


if __name__ == "__main__":
    main()
