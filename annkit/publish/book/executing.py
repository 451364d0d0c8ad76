"""Chapters executed with their solutions, pictures standing still: what the pages show.

A chapter that was executed before, with the same package, exercises and cells, is not executed
again.

Not here: filling in solutions (`annkit.publish.solve`), what a page makes of outputs (`pages`).
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

from nbformat import NotebookNode

import annkit
from annkit.exercises.tasks.catalogue import Catalogue
from annkit.exercises.tasks.course_index import files_of
from annkit.files import write
from annkit.publish.notebooks import read_notebook, to_bytes
from annkit.show.moving.interactive import STILL_SWITCH

_SECONDS_OF_A_CELL = 600
# What pictures and numbers depend on beside the package and the cells.
_DRAWN_WITH = ("ipython", "matplotlib", "numpy", "sympy")


def execute_all(
    catalogue: Catalogue, chapters: Mapping[str, NotebookNode], cache: Path
) -> dict[str, NotebookNode]:
    """Execute chapters, some at a time.

    Args:
        catalogue: the course, whose exercises the chapters' checks find.
        chapters: name → notebook with its answers filled in.
        cache: a folder of executed notebooks; made if need be.

    Returns:
        name → notebook with outputs.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell ended with an error.
    """
    package = _digest_of_package()
    # The longest ones first: started last, one of them would run alone in the end.
    longest = sorted(chapters, key=lambda name: len(chapters[name].cells), reverse=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {
            name: pool.submit(_executed, catalogue, name, chapters[name], cache, package)
            for name in longest
        }
        return {name: running[name].result() for name in chapters}


def _executed(
    catalogue: Catalogue, name: str, notebook: NotebookNode, cache: Path, package: str
) -> NotebookNode:
    """One chapter from the cache, or executed."""
    digest = hashlib.sha256(package.encode() + to_bytes(notebook))
    for _, content in sorted(files_of(catalogue.folder(name))):
        digest.update(content)
    kept = cache / f"{name}-{digest.hexdigest()[:16]}.ipynb"
    if not kept.exists():
        write(kept, to_bytes(_execute(catalogue.root, name, notebook)))
    return read_notebook(kept)


def _execute(course: Path, name: str, notebook: NotebookNode) -> NotebookNode:
    """Run a chapter in a folder of its own, as a learner who has done nothing else."""
    from nbclient import NotebookClient

    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / name
        folder.mkdir()
        surroundings = {
            **os.environ,
            STILL_SWITCH: "1",
            "ANNKIT_COURSE": str(course),
            "ANNKIT_HOME": home,
            "ANNKIT_STATE": home,
            "IPYTHONDIR": home,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        client = NotebookClient(
            notebook,
            timeout=_SECONDS_OF_A_CELL,
            resources={"metadata": {"path": str(folder)}},
        )
        done: NotebookNode = client.execute(env=surroundings)
    return done


def _digest_of_package() -> str:
    """A digest of all that a chapter may call."""
    root = Path(annkit.__file__).parent
    digest = hashlib.sha256(" ".join(map(version, _DRAWN_WITH)).encode())
    for path in sorted(root.rglob("*")):
        is_code = path.is_file() and "__pycache__" not in path.parts
        if is_code and path.relative_to(root).parts[0] != "publish":
            digest.update(path.read_bytes())
    return digest.hexdigest()
