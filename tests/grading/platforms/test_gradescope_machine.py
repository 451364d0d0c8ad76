"""Gradescope's machine, built by `setup.sh` from the zip, judges a submission in its layout."""

import io
import json
import os
import subprocess
import zipfile
from pathlib import Path

from annkit.exercises import course
from annkit.grading.platforms.gradescope_zip import autograder_zip
from annkit.grading.platforms.starter import Starter
from annkit.publish import release, solve
from annkit.publish.learner_wheel import build_wheel
from annkit.publish.notebooks import read_notebook, to_bytes
from tests.grading.platforms.conftest import CHAPTER
from tests.sampling import LONG

pytestmark = list(LONG)


def test_built_from_the_zip_it_judges_a_submission(tmp_path: Path) -> None:
    root = tmp_path / "autograder"
    for name in ("source", "submission", "results"):
        (root / name).mkdir(parents=True)
    starter = Starter(
        course(),
        lambda chapters: release(course(), chapters),
        lambda folder: build_wheel(course(), folder, with_answers=True),
    )
    files = starter.files(CHAPTER, tmp_path)
    with zipfile.ZipFile(io.BytesIO(autograder_zip(files))) as made:
        made.extractall(root / "source")
    environment = {**os.environ, "AUTOGRADER_ROOT": str(root)}
    subprocess.run(["bash", root / "source" / "setup.sh"], env=environment, check=True)
    solved = solve(read_notebook(root / "source" / f"{CHAPTER}.json"))
    (root / "submission" / "mine.ipynb").write_bytes(to_bytes(solved))
    subprocess.run(["bash", root / "source" / "run_autograder"], env=environment, check=True)
    tests = json.loads((root / "results" / "results.json").read_text())["tests"]
    judged = [test for test in tests if "score" in test]
    assert judged
    assert all(test["score"] == test["max_score"] for test in judged)
