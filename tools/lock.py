"""Resolve all locks anew; derive environment.yml from the one for Binder.

Pins keep their versions unless `--upgrade` is given. The locks hold versions and hashes only, for
every platform and Python 3.11 or newer, and no index address: pip and uv look where they are told.

Not here: installing (tools/install.py).
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = "3.11"
BINDER_PYTHON = "3.12"
BROWSER_PYTHON = "3.14"
LEARNER, TESTS = "requirements.lock", "requirements-dev.lock"
# What somebody takes who only learns, as on Binder: JupyterLab, and nothing that teachers use.
BINDER = "requirements-binder.lock"
# What judging takes, on a machine that does nothing else.
JUDGE = "requirements-judge.lock"
# Groups that are installed beside .venv when something needs them (tools/beside.py).
GROUPS = {"platforms": "requirements-platforms.lock", "site": "requirements-site.lock"}
# What they need from npm: the folder that names it, and has its lock.
NPM = {"site": ROOT / "tools" / "site"}
# The browser edition's Python (annkit/publish/browser/pyodide.py): pure packages, and a wheel that
# has Pyodide's own among its pages.
BROWSER = "requirements-browser.lock"
# Packages that Pyodide brings itself, and what is for pages and not for a kernel.
NOT_FROM_THE_INDEX = (
    *("contourpy", "cycler", "fonttools", "kiwisolver", "matplotlib", "mpmath", "numpy"),
    *("packaging", "pillow", "pyparsing", "python-dateutil", "sympy"),
    *("jupyterlab-widgets", "tzdata", "widgetsnbextension"),
)
EVERYDAY = ("--extra", "lab", "--extra", "teacher")
HASHED = ["--quiet", "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"]
RESOLVE = ["pyproject.toml", "--universal", "--python-version", OLDEST, *HASHED]


def main() -> None:
    """Write all locks, and environment.yml."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    options = parser.parse_args()
    more = ["--upgrade"] if options.upgrade else []
    compile_lock(LEARNER, *EVERYDAY, "--group", "install", *more)
    compile_lock(BINDER, "--extra", "lab", "--constraints", LEARNER, *more)
    compile_lock(JUDGE, "--constraints", LEARNER, *more)
    extras = [*EVERYDAY, "--extra", "binder", "--extra", "cluster"]
    compile_lock(TESTS, *extras, "--group", "dev", "--constraints", LEARNER, *more)
    for group, name in GROUPS.items():
        compile_lock(name, *extras, "--group", group, "--constraints", TESTS, *more)
    (ROOT / BROWSER).write_text(browser_lock(), encoding="utf-8")
    for folder in NPM.values():
        lock_npm(folder, upgrade=options.upgrade)
    lock = (ROOT / BINDER).read_text(encoding="utf-8")
    (ROOT / "environment.yml").write_text(environment(lock), encoding="utf-8")


def compile_lock(name: str, *options: str) -> None:
    """Resolve the lock `name` from pyproject.toml."""
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "compile", *RESOLVE, *options, "--output-file", name],
        cwd=ROOT,
        check=True,
    )


def browser_lock() -> str:
    """The lock of the browser edition's Python: the learners' versions, as a browser takes them."""
    there = ["--python-platform", "wasm32-pyodide2025", "--python-version", BROWSER_PYTHON]
    left_out = (f"--no-emit-package={name}" for name in NOT_FROM_THE_INDEX)
    pure = ["pyproject.toml", "--group", "browser", *there, "--constraints", LEARNER, *left_out]
    carrier = ["--group", "pyodide", "--no-deps", "--python-version", "3.12"]
    return "".join(
        subprocess.run(
            [sys.executable, "-m", "uv", "pip", "compile", *HASHED, *options],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        for options in (pure, carrier)
    )


def lock_npm(folder: Path, *, upgrade: bool) -> None:
    """Resolve what a folder's package.json asks for; the lock has hashes and no address."""
    verb = "update" if upgrade else "install"
    quiet = ("--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
    command = ["npm", verb, *quiet, "--omit-lockfile-registry-resolved"]
    subprocess.run(command, cwd=folder, check=True)


def pins(lock: str) -> list[str]:
    r"""The pins of a lock with their markers, without hashes.

    >>> pins("numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:00")
    ["numpy==2.4.6 ; python_full_version < '3.12'"]
    """
    return [line.rstrip(" \\") for line in lock.splitlines() if re.match(r"[\w.-]+==", line)]


def environment(lock: str) -> str:
    """environment.yml for conda and Binder: conda brings Python, pip the versions of the lock."""
    lines = [
        f"# Made by `make lock` from {BINDER}. Do not edit.",
        "# The pins stand here, not behind -r: Binder keeps this layer when a chapter changes.",
        "name: annkit-course",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        f"  - python={BINDER_PYTHON}",
        "  - pip",
        "  - pip:",
    ]
    lines += [f'      - "{pin}"' for pin in pins(lock)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
