"""Who sits at which desk, and the notebook that lies there.

It is chapter 3's headings, tables and links, with a few cells to run.

Not here: what must hold at a desk (test_desk.py).
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

from tests.browser.hands import Mouse
from tests.browser.lab import Lab

CHAPTER = "ch03_activations"
CONTENTS, MAP, HINT = f'contents("{CHAPTER}")', "progress()", "hint()"
QUESTION = 'quiz("rheobase_question")'
ASKED = 'rheobase_question = ""  # your letter\n' + QUESTION
TAPE = "from annkit.lessons.autodiff.explorer import tape_explorer\n\ntape_explorer()"
DESCENT = TAPE.replace("autodiff", "gradient_descent").replace("tape", "descent")
ANSWER = "def sigmoid_prime(a):\n    return a * (1 - a)"
CHECK = 'check("sigmoid_prime", sigmoid_prime)'
AGAIN = 'print(again("sigmoid_prime"))'
IMPORTS = "import os\n\nos.environ['ANNKIT_STATE'] = {state!r}  # nobody has sat here before\n"
IMPORTS += "from annkit import again, check, contents, hint, progress, quiz\n\n" + CONTENTS


@dataclass(frozen=True)
class Desk:
    """Who sits where, and what at."""

    name: str
    lab: Lab
    hands: Mouse
    notebook: Path
    width: int
    height: int
    is_dark: bool

    @property
    def path(self) -> str:
        """Where the notebook lies below the server's root."""
        return f"{CHAPTER}/{self.notebook.name}"

    def seen(self, cell: str) -> str:
        """What a cell shows to the eye, without what is hidden."""
        return self.hands.shown(cell).inner_text()

    def source(self, cell: str) -> str:
        """What stands in a cell."""
        return str(self.lab.ask("notebook.widgets[find(v[0])].model.sharedModel.source", cell))

    def open_distrusted(self) -> None:
        """Open a copy of the saved notebook that this server has not seen being made."""
        content = json.loads(self.notebook.read_text(encoding="utf-8"))
        content["metadata"]["title"] = "From somebody else"
        copy = self.notebook.with_stem(f"{self.notebook.stem}-distrusted")
        copy.write_text(json.dumps(content), encoding="utf-8")
        self.lab.turn_to(f"{CHAPTER}/{copy.name}")

    def come_back(self) -> None:
        """Leave that copy, and open one's own notebook anew."""
        self.lab.leave()
        self.lab.turn_to(self.path)
        self.lab.turn_away()
        self.lab.turn_to(self.path)


def lay(notebooks: Path, name: str, state: Path) -> Path:
    """Write a desk's notebook.

    Args:
        notebooks: the course's.
        name: the desk's.
        state: an empty folder for what the learner does.
    """
    path = notebooks / CHAPTER / f"desk-{name}.ipynb"
    chapter = nbformat.read(path.with_name(f"{CHAPTER}.ipynb"), as_version=4)
    texts = [cell for cell in chapter.cells if cell.cell_type == "markdown"]
    title, *read = [cell for cell in texts if re.search(r"^#|^\||\.ipynb\)", cell.source, re.M)]
    *between, onward = read
    # One cell of it all is passed with one press of a key.
    between = [nbformat.v4.new_markdown_cell("\n\n".join(cell.source for cell in between))]
    sources = (IMPORTS.format(state=str(state)), ASKED, TAPE, DESCENT, ANSWER, CHECK, HINT, AGAIN)
    run = [nbformat.v4.new_code_cell(source) for source in (*sources, MAP)]
    run[1].id = "rheobase_question"
    chapter.cells = [title, *run, *between, onward]
    nbformat.write(chapter, path)
    return path
