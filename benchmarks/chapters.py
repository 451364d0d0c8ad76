"""How long a learner waits for a whole chapter: every solved notebook, executed top to bottom.

Told as multiples of an empty notebook (start of a kernel and nothing else), measured next to it.
"""

import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from annkit.exercises import course
from annkit.publish import release, solve


def execution_seconds(notebook: nbformat.NotebookNode, folder: Path) -> float:
    """Seconds to start a kernel, run the notebook and end the kernel."""
    start = time.perf_counter()
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(folder)}}).execute()
    return time.perf_counter() - start


def main() -> None:
    """Print a line for each chapter."""
    files = release(course())
    with tempfile.TemporaryDirectory() as folder:
        for name in course().chapters:
            home = Path(folder) / name
            home.mkdir()
            content = files[Path(name) / f"{name}.ipynb"].decode("utf-8")
            solved = solve(nbformat.reads(content, as_version=4))
            cells = sum(cell.cell_type == "code" for cell in solved.cells)
            empty = execution_seconds(new_notebook(cells=[new_code_cell("pass")]), home)
            whole = execution_seconds(solved, home)
            times = f"{whole / empty:.1f} × an empty notebook"
            print(f"{name}: {times} ({cells} code cells, {whole:.1f} s)")


if __name__ == "__main__":
    main()
