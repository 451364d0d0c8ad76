"""A learner's own notebook: the same report as official marks, for the one who asks.

Nothing is written down, and the inputs are those of the notebook. The code runs in the sandbox
this machine offers, limits only if it must be: it is the learner's own.

Not here: a class (`run`).
"""

import json
import sys
from collections import Counter
from pathlib import Path

from annkit.exercises import Catalogue, course
from annkit.grading.marking.class_points import in_points, told_now
from annkit.grading.marking.feedback import plain_text
from annkit.grading.marking.official_judge import Judge, Order
from annkit.grading.marking.verdict import Verdict
from annkit.grading.rebuild.notebook import LooseCell, UnreadableNotebook, parse_cells, read_bytes
from annkit.grading.rebuild.release import own_release
from annkit.grading.sandbox.sandbox import SandboxError
from annkit.grading.sandbox.session import MachineFault


def grade_own(path: Path, as_json: bool = False) -> int:
    """Grade one notebook and print the report; returns the exit status."""
    try:
        if not path.exists():
            raise UnreadableNotebook("there is no such file")
        verdict, kept = told_now(verdict_on(path, course()), course())
    except (UnreadableNotebook, SandboxError, MachineFault) as error:
        print(f"annkit grade: {path}: {error}", file=sys.stderr)
        return 1
    if as_json:
        print(json.dumps({**verdict.plain(), "points": verdict.points}, indent=1))
        return 0
    for mark in verdict.marks:
        print(plain_text(mark))
    if kept:
        print(f"{kept}\n")
    print(f"{verdict.points:g} of {verdict.max_points:g} points")
    return 0


def verdict_on(path: Path, catalogue: Catalogue) -> Verdict:
    """The verdict on one's own notebook, with the notebook's own inputs (seed 0).

    Raises:
        UnreadableNotebook: it cannot be read, or answers nothing of this course.
        SandboxError: there is no sandbox here.
        MachineFault: its process was killed from outside.
    """
    content = read_bytes(path)
    cells = parse_cells(content)
    release = own_release(path.stem, cells, _exercises(cells, catalogue))
    judge = Judge(catalogue, observes=False)
    try:
        order = Order("you", release, dict.fromkeys(release.ids, 0), content)
        return in_points(judge.grade(order).verdict, catalogue.edition.points)
    finally:
        judge.close()


def _exercises(cells: list[LooseCell], catalogue: Catalogue) -> list[str]:
    """All exercises with points of the chapter that the notebook answers most of."""
    ids = {id for cell in cells for id in cell.ids if id in catalogue.paths}
    chapters = Counter(catalogue.chapter_of(id) for id in ids)
    if not chapters:
        raise UnreadableNotebook("it has no answer cell of this course")
    chapter = chapters.most_common(1)[0][0]
    return [id for id in catalogue.chapters[chapter] if catalogue.load(id).points]
