"""JupyterLab as a person uses it: open a notebook, type, run, read, move a slider.

A cell is named by its id, by its exercise's grade id, or by any text of its source. The page is
asked only short questions, again and again until the answer is yes, because an unanswered promise
in the page would have no timeout.

Not here: the server (server.py).
"""

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, TimeoutError, ViewportSize

PATIENCE = 600_000  # ms; a busy machine needs some of it
SOON = 60_000  # ms; after that a person would press the key again
OFTEN = 50  # ms between two looks; as often as it is drawn, the page would do little else
USUAL: ViewportSize = {"width": 1280, "height": 1000}
OUTPUT = Path(__file__).resolve().parents[2] / "test-output"

WHICH = "windowingMode: v[0]"  # of its cells a notebook keeps in the page

FAILED = pytest.StashKey[bool]()
_PAGES = count(1)

# `panel` and `find` stand before every question to the page.
PRELUDE = """
const panel = window.jupyterapp?.shell?.currentWidget;
const notebook = panel?.content;
const find = name => {
  const cells = notebook.widgets;
  const isNamed = ({ model }) =>
    model.id === name || (model.getMetadata("nbgrader") || {}).grade_id === name;
  const named = cells.findIndex(isNamed);
  if (named >= 0) return named;
  return cells.findIndex(
    cell => cell.model.type === "code" && cell.model.sharedModel.source.includes(name));
};
"""


