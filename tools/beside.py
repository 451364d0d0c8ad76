"""Put what only some commands need beside .venv, in a folder of its own, unless it is there.

`platforms` is for tests that run seldom: a JupyterHub, a schema of GitHub's workflows. `site` makes
the course's website; what its pages need from npm comes along. What .venv has already is not
installed again, so that both fit together.

Not here: choosing versions (tools/lock.py), .venv (tools/install.py).
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.lock import GROUPS, NPM, ROOT, TESTS, pins


def folder_of(group: str) -> Path:
    """Where a group's packages are."""
    return ROOT / f".{group}"


def main() -> None:
    """Install the group named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("group", choices=GROUPS)
    install(parser.parse_args().group)


def install(group: str) -> Path:
    """Install the packages of a group's locks that the tests' lock does not have.

    Args:
        group: one of `GROUPS`.

    Returns:
        The folder that has them.
    """
    folder, lock = folder_of(group), ROOT / GROUPS[group]
    npm = NPM.get(group)
    wanted = hashlib.sha256(lock.read_bytes())
    if npm:
        wanted.update((npm / "package-lock.json").read_bytes())
    stamp = folder / "annkit-installed"
    if stamp.exists() and stamp.read_text() == wanted.hexdigest():
        return folder
    if npm and shutil.which("npm") is None:
        sys.exit("annkit: npm is missing, which comes with Node.js: on Debian, apt install npm")
    rest = without(
        lock.read_text(encoding="utf-8"), pins((ROOT / TESTS).read_text(encoding="utf-8"))
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lock", encoding="utf-8") as file:
        file.write(rest)
        file.flush()
        install = ["uv", "pip", "install", "--quiet", "--target", str(folder), "--no-deps"]
        command = [sys.executable, "-m", *install, "--require-hashes", "-r", file.name]
        subprocess.run(command, cwd=ROOT, check=True)
    if npm:
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(npm / name, folder / name)
        # No package's own scripts: what is fetched is files, and nothing of it is run.
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=folder, check=True)
    stamp.write_text(wanted.hexdigest())
    return folder


def without(lock: str, there: list[str]) -> str:
    r"""A lock without the packages that are there already, in whatever version.

    >>> without("a==1 \\\n    --hash=sha256:0\nb==2 \\\n    --hash=sha256:1\n", ["a==1"])
    'b==2 \\\n    --hash=sha256:1\n'
    """
    names = {pin.partition("==")[0] for pin in there}
    kept, is_kept = [], False
    for line in lock.splitlines(keepends=True):
        if not line.startswith(" "):
            is_kept = line.partition("==")[0] not in names
        if is_kept:
            kept.append(line)
    return "".join(kept)


if __name__ == "__main__":
    main()
