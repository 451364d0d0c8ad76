"""`annkit classroom github`: the template repository of an assignment in GitHub Classroom.

It holds the chapter's notebook, and under `.github/` a workflow with all it needs. That is the
package with its references: students can read them there, as they can in the public course.

Not here: what the workflow runs (`github_report`).
"""

import argparse
import sys
import tempfile
from pathlib import Path

from annkit.files import staged
from annkit.grading.platforms.starter import LOCK, Starter, StarterError

_PYTHON = "3.12"
# The reporter takes a step's result from a variable named after its id, in capitals.
WORKFLOW = f"""name: Check the notebook
on: [push, workflow_dispatch]
permissions:
  checks: write
  actions: read
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    if: github.actor != 'github-classroom[bot]'
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "{_PYTHON}"
          cache: pip
          cache-dependency-path: .github/annkit/{LOCK}
      - name: Install
        run: |
          sudo apt-get install -y -qq bubblewrap || true
          pip install --quiet --require-hashes -r .github/annkit/{LOCK}
          pip install --quiet --no-deps --no-index .github/annkit/annkit_course-*.whl
      - name: Check
        id: annkit
        run: python -I -m annkit.grading.platforms.github_report .github/annkit .
      - uses: classroom-resources/autograding-grading-reporter@v1
        env:
          ANNKIT_RESULTS: ${{{{ steps.annkit.outputs.result }}}}
        with:
          runners: annkit
"""
_README = """# {chapter}

Open `{chapter}/{chapter}.ipynb`, answer its exercises, and push. The *Actions* tab then shows what
each exercise has earned, and what to look at next. That is practice: your marks come from your
teacher.
"""


def classroom_github(options: argparse.Namespace, starter: Starter) -> int:
    """Write the repository's files into a folder; returns the exit status."""
    folder: Path = options.folder
    chapter = options.chapter
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise StarterError(f"{folder} exists already and is not empty")
        with tempfile.TemporaryDirectory() as place:
            files = starter.files(chapter, Path(place))
        contents = {
            folder / ".github" / "annkit" / name: content for name, content in files.items()
        }
        contents |= {
            folder / ".github" / "workflows" / "classroom.yml": WORKFLOW.encode("utf-8"),
            folder / "README.md": _README.format(chapter=chapter).encode("utf-8"),
            folder / chapter / f"{chapter}.ipynb": files[f"{chapter}.json"],
            **{folder / chapter / name: text for name, text in starter.beside.items()},
        }
        with staged(contents):
            pass
    except (StarterError, OSError) as error:
        print(f"annkit classroom: {error}", file=sys.stderr)
        return 1
    print(f"{folder}: push it as a template repository, and make the assignment from it.")
    print("Its checks are practice. Official marks: clone the class's repositories, then")
    print(f'annkit grade CLONES {chapter} --course COURSE --names "{chapter}-{{student}}/*"')
    return 0
