"""The same attacks against stock `nbgrader autograde`, for the table in docs/protection.md.

Stock nbgrader runs a submission with all the rights of whoever grades. So each attack gets a
machine of its own, made of namespaces and thrown away: a copy of a small course with canaries, in
which nothing outside can be reached.

    python -m tests.grading.hostile.stock > stock.jsonl

Not here: our own grader under the same attacks (`battle`).
"""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from annkit.exercises import course
from annkit.publish import sources
from tests.grading.hostile.attacks import ATTACKS, RIGHT, fill
from tests.grading.hostile.battle import HONEST, HONEST_POINTS, canaries

NAME = "ch03_activations"
KEPT = ("relu", "relu_check", "sigmoid", "sigmoid_check", "tanh_prime", "tanh_prime_check")
SECONDS = 60
ROOT = Path(__file__).resolve().parents[3]
PLACE = "/tmp"  # inside, where the throwaway folder is bound
CONFIG = (
    "c = get_config()\nc.CourseDirectory.course_id = 'small'\nc.ExecutePreprocessor.timeout = 10\n"
)


def small_notebook() -> dict[str, Any]:
    """Three exercises of chapter 3 as an instructor's notebook."""
    content = next(data for path, data in sources(course()).items() if NAME in path.parts)
    notebook: dict[str, Any] = json.loads(content)
    cells = [cell for cell in notebook["cells"] if cell["id"] in KEPT]
    first: dict[str, Any] = {"cell_type": "code", "id": "imports", "metadata": {}, "outputs": []}
    first |= {"execution_count": None, "source": "import numpy as np\nfrom annkit import check"}
    notebook["cells"] = [first, *cells]
    return notebook


def inside(name: str, folder: Path) -> dict[str, Any]:
    """Let stock nbgrader grade one attack, and look at marks and canaries."""
    with canaries() as placed:
        fields = placed.fields()
        (folder / "source" / NAME).mkdir(parents=True)
        notebook = small_notebook()
        path = folder / "source" / NAME / f"{NAME}.ipynb"
        path.write_text(json.dumps(notebook))
        (folder / "nbgrader_config.py").write_text(CONFIG)
        run(folder, "generate_assignment", NAME)
        released = json.loads((folder / "release" / NAME / path.name).read_text())
        answers = HONEST | {"sigmoid": fill(ATTACKS[name].source, fields)}
        hand_in(folder, "mallory", released, answers)
        hand_in(folder, "ada", released, HONEST | {"sigmoid": RIGHT})
        hung = not run(folder, "autograde", NAME, "--student", "mallory")
        again = run(folder, "autograde", NAME, "--student", "ada")
        return {
            "name": name,
            "earned": marks(folder, "mallory"),
            "next": marks(folder, "ada") if again else {},
            "hung": hung,
            "harm": placed.harm(),
        }


def hand_in(folder: Path, student: str, released: dict[str, Any], answers: dict[str, str]) -> None:
    """Write a submission."""
    notebook = json.loads(json.dumps(released))
    for cell in notebook["cells"]:
        if cell["id"] in answers:
            cell["source"] = answers[cell["id"]]
    place = folder / "submitted" / student / NAME
    place.mkdir(parents=True)
    (place / f"{NAME}.ipynb").write_text(json.dumps(notebook))


def run(folder: Path, *words: str) -> bool:
    """Run nbgrader; False if it had to be stopped."""
    try:
        subprocess.run(
            [sys.executable, "-m", "nbgrader", *words],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return False
    return True


def marks(folder: Path, student: str) -> dict[str, float]:
    """What stands in the gradebook: exercise id → points; empty if there is no row."""
    try:
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
            notebook = book.find_submission_notebook(NAME, NAME, student)
            return {g.name.removesuffix("_check"): float(g.score) for g in notebook.grades}
    except Exception:  # whatever the attack has left of the gradebook
        return {}


def throwaway(name: str) -> dict[str, Any]:
    """One attack in namespaces of its own."""
    with tempfile.TemporaryDirectory(prefix="annkit-stock-") as folder:
        binds = []
        for path in ("/usr", "/lib", "/lib64", "/bin", "/etc", sys.base_prefix, str(ROOT)):
            binds += ["--ro-bind", path, path]
        words = ["bwrap", "--unshare-all", "--die-with-parent", "--proc", "/proc", "--dev", "/dev"]
        words += [*binds, "--bind", folder, PLACE]
        words += ["--chdir", PLACE, "--setenv", "HOME", f"{PLACE}/home"]
        search = f"{Path(sys.executable).parent}:/usr/bin:/bin"
        words += ["--setenv", "PYTHONPATH", str(ROOT), "--setenv", "PATH", search]
        limited = ["prlimit", "--nproc=400", "--as=6000000000", "--fsize=200000000"]
        program = [sys.executable, "-m", "tests.grading.hostile.stock", "--inside", name]
        try:
            done = subprocess.run(
                [*limited, *words, *program],
                capture_output=True,
                text=True,
                timeout=3 * SECONDS,
                env={**os.environ, "OMP_NUM_THREADS": "1"},
            )
            return dict(json.loads(done.stdout.splitlines()[-1]))
        except (subprocess.TimeoutExpired, IndexError, ValueError):
            return {"name": name, "earned": {}, "next": {}, "hung": True, "harm": ["grader died"]}


def verdict(result: dict[str, Any]) -> str:
    """What an attack achieved, in a word or two."""
    attack = ATTACKS[result["name"]]
    found = list(result["harm"])
    if result["earned"].get("sigmoid", 0.0) > attack.deserves:
        found.insert(0, "undeserved points")
    if attack.others_keep and any(result["earned"].get(id) != p for id, p in HONEST_POINTS.items()):
        found.append("deserved points lost")
    if result["next"] != HONEST_POINTS | {"sigmoid": 2.0}:
        found.append("the next student harmed")
    if result["hung"]:
        found.append("the grader hung")
    return ", ".join(found) or "held"


def main(words: list[str]) -> None:
    """Fight all attacks, two at a time, and print a line for each."""
    if words[:1] == ["--inside"]:
        folder = Path.cwd() / "class"
        folder.mkdir()
        print(json.dumps(inside(words[1], folder)))
        return
    with ThreadPoolExecutor(2) as pool:
        for result in pool.map(throwaway, words or list(ATTACKS)):
            print(json.dumps(result | {"verdict": verdict(result)}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
