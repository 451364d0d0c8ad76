"""Lint and types over everything that is Python: what `make check` runs.

Every chapter brings a chapter.py and imports its exercises by their bare names, as a learner's
script would. So exercises are checked as modules of these names, and chapters as parts of folders.

Not here: what is checked; that is in pyproject.toml.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
# References and chapters are what a learner reads: plain Python without annotations.
PLAIN = ["--allow-untyped-defs", "--allow-incomplete-defs", "--allow-untyped-calls"]
# Under other options mypy knows nothing of what it has checked before: these keep their own memory.
PLAIN += ["--cache-dir=.mypy_cache/chapters"]


class Command(NamedTuple):
    """One tool on one part of the repository."""

    name: str
    words: list[str]
    mypy_path: str = ""

    def run(self) -> subprocess.CompletedProcess[str]:
        """Run it in the repository's root and keep what it says."""
        return subprocess.run(
            [sys.executable, "-m", *self.words],
            cwd=ROOT,
            env={**os.environ, "MYPYPATH": self.mypy_path},
            capture_output=True,
            text=True,
        )


def commands() -> list[Command]:
    """All of them; the quick ones first."""
    return [
        Command("ruff check", ["ruff", "check", "."]),
        Command("ruff format", ["ruff", "format", "--check", "."]),
        Command("mypy", ["mypy", "annkit", "benchmarks", "tests", "tools"]),
        _course(ROOT / "solutions"),
    ]


def _course(folder: Path) -> Command:
    """Types of all exercises and chapters in one run: what they import is read once."""
    words, chapters = ["mypy", *PLAIN], sorted(folder.glob("ch*/"))
    for path in (path for chapter in chapters for path in sorted(chapter.glob("*.py"))):
        words += ["-m", f"{path.parent.name}.chapter" if path.stem == "chapter" else path.stem]
    return Command("mypy solutions", words, os.pathsep.join(map(str, (folder, *chapters))))


def main() -> None:
    """Run all commands; exit with 1 if any of them complains."""
    failed = []
    for command in commands():
        result = command.run()
        print(f"{'ok    ' if result.returncode == 0 else 'FAILED'} {command.name}", flush=True)
        if result.returncode != 0:
            failed.append(command.name)
            print(result.stdout + result.stderr, flush=True)
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
