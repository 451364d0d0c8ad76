"""Whoever wants to understand what `check` does reads few files, and the README names them."""

import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "annkit" / "exercises"
MOST = 16  # besides the exercise's own

# What is loaded or read only once is no part of the path: the second check is watched.
SECOND_CHECK = """
import sys
import numpy as np
import annkit

def sigmoid(z):
    return 1 / (1 + np.exp(z))

def note(frame, event, argument):
    files.add(frame.f_code.co_filename)

files = set()
annkit.check("sigmoid", sigmoid)
sys.setprofile(note)
annkit.check("sigmoid", sigmoid)
sys.setprofile(None)
print(*files, sep="\\n", file=sys.stderr)
"""


@cache
def second_check() -> subprocess.CompletedProcess[str]:
    """The check of a wrong answer; the error stream lists the files it went through.

    As at a learner's: where the record is, the system says and not the tests' own settings.
    """
    with tempfile.TemporaryDirectory() as home:
        return subprocess.run(
            [sys.executable, "-c", SECOND_CHECK],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "ANNKIT_STATE": "", "HOME": home, "XDG_DATA_HOME": home},
        )


def gone_through() -> set[Path]:
    """The files of this repository whose functions were called."""
    paths = set(map(Path, second_check().stderr.splitlines()))
    return {path for path in paths if {ROOT / "annkit", ROOT / "solutions"} & set(path.parents)}


def named() -> set[Path]:
    """The files that the README names, from its own folder or from the root."""
    names = re.findall(r"`([\w/]+\.py)`", (ROOM / "README.md").read_text(encoding="utf-8"))
    return {(ROOT if name.startswith(("annkit/", "solutions/")) else ROOM) / name for name in names}


def test_a_wrong_answer_goes_through_few_files() -> None:
    assert "✗ sigmoid: not yet" in second_check().stdout
    ours = {path for path in gone_through() if ROOT / "annkit" in path.parents}
    assert 10 < len(ours) <= MOST, "\n".join(map(str, sorted(ours)))


def test_the_readme_names_every_file_on_the_way() -> None:
    assert gone_through() - named() == set()
