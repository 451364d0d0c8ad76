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
        _types(ROOT / "solutions"),
    ]


def _types(course: Path) -> Command:
    """Types of everything in one run: what is imported is read once."""
    words, chapters = ["mypy"], sorted(course.glob("ch*/"))
    for package in ("annkit", "benchmarks", "tests", "tools"):
        words += ["-p", package]
    for path in (path for chapter in chapters for path in sorted(chapter.glob("*.py"))):
        words += ["-m", f"{path.parent.name}.chapter" if path.stem == "chapter" else path.stem]
    return Command("mypy", words, os.pathsep.join(map(str, (course, *chapters))))


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
