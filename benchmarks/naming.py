"""How well mistakes are named, measured on answers that the course was not made for.

The answers of `held_back` were written from the tasks alone. Each is judged as a notebook would
judge it, by seed 0, after what its chapter has imported and defined before, and its card is kept in
`test-output/naming.jsonl` for a person to read. What that person says of a card stands in
`held_back/read.jsonl`; a card that changed since then counts as unread, so that nothing can be
called right that nobody saw.

Not here: the known wrong answers of the exercises, which all have to be named (`checks`).
"""

import ast
import contextlib
import hashlib
import io
import json
import linecache
import lzma
import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import sympy as sp

from annkit.exercises import Exercise, course
from annkit.exercises.cards.report import Report
from annkit.exercises.judging.judge import run

HELD_BACK = Path(__file__).parent / "held_back"
OUTPUT = Path("test-output/naming.jsonl")

PARTS = "mine"  # what a chapter calls them

# How a card can tell a mistake, most definite first.
NAMED, FIRST, RELATED, SHOWN = "by name", "one of several", "by what it does", "shown only"

Answer = dict[str, Any]


def read(path: Path) -> list[Answer]:
    """Return the objects of a file with one in each line, plain or compressed."""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as file:
        return [json.loads(line) for line in file]


def judged(number: int, answer: Answer) -> Answer:
    """Judge one answer; return what is to be read and counted of it."""
    try:
        report = run(answer["id"], _object(answer))
    except Exception as error:  # a cell that fails leaves nothing to judge
        return {**answer, "number": number, "cell": f"{type(error).__name__}: {error}"}
    card = report.message
    return {
        **answer,
        "number": number,
        "cell": "",
        "passed": report.passed,
        "points": report.points,
        "told": _how_told(report),
        "mistake": report.mistake or "; ".join(report.suspects),
        "card": card,
        "digest": hashlib.sha256(card.encode()).hexdigest()[:16],
    }


def _object(answer: Answer) -> Any:
    """Run the answer's cell after the chapter's usual imports; return what it defines."""
    task = course().load(answer["id"])
    name = f"<held back {answer['id']}>"
    source = answer["source"]
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    with contextlib.redirect_stdout(io.StringIO()):
        names = dict(_before(answer["id"]))
        exec(compile(source, name, "exec"), names)
    return names[task.object_name if isinstance(task, Exercise) else task.id]


@cache
def _before(id: str) -> dict[str, Any]:
    """What a notebook has where an exercise stands: imports, right earlier answers, other parts.

    Where the chapter fetches parts of earlier chapters, the course's own stand for them.
    """
    chapter = course().folder(course().chapter_of(id))
    names: dict[str, Any] = {"np": np, "sp": sp, "__name__": "__main__"}
    for line in ast.parse((chapter / "chapter.py").read_text(encoding="utf-8")).body:
        if isinstance(line, ast.ImportFrom) and line.module in course().chapters[chapter.name]:
            if line.module == id:
                break
            task = course().load(line.module)
            if isinstance(task, Exercise):
                names[task.object_name] = task.answer
        elif isinstance(line, ast.Import | ast.ImportFrom) or _is_of_parts(line):
            exec(compile(ast.Module([line], []), chapter.name, "exec"), names)
    return names


def _is_of_parts(line: ast.stmt) -> bool:
    """Whether a line fetches what earlier chapters have left."""
    return isinstance(line, ast.Assign) and ast.unparse(line.targets[0]).split(".")[0] == PARTS


def _how_told(report: Report) -> str:
    if report.mistake:
        return NAMED
    if report.suspects:
        return FIRST
    return RELATED if report.related else SHOWN


def judge_all(answers: list[Answer]) -> list[Answer]:
    """Judge all answers, those of one exercise after each other in one process."""
    of_exercise: dict[str, list[tuple[int, Answer]]] = defaultdict(list)
    for number, answer in enumerate(answers):
        of_exercise[answer["id"]].append((number, answer))
    with ProcessPoolExecutor(os.cpu_count(), max_tasks_per_child=1) as pool:
        return [row for rows in pool.map(_judge_exercise, of_exercise.values()) for row in rows]


def _judge_exercise(answers: Iterable[tuple[int, Answer]]) -> list[Answer]:
    return [judged(number, answer) for number, answer in answers]


def verdicts() -> dict[tuple[int, str], str]:
    """Return what a reader said of each card: it says what is `right` or `wrong`, `helps`, or `no`.

    Keys are an answer's number and its card's digest.
    """
    path = HELD_BACK / "read.jsonl"
    rows = read(path) if path.exists() else []
    return {(row["number"], row["digest"]): row["says"] for row in rows}


def table(rows: list[Answer], said: dict[tuple[int, str], str]) -> str:
    """Return counts by exercise, and of all together, as a Markdown table."""
    of_exercise: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for counter in (of_exercise[row["id"]], of_exercise["all"]):
            counter.update(_counts(row, said))
    columns = ["right", "accepted", "wrong", "rejected", NAMED, FIRST, RELATED, SHOWN]
    columns += ["says right", "says wrong", "says helps", "says no", "unread", "cell failed"]
    lines = ["| exercise | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for id in [*sorted(set(of_exercise) - {"all"}), "all"]:
        cells = [str(of_exercise[id][column]) for column in columns]
        lines.append(f"| {id} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _counts(row: Answer, said: dict[tuple[int, str], str]) -> list[str]:
    if row["cell"]:
        return ["cell failed"]
    if row["right"]:
        return ["right", *(["accepted"] if row["passed"] else [])]
    if row["passed"]:
        return ["wrong"]
    says = said.get((row["number"], row["digest"]))
    return ["wrong", "rejected", row["told"], f"says {says}" if says else "unread"]


def main() -> None:
    """Judge all answers, keep their cards to be read, print the table."""
    rows = judge_all(read(HELD_BACK / "answers.jsonl.xz"))
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text("".join(json.dumps(row) + "\n" for row in rows))
    print(table(rows, verdicts()))


if __name__ == "__main__":
    main()