class Lab:
    """One browser page with JupyterLab, and what is asked of the notebook in front.

    Args:
        page: a fresh page.
        address: the server's, token included.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        # Another page's open notebooks are none of its own after a reload.
        self.address = address.replace("/lab?", f"/lab/workspaces/{next(_PAGES)}?")
        page.set_default_timeout(PATIENCE)

    def ask(self, expression: str, *values: Any) -> Any:
        """The value of a JavaScript expression, in which `v` is the list of `values`."""
        return self.page.evaluate(f"v => {{ {PRELUDE} return {expression}; }}", list(values))

    def wait(self, condition: str, *values: Any, patience: float = PATIENCE) -> None:
        """Wait until a JavaScript expression is true."""
        question = f"v => {{ {PRELUDE} return Boolean({condition}); }}"
        self.page.wait_for_function(question, arg=list(values), timeout=patience, polling=OFTEN)

    def start(self) -> None:
        """Open JupyterLab without a notebook."""
        self.page.goto(f"{self.address}&reset")
        self.wait("window.jupyterapp")
        self.do("window.jupyterapp.restored")

    def open(self, notebook: str) -> None:
        """Open JupyterLab with a notebook, a path below the server's root; wait for its kernel."""
        self.page.goto(self.address.replace("?", f"/tree/{notebook}?reset&"))
        self.wait("panel?.context?.path === v[0]", notebook)
        self.wait_for_kernel()

    def turn_to(self, notebook: str) -> None:
        """Turn to a notebook, opened if it is not yet, as by its name in the list of files."""
        self.do("window.jupyterapp.commands.execute('docmanager:open', {path: v[0]})", notebook)
        self.wait("panel?.context?.path === v[0]", notebook)
        self.wait_for_kernel()

    def turn_away(self) -> None:
        """Close the notebook as it is, saved or not; its kernel stays."""
        self.ask("(panel.dispose(), true)")

    def leave(self) -> None:
        """Stop the kernel and close the notebook, saved or not."""
        self.do("panel.sessionContext.shutdown()")
        self.turn_away()

    def close(self) -> None:
        """Stop the kernel and close the page."""
        self.do("panel.sessionContext.shutdown()")
        self.page.close()

    def do(self, action: str, *values: Any) -> None:
        """Start an action that gives a promise, and wait until it is kept."""
        start = f"(window.done = false, ({action}).finally(() => {{ window.done = true; }}), 0)"
        self.ask(start, *values)
        self.wait("window.done")

    def wait_for_kernel(self) -> None:
        """Wait until the kernel answers and has nothing to do."""
        session = "panel?.sessionContext"
        self.wait(
            f"{session}.isReady && {session}.session?.kernel?.connectionStatus === 'connected'"
            f" && {session}.session.kernel.status === 'idle'"
        )

    def set_theme(self, name: str) -> None:
        """Make it "Light" or "Dark"."""
        change = "window.jupyterapp.commands.execute('apputils:change-theme', {theme: v[0]})"
        self.do(change, f"JupyterLab {name}")
        self.wait("document.body.dataset.jpThemeLight === v[0]", str(name == "Light").lower())

    def set_usual(self) -> None:
        """Give the window the size, the list of files and the theme that it has at first."""
        self.page.set_viewport_size(USUAL)
        self.ask("(window.jupyterapp.shell.expandLeft(), true)")
        self.set_theme("Light")

    def save(self) -> None:
        """Save as Ctrl+S does."""
        self.do("window.jupyterapp.commands.execute('docmanager:save')")

    def run_all(self) -> None:
        """Run every cell, or all up to the first that fails, and wait for the last."""
        self.do("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.wait_for_kernel()

    def errors(self) -> list[str]:
        """The errors shown in the notebook."""
        found: list[str] = self.ask(
            "notebook.widgets.filter(c => c.model.type === 'code')"
            ".flatMap(c => c.model.outputs.toJSON()).filter(o => o.output_type === 'error')"
            ".map(o => `${o.ename}: ${o.evalue}`)"
        )
        return found

    def show_whole(self) -> None:
        """Keep every cell in the page, not only those near the visible part."""
        # While a notebook is still being drawn, Lab may leave its last cells out; asked anew, it
        # draws them.
        shown = "notebook.widgets.every(cell => cell.isAttached && !cell.isPlaceholder())"
        for patience in (SOON / 10, SOON / 3, SOON, PATIENCE):
            for mode in ("full", "none"):
                self.ask(f"notebook.notebookConfig = {{...notebook.notebookConfig, {WHICH}}}", mode)
            try:
                self.wait(shown, patience=patience)
                return
            except TimeoutError:
                if patience == PATIENCE:
                    raise

    def notebook(self) -> Locator:
        """The notebook in front with its tools; what stands behind it stays in the page."""
        return self.page.locator(f"#{self.ask('panel.id')}")

    def show(self, cell: str) -> Locator:
        """Scroll to a cell and make it the active one."""
        index = self.ask("find(v[0])", cell)
        assert index >= 0, f"no cell is called {cell}"
        self.ask("(notebook.activeCellIndex = v[0], notebook.scrollToItem(v[0]), true)", index)
        self.wait("notebook.widgets[v[0]].isAttached && notebook.widgets[v[0]].inViewport", index)
        return self.notebook().locator(".jp-Cell.jp-mod-active").first

    def type(self, cell: str, source: str) -> None:
        """Replace a cell's text by typing."""
        editor = self.show(cell).locator(".cm-content").first
        editor.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(source)
        self.wait("notebook.activeCell.model.sharedModel.source === v[0]", source)

    def run(self, cell: str) -> str:
        """Run a cell with Ctrl+Enter, wait, and read what it shows."""
        self.show(cell)
        before = self.ask("notebook.activeCell.model.executionCount")
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Control+Enter")
        self.wait(
            "notebook.activeCell.model.executionCount"
            " && notebook.activeCell.model.executionCount !== v[0]"
            " && notebook.activeCell.model.executionState === 'idle'",
            before,
        )
        self.wait_for_kernel()
        return self.read(cell)

    def output(self, cell: str) -> Locator:
        """What a cell shows."""
        return self.show(cell).locator(".jp-OutputArea").first

    def read(self, cell: str) -> str:
        """The text a cell shows."""
        shown = self.show(cell).locator(".jp-OutputArea-output").all()
        return "\n".join(part.inner_text() for part in shown)

    def append(self, source: str) -> None:
        """A new code cell at the end of the notebook."""
        self.ask(
            "(notebook.model.sharedModel.addCell({cell_type: 'code', source: v[0]}), true)", source
        )

    def restart_kernel(self) -> None:
        """Restart the kernel as the menu does, the question whether one is sure included."""
        self.ask(
            "(window.jupyterapp.commands.execute('notebook:restart-kernel')"
            ".then(() => { window.restarted = true; }), 0)"
        )
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.wait("window.restarted")
        self.wait_for_kernel()

    def picture(self, cell: str) -> str:
        """Where the first picture a cell shows comes from: other pixels, another value."""
        source = self.output(cell).locator("img").first.get_attribute("src")
        assert source
        return source

    def move_slider(self, cell: str, key: str) -> None:
        """Press a key on the first slider of a cell, and wait until its picture is another one."""
        before = self.picture(cell)
        handle = self.output(cell).locator(".noUi-handle").first
        changed = (
            "[...notebook.activeCell.node.querySelectorAll('.jp-OutputArea img')]"
            ".every(image => image.src !== v[0])"
        )
        # On a busy machine a key may come before the slider listens; a person presses again.
        for last in (False, False, False, True):
            handle.focus()
            self.page.keyboard.press(key)
            try:
                self.wait(changed, before, patience=PATIENCE if last else SOON)
                return
            except TimeoutError:
                if last:
                    raise

    def keep_screenshot(self, name: str, cell: str | None = None) -> None:
        """Keep a picture of the page, or of what one cell shows, in test-output/."""
        OUTPUT.mkdir(exist_ok=True)
        target = self.page if cell is None else self.output(cell)
        target.screenshot(path=OUTPUT / f"{name}.png")


def new_page(browser: Browser, address: str) -> Lab:
    """A page for one test, or for several that look at one notebook."""
    return Lab(browser.new_page(viewport=USUAL), address)


def keep_if_failed(lab: Lab, request: pytest.FixtureRequest) -> bool:
    """Keep the page's last look if the test has failed; whether it has."""
    failed = request.node.stash.get(FAILED, False)
    if failed:
        OUTPUT.mkdir(exist_ok=True)
        lab.page.screenshot(path=OUTPUT / f"failed-{request.node.name}.png")
    return failed
