"""How long until 97 % of unseen digits are read right, without imports and from process start.

Same architecture, optimiser, batches and splits for all; contestants take turns, every run is a
process of its own (`until_97`), and what is compared are the runs of one seed.

Not here: time per step (`training`).
"""

import importlib.util
import os
import statistics
import subprocess
import sys

from benchmarks.networks.training import RESULTS, versions
from benchmarks.networks.until_97 import BATCH_SIZE, CONTESTANTS, GOAL, LEARNING_RATE

SEEDS = range(11)
NEEDS = {"scikit-learn": "sklearn", "PyTorch eager": "torch"}


def run(name: str, seed: int) -> tuple[float, float, int]:
    """Return CPU seconds without imports, CPU seconds from process start, and epochs."""
    command = [sys.executable, "-m", "benchmarks.networks.until_97", name, str(seed)]
    before = os.times()
    subprocess.run([*command, "cold"], check=True, capture_output=True)
    after = os.times()
    whole = after.children_user + after.children_system
    whole -= before.children_user + before.children_system
    warm = subprocess.run([*command, "warm"], check=True, capture_output=True, text=True)
    seconds, epochs = warm.stdout.split()
    return float(seconds), whole, int(epochs)


def main() -> None:
    """Measure, write `results/learning.md`, and print it."""
    names = [n for n in CONTESTANTS if n not in NEEDS or importlib.util.find_spec(NEEDS[n])]
    runs: dict[str, list[tuple[float, float, int]]] = {name: [] for name in names}
    for seed in SEEDS:
        for name in names:
            runs[name].append(run(name, seed))
    lines = [
        f"# Time to {GOAL:.0%} of unseen digits",
        "",
        "Made by `python -m benchmarks learning`. 64-32-10 on 1437 digits, judged on the other 360",
        f"after every epoch; Adam, learning rate {LEARNING_RATE}, B = {BATCH_SIZE}, float32, one",
        f"thread. CPU time, medians over {len(SEEDS)} seeds; multiples are medians over the seeds.",
        f"{versions()}.",
        "",
        "| | epochs | training | × annkit | from process start | × annkit |",
        "|---|---|---|---|---|---|",
    ]
    for name in names:
        alone, whole, epochs = zip(*runs[name], strict=True)
        own_alone, own_whole, _ = zip(*runs["annkit"], strict=True)
        cells = [
            f"{statistics.median(epochs):.0f}",
            f"{1000 * statistics.median(alone):.0f} ms",
            f"{statistics.median(a / b for a, b in zip(alone, own_alone, strict=True)):.1f}",
            f"{1000 * statistics.median(whole):.0f} ms",
            f"{statistics.median(a / b for a, b in zip(whole, own_whole, strict=True)):.1f}",
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    text = "\n".join(lines) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "learning.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
