"""Official marks against stock nbgrader, on the same notebooks of the same class.

- Wall and CPU time of whole processes: `annkit grade` for the class, `nbgrader autograde` for some
  of its notebooks; and at the margin, what one submission more costs.
- Marks: both give the same for the same inputs (the notebook's own seed).
- Memory of the trusted process, and growth with the size of the class.

Not here: whether marks can be forged (tests/grading/hostile).
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from annkit.exercises import course
from annkit.grading.classroom import make_classroom
from annkit.grading.release import read_release
from annkit.grading.work import Judge, Order
from annkit.publish import sources
from benchmarks.synthetic_class import notebooks

CHAPTER = "ch03_activations"
SIZES = (40, 120)
STOCK = 6


def timed(words: list[str], folder: Path) -> tuple[float, float, int, str]:
    """Run a program: wall seconds, CPU seconds of it and its children, peak kB, what it printed."""
    search = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": search, "PYTHONPATH": str(Path.cwd())}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=folder, env=environment, capture_output=True, text=True
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise RuntimeError(done.stderr[-2000:])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, after.ru_maxrss, done.stdout


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
        order = Order(student, release, dict.fromkeys(release.ids, 0), path)
        ours = {mark.id: mark.points for mark in judge.grade(order).verdict.marks}
        for id, points in stock_points(folder, student).items():
            if ours[id] != points:
                found.append(f"{student} {id}: stock {points}, ours {ours[id]}")
    judge.close()
    return found


def main() -> None:
    """Measure and print."""
    chapter = {name: data for name, data in sources(course()).items() if CHAPTER in name.parts}
    wall: dict[int, float] = {}
    cpu: dict[int, float] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "class"
            make_classroom(folder, chapter, [])
            hand_in(folder, size)
            seconds, processor, memory, _ = timed(["annkit", "grade", ".", CHAPTER], folder)
            wall[size], cpu[size] = seconds, processor
            used = f"CPU {processor:.1f} s, largest process {memory / 1024:.0f} MB"
            print(f"annkit grade, {size}: {seconds:.1f} s, {used}")
            if size == SIZES[-1]:
                compare(folder, size, wall, cpu)


def compare(folder: Path, size: int, wall: dict[int, float], cpu: dict[int, float]) -> None:
    """Stock nbgrader on the first notebooks of the class, one process each and all in one."""
    students = [f"student{number:04d}" for number in range(STOCK)]
    subprocess.run(["rm", "-rf", "autograded"], cwd=folder, check=True)
    words = ["nbgrader", "autograde", CHAPTER, "--force", "--create", "--student"]
    timed([*words, students[0]], folder)  # the first one pays for what is set up once
    listed = ["--CourseDirectory.student_id=" + student for student in students[1:]]
    marginal = [timed([*words[:-1], one], folder) for one in listed]
    stock_wall = sum(run[0] for run in marginal) / len(marginal)
    stock_cpu = sum(run[1] for run in marginal) / len(marginal)
    small, large = SIZES
    margin = (wall[large] - wall[small]) / (large - small)
    margin_cpu = (cpu[large] - cpu[small]) / (large - small)
    print(f"stock autograde, one notebook: {stock_wall:.1f} s, CPU {stock_cpu:.1f} s")
    print(
        f"wall, whole process, per submission: stock / ours = {stock_wall * size / wall[size]:.0f}"
    )
    print(f"wall, at the margin: stock / ours = {stock_wall / margin:.0f}")
    print(f"CPU, whole process: stock / ours = {stock_cpu * size / cpu[size]:.0f}")
    print(f"CPU, at the margin: stock / ours = {stock_cpu / margin_cpu:.0f}")
    found = differences(folder, students)
    print(
        f"marks that differ from stock's, {len(students)} students: {len(found)}", *found, sep="\n"
    )


if __name__ == "__main__":
    main()
