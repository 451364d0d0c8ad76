"""`run_autograder` on Gradescope: a submission in, `results/results.json` out.

Gradescope unpacks the autograder into `source/`, a submission into `submission/`, and tells who
handed it in by `submission_metadata.json`. Each exercise is a test with its points; one that a
person reads is a test without any, so that it is no 0. Where the machine failed there is no result:
Gradescope then says that the autograder failed, and it can be run again.

    python -I -m annkit.grading.platforms.gradescope_results /autograder

Not here: what is uploaded to Gradescope (`gradescope_zip`), the judging (`autograder`).
"""

import json
import sys
from pathlib import Path
from typing import Any

from annkit.distribution import version
from annkit.exercises import Catalogue
from annkit.files import write
from annkit.grading.marking.feedback import plain_text
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.platforms.autograder import read_autograder
from annkit.grading.sandbox.sandbox import SandboxError
from annkit.grading.sandbox.session import MachineFault
from annkit.grading.sandbox.tiers import Tier


def run(root: Path, tier: Tier | None = None) -> int:
    """Judge what lies under `submission/`; returns the exit status.

    Args:
        root: Gradescope's folder.
        tier: of the sandbox; the strongest there is if None.
    """
    grader = read_autograder(root / "source", tier)
    try:
        verdict = grader.verdict(root / "submission", _student(root))
    except (MachineFault, SandboxError) as fault:
        print(f"No result, since the machine failed: {fault}. Rerun the autograder.")
        return 1
    content = results(verdict, grader.catalogue, grader.honesty, grader.visibility)
    write(root / "results" / "results.json", json.dumps(content, indent=1).encode("utf-8"))
    print(grader.honesty)
    return 0


def results(
    verdict: Verdict, catalogue: Catalogue, honesty: str, visibility: str
) -> dict[str, Any]:
    """What Gradescope reads.

    Args:
        verdict: on the submission.
        catalogue: where the exercises are.
        honesty: what the result is worth, in words.
        visibility: when students see it, in Gradescope's words.
    """
    said = [honesty, *verdict.repairs, *verdict.notes]
    return {
        "output": "\n".join(said),
        "output_format": "text",
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "tests": [
            _test(place, mark, catalogue, visibility) for place, mark in enumerate(verdict.marks, 1)
        ],
        "extra_data": {"tier": verdict.tier, "annkit": version()},
    }


def _test(place: int, mark: MarkLine, catalogue: Catalogue, visibility: str) -> dict[str, Any]:
    is_later = visibility == "visible" and catalogue.untold(mark.id) is not None
    test = {
        "number": str(place),
        "name": catalogue.load(mark.id).title,
        "output": plain_text(mark),
        "output_format": "text",
        "visibility": "after_due_date" if is_later else visibility,
    }
    if mark.points is None:
        return test
    passed = mark.points == mark.max_points
    return test | {
        "score": mark.points,
        "max_score": mark.max_points,
        "status": "passed" if passed else "failed",
    }


def _student(root: Path) -> str:
    """Who handed it in, as Gradescope numbers them; a group draws as one."""
    try:
        users = json.loads((root / "submission_metadata.json").read_text("utf-8"))["users"]
        return ",".join(sorted(str(user["id"]) for user in users))
    except (OSError, ValueError, KeyError, TypeError):
        return ""


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]).resolve()))
