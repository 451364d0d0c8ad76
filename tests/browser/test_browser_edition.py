"""The browser edition from outside: a learner in Chromium with no server, and no other address.

It is built once and a kernel starts three times: this is for `make test-long`.
"""

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from annkit.address import DOOR
from annkit.exercises.tasks.catalogue import course
from annkit.publish.browser.lite_site import build
from tests.browser.lab import Lab
from tests.browser.static_site import alone, served
from tests.browser.test_drawing_pad import CELL as DRAWING_PAD
from tests.browser.test_drawing_pad import draw
from tests.sampling import LONG
from tools.beside import install

pytestmark = [*LONG, pytest.mark.browser]

CHAPTER = "ch03_activations"
IMPORTS = "from itertools import pairwise"
MIRRORED = "def sigmoid(z):\n    return 1 / (1 + np.exp(z))\n"
RIGHT = "def relu(z):\n    return np.maximum(z, 0.0)\n"
GO_ON = """\
import numpy as np
import annkit

annkit.import_work()

def step(z):
    return np.where(np.asarray(z) >= 0, 1.0, 0.0)

annkit.check("step", step)
annkit.export_work()
"""
# What a kernel there may not come back from: nothing stops a cell, and a stack that is full. How
# full is up to the browser and the machine: some tell the learner that it is too deep.
ENDLESS_LOOP = "a loop without end"
SILENCING = {
    ENDLESS_LOOP: "while True:\n    pass",
    "an operator that calls itself": """\
class Endless:
    def __add__(self, other):
        return self + other

Endless() + 1""",
}
WELCOME = "ch00_welcome"
ADVICE = (
    "if it does not end, start afresh, and run the cells\nabove it again. What you have typed stays"
)
SUM = "def weighted_sum(x, w, b):\n    return x @ w + b\n"
LATER = """\
import numpy as np
from annkit import check, progress
from my_ann import weighted_sum
print(weighted_sum(np.array([2, 1]), np.array([10, -3]), 5))
progress()
"""
# Each kind of loop, and how long it ran.
ENDLESS = """\
import sys, time
from annkit.exercises import Answer
from annkit.exercises.calls.answer import here
from annkit.exercises.calls.containment import OutOfTime, time_limit

def empty():
    while True:
        pass

def calling():
    def down(n):
        return down(n - 1) if n else 0
    while True:
        down(3)

def generating():
    return sum(1 for _ in iter(int, 1))

def catching():
    while True:
        try:
            while True:
                pass
        except Exception:
            pass

def asking():
    while True:
        call = Answer(here(abs), "f").attempt(-1)
        assert (call.error, call.changed) == (None, ()), call

before = sys.getrecursionlimit(), sys.setrecursionlimit, sys.stdout
for loop in (empty, calling, generating, catching, asking):
    start = time.monotonic()
    try:
        with time_limit(2.0):
            loop()
    except OutOfTime:
        print(loop.__name__, "stopped after", round(time.monotonic() - start, 1))
    assert (sys.getrecursionlimit(), sys.setrecursionlimit, sys.stdout) == before
"""
# More than a browser's stack can take: calls through C, and a chain that is freed at once.
DEEP = """\
from annkit.exercises.calls.containment import time_limit

class Endless:
    def __add__(self, other):
        return self + other

class Node:
    def __init__(self, *inputs):
        self.inputs = inputs

try:
    with time_limit(60.0):
        Endless() + 1
except RecursionError:
    print("it nests too deep")
with time_limit(60.0):
    node = Node()
    for _ in range(10_000):
        node = Node(node)
    del node
print("all is free")
"""


