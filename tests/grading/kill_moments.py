"""A class is graded, and the grader killed at random moments; then it runs again, undisturbed.

    python -m tests.grading.kill_moments --moments 50 --size 40

After each second run marks, comments, files and ledger must be those of a class graded without a
disturbance, with every submission done once, and no process may be left of the killed run. It
prints a line for each moment and a summary, and fails if anything differs.

Not here: kills at chosen steps (`test_crash`, `faults`).
"""

import argparse
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from annkit.exercises import course
from annkit.grading.classroom import make_classroom
from annkit.grading.marking.seeds import course_secret
from annkit.grading.rebuild.release import read_release
from annkit.publish import sources
from benchmarks.synthetic_class import notebooks
from tests.grading.classes import CHAPTER, NAME, everything
from tests.grading.forks import ROOT
from tests.grading.processes import alive, descendants

_END_SECONDS = 120.0


@dataclass(frozen=True)
class Outcome:
    """What one kill came to.

    Attributes:
        moment: seconds after the start, or after the first submission was filed.
        filed: submissions in the ledger by then.
        again: how many the second run graded, and how many it found done.
        wrong: what is not as it should be, in words.
    """

    moment: float
    filed: int
    again: tuple[int, int]
    wrong: tuple[str, ...]


def make_class(folder: Path, size: int) -> Path:
    """A classroom in which so many students of mixed quality have handed in one chapter."""
    chapter = {name: data for name, data in sources(course()).items() if name == NAME}
    make_classroom(folder, chapter, [])
    release = folder / "release" / NAME
    ids = read_release(release, CHAPTER).ids
    for student, content in notebooks(course(), release, ids, size):
        path = folder / "submitted" / student / NAME
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    course_secret(folder)
    return folder


def start(folder: Path, said: Path) -> subprocess.Popen[bytes]:
    """Start the grader; no edit of a source file changes what counts as done (see `faults`)."""
    words = [sys.executable, "-m", "tests.grading.faults", str(folder), "commit", "1000000"]
    with said.open("wb") as file:
        return subprocess.Popen([*words, "before"], cwd=ROOT, stdout=file, stderr=file)


def finished(folder: Path, said: Path) -> tuple[int, int]:
    """Grade to the end: how many were graded now, and how many were done."""
    process = start(folder, said)
    status = process.wait(1200)
    text = said.read_text("utf-8")
    if status != 0:
        raise RuntimeError(text[-2000:])
    now, before = (int(text.split(words)[0].split()[-1]) for words in (" graded now", " were done"))
    return now, before


def in_ledger(folder: Path) -> list[str]:
    """Students with a finished line in the ledger, in its order."""
    path = folder / "annkit-ledger.jsonl"
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    return [json.loads(line)["verdict"]["student"] for line in lines if line.endswith("}}")]


def kill_at(
    moment: float,
    is_warm: bool,
    handed_in: Path,
    folder: Path,
    said: Path,
    size: int,
    undisturbed: Any,
) -> Outcome:
    """Grade a copy of the class, kill the grader at a moment, grade again, and compare."""
    shutil.copytree(handed_in, folder)
    process = start(folder, said)
    family: set[int] = set()
    deadline = None if is_warm else time.monotonic() + moment
    while process.poll() is None and (deadline is None or time.monotonic() < deadline):
        family |= descendants(process.pid)
        if deadline is None and in_ledger(folder):
            deadline = time.monotonic() + moment
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    wrong = []
    give_up = time.monotonic() + _END_SECONDS
    while left := alive(family):
        if time.monotonic() > give_up:
            wrong.append(f"processes left: {sorted(left)}")
            break
        time.sleep(0.05)
    filed = len(in_ledger(folder))
    again = finished(folder, said)
    after = everything(folder)
    wrong += [f"{part} differ" for part in undisturbed if after[part] != undisturbed[part]]
    if sum(again) != size:
        wrong.append(f"{again[0]} graded now and {again[1]} done are not {size}")
    if len(set(in_ledger(folder))) != size:
        wrong.append("somebody is missing in the ledger")
    shutil.rmtree(folder)
    return Outcome(moment, filed, again, tuple(wrong))


def outcomes(size: int, moments: int, seed: int, place: Path) -> list[Outcome]:
    """Kill so many graders, each at a moment drawn from the time an undisturbed one takes.

    Most moments count from the first submission filed: warming up takes longer when others are
    at work on the machine.
    """
    handed_in = make_class(place / "class", size)
    calm = place / "calm"
    shutil.copytree(handed_in, calm)
    begin = time.monotonic()
    process = start(calm, place / "said.txt")
    while not in_ledger(calm) and process.poll() is None:
        time.sleep(0.02)
    first = time.monotonic() - begin
    process.wait()
    seconds = time.monotonic() - begin
    undisturbed = everything(calm)
    words = f"the first was filed after {first:.1f} s"
    print(f"undisturbed: {size} submissions in {seconds:.1f} s, {words}", flush=True)
    rng = np.random.default_rng(seed)
    found = []
    for number in range(moments):
        # A tenth of the kills meet a grader that is still warming up.
        is_warm = bool(rng.random() > 0.1)
        moment = float(rng.uniform(0.0, seconds - first if is_warm else first))
        paths = (handed_in, place / "room", place / "said.txt")
        outcome = kill_at(moment, is_warm, *paths, size, undisturbed)
        words = "; ".join(outcome.wrong) or "as undisturbed"
        print(
            f"{number + 1}: killed {moment:.2f} s after {'the first' if is_warm else 'the start'} "
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
        f"{len(found)} kills, with {filed[0]} to {filed[-1]} of {options.size} filed: "
        f"{len(failed)} came out differently"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
