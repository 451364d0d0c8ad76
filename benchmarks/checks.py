"""What a learner waits for: importing annkit, and the card of a right and of a wrong answer.

- `import annkit` against `import numpy`, each in a fresh interpreter.
- `check` of every exercise, with its reference and with each known wrong answer: median and 95th
  percentile, judged and drawn as a card, without the picture.

Not here: executing whole chapters (`chapters`), whether the checks are strict (`mutants`).
"""

import contextlib
import io
import statistics
import subprocess
import sys
import time

from annkit.exercises import Exercise, course, judge
from annkit.exercises.cards.report import report_card
from annkit.exercises.judging.selfcheck import SEEDS
from benchmarks.interleave import interleaved, quantile, ratio

ROUNDS = 15


def imports() -> None:
    """Print time of `import annkit` over time of `import numpy`."""

    def fresh(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], check=True)

    seconds = interleaved(
        {
            "annkit": lambda: fresh("import annkit"),
            "numpy": lambda: fresh("import numpy"),
            "nothing": lambda: fresh("pass"),
        },
        ROUNDS,
    )
    alone = statistics.median(
        (a - n) / (b - n)
        for a, b, n in zip(seconds["annkit"], seconds["numpy"], seconds["nothing"], strict=True)
    )
    print(f"import annkit / import numpy, whole process: {ratio(seconds, 'annkit', 'numpy'):.2f}")
    print(f"the same without the interpreter's start:    {alone:.2f}")


def latency() -> None:
    """Print the latency of a check, right and wrong, in milliseconds."""
    passing: list[float] = []
    failing: list[float] = []
    for id in course().paths:
        task = course().load(id)
        if not isinstance(task, Exercise):
            continue
        answers = [(task.answer, passing), *((wrong.target, failing) for wrong in task.wrongs)]
        for answer, times in answers:
            for seed in SEEDS:
                with contextlib.redirect_stdout(io.StringIO()):
                    start = time.perf_counter()
                    card = report_card(judge(task, answer, seed))
                    card.html()
                    card.plain()
                    times.append(1000 * (time.perf_counter() - start))
    for name, times in (("right", passing), ("wrong", failing)):
        median, p95 = statistics.median(times), quantile(times, 0.95)
        print(f"check of a {name} answer: median {median:.1f} ms, p95 {p95:.1f} ms ({len(times)})")


def diagnosis() -> None:
    """Print how many known wrong answers are named, and how many pairs are told apart."""
    known = named = pairs = apart = 0
    for id in course().paths:
        task = course().load(id)
        if not isinstance(task, Exercise):
            continue
        for wrong in task.wrongs:
            reports = [judge(task, wrong.target, seed) for seed in SEEDS]
            known += 1
            named += all(report.mistake == wrong.name for report in reports)
            others = [other.name for other in task.wrongs if other is not wrong]
            pairs += len(others)
            apart += sum(
                all(other not in report.suspects for report in reports) for other in others
            )
    print(f"known wrong answers: {known}; named for all of {len(SEEDS)} seeds: {named}")
    print(f"ordered pairs of wrong answers of one exercise: {pairs}; told apart: {apart}")


def main() -> None:
    """Run all three."""
    imports()
    latency()
    diagnosis()


if __name__ == "__main__":
    main()
