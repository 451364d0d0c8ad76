"""Put a lock's packages and annkit itself into .venv; do nothing when they are there already.

Runs on any Python 3, so that one which is too old is told so in words. A stamp in .venv names the
locks that were installed; it is removed before anything is changed, and a .venv without a stamp is
built anew: an interrupted installation heals on the next run.

Not here: choosing versions (tools/lock.py), what the tests use beyond Python (tools/debian.py).
"""

import argparse
import glob
import hashlib
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "annkit-installed.json")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST = (3, 11)
# nbgrader's views, and a question about news from the net. Its Validate button misleads who learns
# alone: before an answer is written it speaks of partial credit.
CLUTTER = (
    "@jupyterlab/apputils-extension:announcements",
    "@jupyter/nbgrader:create-assignment",
    "@jupyter/nbgrader:formgrader",
    "@jupyter/nbgrader:assignment-list",
    "@jupyter/nbgrader:course-list",
    "@jupyter/nbgrader:validate-assignment",
    "@jupyter/nbgrader:menu",
)


def main() -> None:
    """Install the lock named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lock", choices=["requirements.lock", "requirements-dev.lock"])
    parser.add_argument(
        "--this-python", action="store_true", help="rebuild a .venv made by another Python version"
    )
    options = parser.parse_args()
    stamp = read_stamp()
    if options.this_python and stamp.get("python") != version():
        stamp = {}
    wanted = fingerprint(options.lock)
    if stamp.get(options.lock) == wanted:
        return
    if stamp:
        os.remove(STAMP)
    else:
        make_venv()
        stamp = {"python": version()}
    say("installing " + options.lock)
    install_lock(options.lock)
    # What an old edition left, whose distribution had the package's own name.
    run(PYTHON, "-m", "pip", "uninstall", "--quiet", "--yes", "annkit")
    run(PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ".")
    run(PYTHON, "-m", "jupyterlab.labextensions", "disable", "--level=sys_prefix", *CLUTTER)
    stamp[options.lock] = wanted
    with open(STAMP, "w", encoding="utf-8") as file:
        json.dump(stamp, file)


def version() -> str:
    """This Python's version, like 3.12."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def read_stamp() -> "dict[str, str]":
    """What is installed: lock -> fingerprint, and the Python version; {} if unknown or broken."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return dict(json.load(file))
    except (OSError, ValueError):
        return {}


def fingerprint(lock: str) -> str:
    """Hash of everything the installation depends on, this script included."""
    digest = hashlib.sha256()
    copied = sorted(glob.glob(os.path.join(ROOT, "annkit", "*.json")))  # into the environment
    for name in (lock, "pyproject.toml", os.path.join("tools", "install.py"), *copied):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def make_venv() -> None:
    """A fresh .venv, or a clear word on what is missing."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"annkit needs Python 3.{OLDEST[1]} or newer, and {sys.executable} is {version()}.\n"
            "If a newer one is installed, name it: make lab PYTHON=python3.12"
        )
    say(f"making .venv with Python {version()}")
    try:
        import ensurepip  # noqa: F401  Debian ships it apart, in python3-venv
        import venv  # noqa: F401
    except ImportError:
        sys.exit(
            "This Python has no venv module. On Debian and Ubuntu: sudo apt install python3-venv"
        )
    run(sys.executable, "-m", "venv", "--clear", VENV)


def install_lock(lock: str) -> None:
    """Install with uv, which the lock itself pins; with pip where uv finds no packages."""
    with tempfile.TemporaryDirectory() as folder:
        only_uv = os.path.join(folder, "uv.lock")
        with open(only_uv, "w", encoding="utf-8") as file:
            file.write(entry(lock, "uv"))
        pip = (PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r")
        run(*pip, only_uv)
        # Compiled once here, and not at every start where Python may not write its own cache.
        uv = (PYTHON, "-m", "uv", "pip", "install", "--quiet", "--compile-bytecode")
        command = (*uv, "--python", PYTHON, "--require-hashes", "-r", lock)
        if subprocess.run(command, cwd=ROOT).returncode != 0:
            say("uv could not do it; pip, which knows your own settings, takes over")
            run(*pip, lock)


def entry(lock: str, package: str) -> str:
    """The lines of one package in a lock: its pin and its hashes."""
    lines = []  # type: list[str]
    with open(os.path.join(ROOT, lock), encoding="utf-8") as file:
        for line in file:
            if line.startswith(package + "==") or (lines and line.startswith(" ")):
                lines.append(line)
            elif lines:
                break
    return "".join(lines)


def run(*command: str) -> None:
    """Run a command in the project's root; only if it fails, show what it said, and stop."""
    result = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode != 0:
        sys.exit(f"{result.stdout.decode(errors='replace')}\nfailed: {' '.join(command)}")


def say(text: str) -> None:
    """One line on what is going on, at once."""
    print("annkit: " + text, flush=True)


if __name__ == "__main__":
    main()
