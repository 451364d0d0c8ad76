"""Official marks against stock nbgrader, on the same notebooks of the same class.

- Wall and CPU time of whole processes: `annkit grade` for the class, `nbgrader autograde` for some
  of its notebooks; and at the margin, what one submission more costs.
- Marks: both give the same for the same inputs (the notebook's own seed).
- Memory of the trusted process, and growth with the size of the class: 40, 120 and 1 000.

Not here: whether marks can be forged (tests/grading/hostile).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from annkit.exercises import course
from annkit.grading.classroom import make_classroom
from annkit.grading.marking.official_judge import Judge, Order
from annkit.grading.rebuild.release import read_release
from annkit.publish import sources
from benchmarks.synthetic_class import notebooks

CHAPTER = "ch03_activations"
SIZES = (40, 120, 1000)
# The class that stock nbgrader is compared on, and how many of its notebooks it grades.
COMPARED, STOCK = 120, 6


@dataclass(frozen=True)
class Run:
    """What running a program took.

    Attributes:
        wall: seconds.
        cpu: seconds of processor time, its children's included.
        own_mb: peak memory of the program's own process; 0 where nothing tells.
        largest_mb: peak memory of the largest of all its processes.
    """

    wall: float
    cpu: float
    own_mb: float
    largest_mb: float


def timed(words: list[str], folder: Path) -> Run:
    """Run a program and measure it."""
    search = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": search, "PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, "-m", *words]
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=said
        )
        own = 0
        while True:
            own = max(own, peak(process.pid))
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            time.sleep(0.02)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            raise RuntimeError(said.read()[-2000:].decode(errors="replace"))
    return Run(wall, used.ru_utime + used.ru_stime, own / 1024, used.ru_maxrss / 1024)


def peak(pid: int) -> int:
    """The most memory a process has had so far, in kB."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    lines = [line for line in text.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) if lines else 0


def hand_in(folder: Path, count: int) -> list[str]:
    """Put a class's notebooks into `submitted/`; return the exercises."""
    release = folder / "release" / CHAPTER / f"{CHAPTER}.ipynb"
    ids = read_release(release, CHAPTER).ids
    for student, content in notebooks(course(), release, ids, count):
        path = folder / "submitted" / student / CHAPTER / f"{CHAPTER}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return ids


def stock_points(folder: Path, student: str) -> dict[str, float]:
    """What stock nbgrader gave: exercise id → points."""
    script = (
        "import json, sys\n"
        "from nbgrader.api import Gradebook\n"
        "with Gradebook('sqlite:///gradebook.db') as gb:\n"
        f"    n = gb.find_submission_notebook({CHAPTER!r}, {CHAPTER!r}, {student!r})\n"
        "    print(json.dumps({g.name: g.auto_score for g in n.grades}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True
    )
    return {
        name.removesuffix("_check"): points
        for name, points in json.loads(done.stdout).items()
        if name.endswith("_check")
    }


def differences(folder: Path, students: list[str]) -> list[str]:
    """Exercises to which stock and official marks differ, with the notebook's seed in both."""
    release = read_release(folder / "release" / CHAPTER / f"{CHAPTER}.ipynb", CHAPTER)
    judge = Judge(course())
    found = []
    for student in students:
        path = folder / "submitted" / student / CHAPTER / f"{CHAPTER}.ipynb"
        order = Order(student, release, dict.fromkeys(release.ids, 0), path.read_bytes())
        ours = {mark.id: mark.points for mark in judge.grade(order).verdict.marks}
        for id, points in stock_points(folder, student).items():
            if ours[id] != points:
                found.append(f"{student} {id}: stock {points}, ours {ours[id]}")
    judge.close()
    return found


def main() -> None:
    """Measure and print."""
    chapter = {name: data for name, data in sources(course()).items() if CHAPTER in name.parts}
    runs: dict[int, Run] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "class"
            make_classroom(folder, chapter, [])
            hand_in(folder, size)
            runs[size] = run = timed(["annkit", "grade", ".", CHAPTER], folder)
            print(
                f"annkit grade, {size}: {run.wall:.1f} s, CPU {run.cpu:.1f} s, "
                f"trusted process {run.own_mb:.0f} MB, largest {run.largest_mb:.0f} MB"
            )
            if size == COMPARED:
                compare(folder, runs[SIZES[0]], run)
    growth(runs)


def growth(runs: Mapping[int, Run]) -> None:
    """What one submission more costs, in small classes and in large ones."""
    for small, large in pairwise(SIZES):
        step = large - small
        wall = (runs[large].wall - runs[small].wall) / step
        cpu = (runs[large].cpu - runs[small].cpu) / step
        print(f"{small} to {large}: {1000 * wall:.0f} ms and {1000 * cpu:.0f} ms of CPU for each")


def compare(folder: Path, smaller: Run, run: Run) -> None:
    """Stock nbgrader on the first notebooks of the class, one process for each."""
    students = [f"student{number:04d}" for number in range(STOCK)]
    subprocess.run(["rm", "-rf", "autograded"], cwd=folder, check=True)
    words = ["nbgrader", "autograde", CHAPTER, "--force", "--create", "--student"]
    timed([*words, students[0]], folder)  # the first one pays for what is set up once
    listed = ["--CourseDirectory.student_id=" + student for student in students[1:]]
    stock = [timed([*words[:-1], one], folder) for one in listed]
    wall = sum(one.wall for one in stock) / len(stock)
    cpu = sum(one.cpu for one in stock) / len(stock)
    step = COMPARED - SIZES[0]
    margin, margin_cpu = (run.wall - smaller.wall) / step, (run.cpu - smaller.cpu) / step
    print(f"stock autograde, one notebook: {wall:.1f} s, CPU {cpu:.1f} s")
    print(f"wall, whole process, stock / ours = {wall * COMPARED / run.wall:.0f}")
    print(f"wall, at the margin: stock / ours = {wall / margin:.0f}")
    print(f"CPU, whole process: stock / ours = {cpu * COMPARED / run.cpu:.0f}")
    print(f"CPU, at the margin: stock / ours = {cpu / margin_cpu:.0f}")
    found = differences(folder, students)
    print(
        f"marks that differ from stock's, {len(students)} students: {len(found)}", *found, sep="\n"
    )


if __name__ == "__main__":
    main()
