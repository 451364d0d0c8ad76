"""`annkit classroom gradescope`: the zip that Gradescope makes an autograder of.

Gradescope builds a machine with `setup.sh` once, and runs `run_autograder` there for each
submission. Both take `/autograder` for their folder, or what AUTOGRADER_ROOT names, for a trial.

Not here: what is in the zip beside the scripts (`starter`), judging (`gradescope_results`).
"""

import argparse
import io
import sys
import tempfile
import zipfile
from pathlib import Path

from annkit.files import write
from annkit.grading.platforms.starter import LOCK, Starter, StarterError

_SETUP = f"""#!/usr/bin/env bash
# Runs once, as root, when Gradescope builds the autograder's machine.
set -eu
root="${{AUTOGRADER_ROOT:-/autograder}}"
export DEBIAN_FRONTEND=noninteractive

newest_python() {{
  for name in python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && "$name" -c "import ensurepip, venv" 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}}

python="$(newest_python)"
if [ -z "$python" ]; then
  apt-get update -qq
  for name in python3.12 python3.11; do
    apt-get install -y -qq "$name" "$name-venv" && break
  done
  python="$(newest_python)"
fi
# The strongest sandbox; where it cannot be had, results say which one there was.
command -v bwrap >/dev/null || apt-get install -y -qq bubblewrap || true

"$python" -m venv "$root/venv"
pip="$root/venv/bin/python -m pip install --quiet --disable-pip-version-check"
$pip --require-hashes -r "$root/source/{LOCK}"
$pip --no-deps --no-index "$root"/source/annkit_course-*.whl
"$root/venv/bin/python" -I -m annkit doctor || true
"""
_RUN = """#!/usr/bin/env bash
# Runs for each submission; what it prints is for the teacher.
set -eu
root="${AUTOGRADER_ROOT:-/autograder}"
exec "$root/venv/bin/python" -I -m annkit.grading.platforms.gradescope_results "$root"
"""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def classroom_gradescope(options: argparse.Namespace, starter: Starter) -> int:
    """Write the zip; returns the exit status."""
    path: Path = options.output or Path(f"{options.chapter}-gradescope.zip")
    try:
        with tempfile.TemporaryDirectory() as folder:
            files = starter.files(options.chapter, Path(folder), options.visibility)
        # It holds references and a secret: nobody else on this machine needs to read it.
        write(path, autograder_zip(files), mode=0o600)
    except (StarterError, OSError) as error:
        print(f"annkit classroom: {error}", file=sys.stderr)
        return 1
    judged, by_hand = starter.points(options.chapter)
    print(f"{path}: upload it as the autograder. Autograder points: {judged:g}.")
    if by_hand:
        print(f"{by_hand:g} more are given by a person: turn on manual grading for them.")
    return 0


def autograder_zip(files: dict[str, bytes]) -> bytes:
    """The zip, with both scripts in it, executable."""
    scripts = {"setup.sh": _SETUP.encode("ascii"), "run_autograder": _RUN.encode("ascii")}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {**scripts, **files}.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = (0o755 if name in scripts else 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return out.getvalue()
