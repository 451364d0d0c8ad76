"""Whoever wants to understand what `check` does reads few files."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST = 16

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


def test_a_wrong_answer_goes_through_few_files() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SECOND_CHECK], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "✗ sigmoid: not yet" in ended.stdout
    read = sorted({name for name in ended.stderr.splitlines() if f"{ROOT / 'annkit'}/" in name})
    assert 10 < len(read) <= MOST, "\n".join(read)
