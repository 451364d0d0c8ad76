"""A class is graded and disturbed at random moments; then it is graded again, undisturbed.

    python -m tests.grading.kill_moments --moments 50 --size 40

A disturbance is one of `KINDS`: the grader is killed, or some of its processes are, as by a kernel
short of memory; or a file is half copied, or another's, until the run is over. After the second run
marks, comments, files and verdicts must be those of a class graded without a disturbance, and no
process may be left of the first. It prints a line for each moment and a summary, and fails if
anything differs.

Not here: kills at chosen steps (`test_crash`, `faults`).
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from annkit.exercises import course
from annkit.grading.books.ledger import Ledger
from annkit.grading.classroom import make_classroom
from annkit.grading.marking.seeds import course_secret
from annkit.grading.rebuild.release import read_release
from annkit.publish import sources
from benchmarks.synthetic_class import notebooks
from tests.grading.classes import CHAPTER, NAME, everything, faulty
from tests.grading.forks import Running
from tests.grading.processes import alive, descendants

_END_SECONDS = 120.0


@dataclass(frozen=True)
class Outcome:
    """What one disturbance came to.

    Attributes:
        kind: which of `KINDS`.
        moment: seconds after the start, or after the first submission was filed.
        filed: submissions in the ledger by then.
        again: how many the second run graded, and how many it found done.
        wrong: what is not as it should be, in words.
    """

    kind: str
    moment: float
    filed: int
    again: tuple[int, int]
    wrong: tuple[str, ...]


def make_class(folder: Path, size: int) -> Path:
    """A classroom in which so many students of mixed quality have handed in one chapter."""
    make_classroom(folder, sources(course(), [CHAPTER]), [])
    release = folder / "release" / NAME
    ids = read_release(release, CHAPTER).ids
    for student, content in notebooks(course(), release, ids, size):
        path = folder / "submitted" / student / NAME
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    course_secret(folder)
    return folder


def start(folder: Path, *options: str) -> Running:
    """Start the grader; no edit of a source file changes what counts as done."""
    return faulty(folder, "commit", "1000000", "before", *options)


def finished(folder: Path, *options: str) -> tuple[int, int]:
    """Grade to the end: how many were graded now, and how many were done."""
    done = start(folder, *options).wait(1200)
    if done.status != 0:
        raise RuntimeError(done.stderr[-2000:])
    words = (" graded now", " were done")
    now, before = (int(done.stdout.split(word)[0].split()[-1]) for word in words)
    return now, before


def in_ledger(folder: Path) -> list[str]:
    """Students with a verdict in the ledger, in its order."""
    return [verdict.student for verdict in Ledger(folder).verdicts()]


Undo = Callable[[], object]


def kill_grader(grader: Running, folder: Path, rng: np.random.Generator) -> Undo:
    """All at once, as a terminal that is closed or a machine that is switched off."""
    grader.send_signal(signal.SIGKILL)
    return lambda: None


def kill_processes(grader: Running, folder: Path, rng: np.random.Generator) -> Undo:
    """Some workers, sandboxes or submissions, whichever the kernel takes memory from."""
    return _kill_below(grader, lambda below: int(rng.choice(below)), lambda: 0.2)


def kill_submissions(grader: Running, folder: Path, rng: np.random.Generator) -> Undo:
    """The youngest process, again and again: mostly one that a submission runs in."""
    return _kill_below(grader, max, lambda: float(rng.uniform(0.0, 0.3)))


def _kill_below(
    grader: Running, chosen: Callable[[list[int]], int], pause: Callable[[], float]
) -> Undo:
    """Three times, with pauses, one of the processes that the grader has started."""
    for _ in range(3):
        below = sorted(descendants(grader.pid))
        if below:
            with suppress(ProcessLookupError):
                os.kill(chosen(below), signal.SIGKILL)
        time.sleep(pause())
    return lambda: None


def copy_half(grader: Running, folder: Path, rng: np.random.Generator) -> Undo:
    """Files that are being copied while they are read."""
    files = sorted((folder / "submitted").rglob("*.ipynb"))
    whole = {path: path.read_bytes() for path in files}
    for path, content in whole.items():
        path.write_bytes(content[: int(rng.integers(len(content)))])
    return lambda: [path.write_bytes(content) for path, content in whole.items()]


def swap(grader: Running, folder: Path, rng: np.random.Generator) -> Undo:
    """Everybody's file is the next one's, until it is put right."""
    files = sorted((folder / "submitted").rglob("*.ipynb"))
    whole = {path: path.read_bytes() for path in files}
    for path, other in zip(files, [*files[1:], files[0]], strict=True):
        path.write_bytes(whole[other])
    return lambda: [path.write_bytes(content) for path, content in whole.items()]


KINDS: dict[str, Callable[[Running, Path, np.random.Generator], Undo]] = {
    "processes killed": kill_processes,
    "half a file": copy_half,
    "submissions killed": kill_submissions,
    "grader killed": kill_grader,
    "files swapped": swap,
}


def comparable(folder: Path) -> dict[str, Any]:
    """All that grading leaves behind, and of each student the verdict that counts."""
    left = everything(folder)
    last = {verdict["student"]: verdict | {"is_second": None} for verdict in left["verdicts"]}
    return left | {"verdicts": last}


def disturb_at(
    kind: str,
    moment: float,
    is_warm: bool,
    handed_in: Path,
    folder: Path,
    undisturbed: Any,
    rng: np.random.Generator,
) -> Outcome:
    """Grade a copy of the class, disturb it at a moment, grade again, and compare."""
    shutil.copytree(handed_in, folder)
    process = start(folder)
    family: set[int] = set()
    deadline = None if is_warm else time.monotonic() + moment
    while process.poll() is None and (deadline is None or time.monotonic() < deadline):
        family |= descendants(process.pid)
        if deadline is None and in_ledger(folder):
            deadline = time.monotonic() + moment
        time.sleep(0.02)
    undo = KINDS[kind](process, folder, rng)
    process.wait()
    undo()
    wrong = []
    give_up = time.monotonic() + _END_SECONDS
    while left := alive(family):
        if time.monotonic() > give_up:
            wrong.append(f"processes left: {sorted(left)}")
            break
        time.sleep(0.05)
    filed = len(in_ledger(folder))
    # Whoever had a better one's file keeps its mark until the teacher has seen the list.
    again = finished(folder, *(["--let-drop"] if kind == "files swapped" else []))
    after = comparable(folder)
    wrong += [f"{part} differ" for part in undisturbed if after[part] != undisturbed[part]]
    size = len(undisturbed["verdicts"])
    if sum(again) != size:
        wrong.append(f"{again[0]} graded now and {again[1]} done are not {size}")
    shutil.rmtree(folder)
    return Outcome(kind, moment, filed, again, tuple(wrong))


def outcomes(size: int, moments: int, seed: int, place: Path) -> list[Outcome]:
    """Disturb so many runs, each at a moment drawn from the time an undisturbed one takes.

    Half of the moments count from the first submission filed: warming up takes longer when others
    are at work on the machine. The rest meet workers and sandboxes that start, or just work.
    """
    handed_in = make_class(place / "class", size)
    calm = place / "calm"
    shutil.copytree(handed_in, calm)
    begin = time.monotonic()
    process = start(calm)
    while not in_ledger(calm) and process.poll() is None:
        time.sleep(0.02)
    first = time.monotonic() - begin
    process.wait()
    seconds = time.monotonic() - begin
    undisturbed = comparable(calm)
    words = f"the first was filed after {first:.1f} s"
    print(f"undisturbed: {size} submissions in {seconds:.1f} s, {words}", flush=True)
    rng = np.random.default_rng(seed)
    found = []
    for number in range(moments):
        is_warm = bool(rng.random() > 0.5)
        kind = list(KINDS)[number % len(KINDS)]
        # After the last is filed nothing is left to disturb, and that takes a while too.
        moment = float(rng.uniform(0.0, 0.5 * (seconds - first) if is_warm else first))
        paths = (handed_in, place / "room")
        outcome = disturb_at(kind, moment, is_warm, *paths, undisturbed, rng)
        words = "; ".join(outcome.wrong) or "as undisturbed"
        print(
            f"{number + 1}: {kind} {moment:.2f} s after {'the first' if is_warm else 'the start'} "
            f"with {outcome.filed} filed, then "
            f"{outcome.again[0]} graded and {outcome.again[1]} were done: {words}",
            flush=True,
        )
        found.append(outcome)
    return found


def main(words: list[str] | None = None) -> int:
    """Run; returns 0 if every class came out as the undisturbed one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--size", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="annkit-kills-") as place:
        found = outcomes(options.size, options.moments, options.seed, Path(place))
    failed = [outcome for outcome in found if outcome.wrong]
    filed = sorted(outcome.filed for outcome in found)
    print(
        f"{len(found)} disturbances, with {filed[0]} to {filed[-1]} of {options.size} filed: "
        f"{len(failed)} came out differently"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
