"""What a student reads in GitHub Actions, and what GitHub Classroom's reporter is handed.

A repository of GitHub Classroom belongs to its student, the workflow in it included. Whatever the
sandbox holds, a result made there is practice.

    python -I -m annkit.grading.platforms.github_report .github/annkit .

Not here: the repository (`github_repository`), the judging (`autograder`).
"""

import base64
import json
import os
import sys
from pathlib import Path
from typing import Any

from annkit.exercises import Catalogue
from annkit.exercises.cards.report import points_text
from annkit.grading.marking.class_points import told_now
from annkit.grading.marking.feedback import comment, plain_text
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.platforms.autograder import PRACTICE, read_autograder
from annkit.grading.sandbox.sandbox import SandboxError
from annkit.grading.sandbox.session import MachineFault

_OWN = f"{PRACTICE}: this repository is yours, and so is the workflow that checks it."


def run(source: Path, repository: Path) -> int:
    """Judge a repository's notebook; returns the exit status.

    Args:
        source: where release and settings lie.
        repository: the student's checkout.
    """
    grader = read_autograder(source)
    try:
        verdict = grader.verdict(repository, os.environ.get("GITHUB_REPOSITORY", ""))
    except (MachineFault, SandboxError) as fault:
        print(f"No result, since the machine failed: {fault}. Run the job again.")
        return 1
    verdict, kept = told_now(verdict, grader.catalogue)
    honesty = f"{_OWN} Sandbox: {grader.tier.value}. {kept}".rstrip()
    print(honesty, *(plain_text(mark) for mark in verdict.marks), sep="\n\n")
    encoded = base64.b64encode(json.dumps(for_the_reporter(verdict)).encode()).decode("ascii")
    _append("GITHUB_STEP_SUMMARY", summary(verdict, grader.catalogue, honesty))
    _append("GITHUB_OUTPUT", f"result={encoded}\n")
    return 0


def summary(verdict: Verdict, catalogue: Catalogue, honesty: str) -> str:
    """The page of the run: Markdown, a table, and what to do about each exercise."""
    judged = sum(mark.max_points for mark in verdict.marks if mark.points is not None)
    lines = [f"## {verdict.notebook}: {points_text(verdict.points, judged)}", ""]
    lines += [f"> {honesty}", ""]
    lines += ["| exercise | points | |", "|---|---|---|"]
    for mark in verdict.marks:
        earned = "a person gives" if mark.points is None else f"{mark.points:g} of"
        sign = "" if mark.points is None else "✅" if _passed(mark) else "❌"
        title = catalogue.load(mark.id).title
        lines.append(f"| {title} | {earned} {mark.max_points:g} | {sign} |")
    for mark in verdict.marks:
        said = comment(mark)
        if said and not _passed(mark):
            lines += ["", f"### {catalogue.load(mark.id).title}", "", said]
    return "\n".join(lines) + "\n"


def for_the_reporter(verdict: Verdict) -> dict[str, Any]:
    """The result as GitHub Classroom's reporter reads it; what a person marks is left out."""
    judged = [mark for mark in verdict.marks if mark.points is not None]
    return {
        "version": 1,
        "status": "pass" if all(map(_passed, judged)) else "fail",
        "max_score": sum(mark.max_points for mark in judged),
        "tests": [
            {
                "name": mark.id,
                "status": "pass" if _passed(mark) else "fail",
                "score": mark.points,
                "message": plain_text(mark),
                "test_code": "",
                "filename": "",
                "line_no": 0,
                "duration": 0,
            }
            for mark in judged
        ],
    }


def _passed(mark: MarkLine) -> bool:
    return mark.points == mark.max_points


def _append(variable: str, text: str) -> None:
    """Add to a file that GitHub Actions names; outside of it there is none."""
    if path := os.environ.get(variable):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
