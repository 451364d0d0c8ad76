"""How long a learner waits in a notebook: opening a chapter, and from run to card.

- What a chapter's first cell takes in a fresh kernel, over a kernel whose first cell imports NumPy
  alone: processor time, since a chapter needs NumPy with or without annkit.
- By the clock, from the moment a check is sent until its card is there: known wrong answers of all
  exercises, a sample, in one kernel like a learner's.

Not here: what judging takes without a kernel (`checks`), a chapter from top to bottom (`chapters`).
"""

import json
import os
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.manager import start_new_kernel

from annkit.exercises import Exercise, course
from benchmarks.interleave import quantile

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 10
WRONG_ANSWERS = 2  # of each exercise
NUMPY = "import numpy as np"


class Kernel:
    """A kernel like a learner's, in the folder of a chapter."""

    def __init__(self, client: Any) -> None:
        """Talk to it through a client."""
        self._client = client

    def run(self, code: str) -> list[tuple[float, dict[str, Any]]]:
        """Run a cell; return its outputs, each with the seconds it was waited for."""
        outputs: list[tuple[float, dict[str, Any]]] = []
        start = time.perf_counter()

        def keep(message: dict[str, Any]) -> None:
            outputs.append((time.perf_counter() - start, message))

        self._client.execute_interactive(code, output_hook=keep, timeout=600)
        faults = [m["content"] for _, m in outputs if m["msg_type"] == "error"]
        assert not faults, f"{code}: {faults}"
        return outputs

    def processor_time(self) -> float:
        """Seconds that its process has used."""
        outputs = self.run("import time; print(time.process_time())")
        return float(next(m["content"]["text"] for _, m in outputs if m["msg_type"] == "stream"))


@contextmanager
def kernel(folder: Path, state: str) -> Iterator[Kernel]:
    """Start a kernel of a learner who has done nothing yet."""
    environment = {**os.environ, "ANNKIT_STATE": state, "OMP_NUM_THREADS": "1"}
    manager, client = start_new_kernel(cwd=str(folder), env=environment)
    try:
        yield Kernel(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def first_cell(chapter: str) -> str:
    """The first cell of code in a chapter's notebook."""
    path = ROOT / "notebooks" / chapter / f"{chapter}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "".join(next(cell for cell in cells if cell["cell_type"] == "code")["source"])


def opening(state: str) -> None:
    """Print what each chapter's first cell takes beyond importing NumPy."""
    chapters = list(course().chapters)
    seconds: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name in ("", *chapters):
            with kernel(ROOT / "notebooks" / name, state) as fresh:
                before = fresh.processor_time()
                fresh.run(first_cell(name) if name else NUMPY)
                seconds[name].append(fresh.processor_time() - before)
    alone = statistics.median(seconds[""])
    print(f"{NUMPY}: {1000 * alone:.0f} ms")
    for name in chapters:
        print(f"{name}: {1000 * (statistics.median(seconds[name]) - alone):+.0f} ms")


def run_to_card(state: str) -> None:
    """Print how long the cards of wrong answers were waited for."""
    rng = random.Random(0)
    waits: list[tuple[float, str]] = []
    with kernel(ROOT / "notebooks", state) as desk:
        desk.run("from annkit import check\nfrom annkit.exercises import course")
        for id in course().paths:
            task = course().load(id)
            if not isinstance(task, Exercise):
                continue
            places = range(len(task.wrongs))
            for place in rng.sample(places, min(WRONG_ANSWERS, len(places))):
                desk.run(f"answer = course().load({id!r}).wrongs[{place}].target")
                outputs = desk.run(f"check({id!r}, answer)")
                card = next(when for when, m in outputs if m["msg_type"] == "display_data")
                waits.append((card, f"{id}, {task.wrongs[place].name}"))
    seconds = [wait for wait, _ in waits]
    print(f"{len(waits)} wrong answers at load {os.getloadavg()[0]:.1f}, from run to card:")
    print(f"median {statistics.median(seconds):.3f} s, p95 {quantile(seconds, 0.95):.3f} s")
    for wait, name in sorted(waits)[-5:]:
        print(f"  {wait:.3f} s {name}")


def main() -> None:
    """Print both."""
    with tempfile.TemporaryDirectory() as state:
        opening(state)
        run_to_card(state)


if __name__ == "__main__":
    main()