class LiteLab(Lab):
    """JupyterLab without a server: the address is the site's."""

    def open(self, notebook: str) -> None:
        """Open a notebook, and wait for its kernel."""
        self.page.goto(f"{self.address}lab/index.html?path={notebook}")
        self.wait("panel?.context?.path === v[0]", notebook)
        self.wait_for_kernel()

    def new_cell(self, source: str) -> str:
        """Append a cell, run it, and read what it shows."""
        self.append(source)
        return self.run(source)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the browser edition."""
    folder = tmp_path_factory.mktemp("site") / "lite"
    build(course(), folder, tools=install("site"))
    with served(folder) as address:
        yield address


def at_home(folder: Path, *words: str) -> str:
    """What Python prints in a folder on a computer where the course is installed."""
    places = {name: str(folder) for name in ("ANNKIT_STATE", "ANNKIT_HOME")}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def answers(notebook: Path) -> list[str]:
    """The text of each cell."""
    return ["".join(cell["source"]) for cell in json.loads(notebook.read_bytes())["cells"]]


def test_a_learner_with_nothing_but_a_browser(browser: Browser, site: str, tmp_path: Path) -> None:
    context, refused = alone(browser, site, viewport={"width": 1280, "height": 1000})
    lab = LiteLab(context.new_page(), site)
    lab.open(f"{CHAPTER}/{CHAPTER}.ipynb")

    assert "The kernel has started afresh" in lab.new_cell("unheard_of")
    lab.run(IMPORTS)
    lab.run("sigmoid")
    assert "Replace the line that raises" in lab.run("sigmoid_check")
    lab.type("sigmoid", MIRRORED)
    lab.run("sigmoid")
    said = lab.run("sigmoid_check")
    assert "not yet" in said
    assert "minus sign is missing in the exponent" in said
    lab.type("relu", RIGHT)
    lab.run("relu")
    said = lab.run("relu_check")
    assert "✓ relu: passed" in said
    assert "Kept in my_ann.py" in said

    lab.run("activation_explorer()")
    lab.output("activation_explorer()").get_by_role("button").first.click()  # predict
    expect(lab.output("activation_explorer()").locator(".noUi-handle").first).to_be_visible(
        timeout=60_000
    )
    lab.move_slider("activation_explorer()", "ArrowRight")

    stopped = dict(re.findall(r"(\w+) stopped after ([\d.]+)", lab.new_cell(ENDLESS)))
    assert list(stopped) == ["empty", "calling", "generating", "catching", "asking"]
    # Two seconds, and a slow machine's patience.
    assert all(2.0 <= float(seconds) < 20.0 for seconds in stopped.values())
    said = lab.new_cell(DEEP)
    assert "it nests too deep" in said
    assert "all is free" in said
    lab.new_cell(DRAWING_PAD)
    draw(lab)
    lab.save()

    # The next day, in another chapter too.
    lab.open(f"{CHAPTER}/{CHAPTER}.ipynb")
    assert lab.ask("notebook.widgets[find('relu')].model.sharedModel.source") == RIGHT
    progress = lab.new_cell("from annkit import progress\nprogress()")
    assert "Course: 1 of" in progress
    lab.open("ch04_forward/ch04_forward.ipynb")
    imported = "from annkit import check\nfrom my_ann import relu\nprint(relu(-1.0))"
    assert "0.0" in lab.new_cell(imported)

    # At home, on a computer; and back with what was passed there.
    page = lab.page
    lab.new_cell("from annkit import export_work\nexport_work()")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my_work.zip").click()
    at_home(tmp_path, "-m", "annkit", "start", ".", "--copy-only")
    taken = tmp_path / "my_work.zip"
    download.value.save_as(taken)
    assert "✓ step: passed" in at_home(tmp_path, "-c", GO_ON)
    assert RIGHT in (tmp_path / "my_ann.py").read_text()
    assert RIGHT in answers(tmp_path / CHAPTER / f"{CHAPTER}.ipynb")
    lab.ask(
        "(window.jupyterapp.serviceManager.contents.save('my_work.zip', v[0])"
        ".then(() => { window.uploaded = true; }), 0)",
        {"type": "file", "format": "base64", "content": b64encode(taken.read_bytes()).decode()},
    )
    lab.wait("window.uploaded")
    assert "joined with what was here" in lab.new_cell(
        "from annkit import import_work\nimport_work()"
    )
    assert "Course: 2 of" in lab.new_cell("from annkit import progress as map\nmap()")

    # On a phone: the same answers, without a list of files that takes the text's place.
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}{DOOR}?path={CHAPTER}/{CHAPTER}.ipynb")
    lab.wait("panel?.context?.isReady")
    assert lab.ask("notebook.widgets[find('relu')].model.sharedModel.source") == RIGHT
    assert lab.ask("notebook.node.clientWidth") > 350
    assert refused == []
    context.close()


def test_a_kernel_that_has_fallen_silent_is_started_afresh(browser: Browser, site: str) -> None:
    context, refused = alone(browser, site, viewport={"width": 1280, "height": 1000})
    lab = LiteLab(context.new_page(), site)
    lab.open(f"{WELCOME}/{WELCOME}.ipynb")
    assert ADVICE in lab.ask("notebook.widgets.map(c => c.model.sharedModel.source).join('\\n')")
    lab.run("import numpy as np")
    lab.type("weighted_sum", SUM)
    lab.run("weighted_sum")
    assert "✓ weighted_sum: passed" in lab.run("weighted_sum_check")
    for kind, source in SILENCING.items():
        lab.append(source)
        lab.show(source)
        lab.page.keyboard.press("Escape")
        lab.page.keyboard.press("Control+Enter")
        lab.wait("panel.sessionContext.session.kernel.status === 'busy'")
        lab.page.wait_for_timeout(5_000)
        status = lab.ask("panel.sessionContext.session.kernel.status")
        assert status == "busy" or kind != ENDLESS_LOOP

        lab.restart_kernel()
        assert lab.ask("notebook.widgets[find('weighted_sum')].model.sharedModel.source") == SUM
        said = lab.new_cell(f"# after {kind}\n{LATER}")
        assert "22" in said
        assert "Course: 1 of" in said
    assert refused == []
    context.close()
