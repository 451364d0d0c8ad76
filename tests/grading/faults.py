"""A grader that dies, or whose disk fills up, at a chosen step; `brisk` serves it.

Its words are COURSE STEP COUNT MOMENT [STORE] [OPTION]. STEP is a name in `STEPS`; at its COUNT-th
call the process kills itself, "before" or "after" the call, or in the "middle" of it. With STORE,
verdicts come from that file instead of from workers.
"""

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import annkit.files
import annkit.grading.books.gradebook
import annkit.grading.books.lateness
import annkit.grading.books.ledger
import annkit.grading.books.pseudonyms
import annkit.grading.pool
import annkit.grading.run
from annkit.cli import main
from annkit.grading.marking.official_judge import Graded, Order

STEPS: dict[str, tuple[Any, str]] = {
    "write the notebook": (annkit.files, "_write"),
    "enter the marks": (annkit.grading.books.gradebook.CourseGradebook, "_enter"),
    "ask what lateness costs": (annkit.grading.books.lateness.Lateness, "penalty"),
    "commit": (annkit.grading.books.gradebook.CourseGradebook, "write"),
    "put the notebook in its place": (Path, "replace"),
    "sync the folder": (annkit.files, "_sync_folder"),
    "draw a pseudonym": (annkit.grading.books.pseudonyms.Pseudonyms, "of"),
    "write the verdict": (annkit.grading.books.ledger.Ledger, "add_verdict"),
    "write the mark": (annkit.grading.books.ledger.Ledger, "add_mark"),
}


def die() -> None:
    """As with kill -9: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def break_step(step: str, count: int, moment: str) -> None:
    """Have a step kill this process."""
    owner, name = STEPS[step]
    original = getattr(owner, name)
    calls = 0

    def broken(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls < count:
            return original(*args, **kwargs)
        if moment == "before":
            die()
        if moment == "middle":
            tear_writes()
        result = original(*args, **kwargs)
        die()
        return result

    setattr(owner, name, broken)


def tear_writes() -> None:
    """From now on a write puts half of its bytes down, and then the process dies."""
    write = os.write

    def torn(descriptor: int, data: bytes) -> int:
        write(descriptor, data[: len(data) // 2])
        os.fsync(descriptor)
        die()
        return 0

    setattr(os, "write", torn)  # noqa: B010  (the stub of os.write has overloads)


def replay(store: Path) -> None:
    """Have verdicts come from a file: pickled {student: Graded}; their keys are the order's."""
    kept: dict[str, Graded] = pickle.loads(store.read_bytes())

    def run(pool: object, orders: Iterable[Order]) -> Iterator[tuple[Order, Graded]]:
        for order in orders:
            graded = kept[order.student]
            yield order, replace(graded, verdict=replace(graded.verdict, key=order.key))

    keep(annkit.grading.pool.Pool, "run", run)


def record(store: Path) -> None:
    """Grade as always, and keep the verdicts in a file."""
    original = annkit.grading.pool.Pool.run
    kept = {}

    def run(pool: Any, orders: Iterable[Order]) -> Iterator[tuple[Order, Graded]]:
        for order, graded in original(pool, orders):
            kept[order.student] = graded
            yield order, graded
        store.write_bytes(pickle.dumps(kept))

    keep(annkit.grading.pool.Pool, "run", run)


def keep(owner: type, name: str, function: Callable[..., Any]) -> None:
    """Replace a method."""
    setattr(owner, name, function)


def run(course: str, step: str, count: str, moment: str, *words: str) -> int:
    """Run the faulty grader; returns its exit status if it lives to tell.

    Args:
        course: the course directory.
        step: at which it dies.
        count: at which of its calls.
        moment: before, in the middle, or after.
        words: options of `annkit grade`, and where verdicts are kept.
    """
    # Whoever edits a source file while the tests run must not change what counts as done.
    setattr(annkit.grading.run, "grader_digest", lambda exercises: "fixed")  # noqa: B010
    options = [word for word in words if word.startswith("--")]
    stores = [Path(word) for word in words if word not in options]
    if step == "none":
        record(stores[0])
    else:
        break_step(step, int(count), moment)
        if stores:
            replay(stores[0])
    return main(["grade", course, "--workers", "2", *options])
