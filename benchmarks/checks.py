"""What a learner waits for: importing annkit, and the card of a right and of a wrong answer.

- `import annkit` against `import numpy`, each in a fresh interpreter.
- `check` of every exercise, with its reference and with each known wrong answer: median and 95th
  percentile of processor time, judged and drawn as a card, without the picture. Exercises whose
  answers train something, as long as they are told or as they like, count on their own.

Not here: executing whole chapters (`chapters`), whether the checks are strict (`mutants`).
"""

import inspect
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from annkit.exercises import Exercise, course, judge
from annkit.exercises.cards.report import report_card
from annkit.exercises.judging.selfcheck import SEEDS
from benchmarks.interleave import interleaved, quantile, ratio

ROUNDS = 15
_REPEATS = {"n_steps", "n_epochs", "max_epochs"}
# These decide for themselves how long they train.
_TRAIN_FREELY = {"digits_model", "house_model"}


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
    """Print what a check costs, right and wrong, in milliseconds of processor time."""
    times: dict[tuple[str, str], list[float]] = {}
    for task in exercises():
        runs = "with training runs" if _trains(task) else "without training runs"
        answers = [(task.answer, "right"), *((wrong.target, "wrong") for wrong in task.wrongs)]
        for answer, kind in answers:
            for seed in SEEDS:
                start = time.process_time()
                card = report_card(judge(task, answer, seed))
                card.html()
                card.plain()
                times.setdefault((kind, runs), []).append(1000 * (time.process_time() - start))
    for (kind, runs), spent in sorted(times.items()):
        median, p95 = statistics.median(spent), quantile(spent, 0.95)
        print(
            f"check of a {kind} answer, {runs}: median {median:.1f} ms, p95 {p95:.1f} ms, "
            f"longest {max(spent):.0f} ms ({len(spent)})"
        )
    quick, long = (times["wrong", f"{way} training runs"] for way in ("without", "with"))
    print(f"p95 on a wrong answer, without training runs: {quantile(quick, 0.95):.1f} (below 150)")
    print(f"p95 on a wrong answer, with training runs: {quantile(long, 0.95):.1f} (below 1000)")


def exercises() -> Iterator[Exercise]:
    """All exercises of the course that are answered with code."""
    for id in course().paths:
        task = course().load(id)
        if isinstance(task, Exercise):
            yield task


def _trains(task: Exercise) -> bool:
    """Whether an answer repeats its step as often as it is told, or as it likes: a training run."""
    told = inspect.signature(getattr(task.answer, "fit", task.answer)).parameters
    return task.id in _TRAIN_FREELY or not _REPEATS.isdisjoint(told)


def diagnosis() -> None:
    """Print how many known wrong answers are named, and how many pairs are told apart."""
    known = named = pairs = apart = 0
    for task in exercises():
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
