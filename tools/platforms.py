"""Put what other people's platforms need into .platforms, beside .venv, unless it is there.

Only tests that run seldom want it: a JupyterHub, and a schema of GitHub's workflows. What .venv has
already is not installed again, so that both fit together.

Not here: choosing versions (tools/lock.py), .venv (tools/install.py).
"""

import hashlib
import subprocess
import sys
import tempfile

from tools.lock import PLATFORMS, ROOT, TESTS, pins

FOLDER = ROOT / ".platforms"
STAMP = FOLDER / "annkit-installed"


def main() -> None:
    """Install the lock's packages that the tests' lock does not have."""
    lock = (ROOT / PLATFORMS).read_text(encoding="utf-8")
    wanted = hashlib.sha256(lock.encode("utf-8")).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    rest = without(lock, pins((ROOT / TESTS).read_text(encoding="utf-8")))
    with tempfile.NamedTemporaryFile("w", suffix=".lock", encoding="utf-8") as file:
        file.write(rest)
        file.flush()
        install = ["uv", "pip", "install", "--quiet", "--target", str(FOLDER), "--no-deps"]
        command = [sys.executable, "-m", *install, "--require-hashes", "-r", file.name]
        subprocess.run(command, cwd=ROOT, check=True)
    STAMP.write_text(wanted)


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
