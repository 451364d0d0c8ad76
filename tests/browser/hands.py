"""The two ways to work at a notebook: with the mouse, or with the keys alone.

By keys alone a cell is reached by the arrows, and what is inside of its output by Tab; nothing else
moves the focus, so what Tab does not reach these hands can't press. Text is typed in both ways.
All cells are in the page (`Lab.show_whole`).

Not here: what is asked of the page (lab.py).
"""

from playwright.sync_api import Locator

from tests.browser.lab import Lab

FAR = 40  # presses of Tab after which a person would have given up
HAS_FOCUS = "one => one === document.activeElement"


class Mouse:
    """Whoever points and clicks.

    Args:
        lab: the notebook.
    """

    def __init__(self, lab: Lab) -> None:
        self.lab = lab

    def go_to(self, cell: str) -> None:
        """Make a cell the active one."""
        self._cell(cell).locator(".jp-InputArea-prompt").first.click()
        self.lab.wait("notebook.activeCellIndex === find(v[0])", cell)

    def press(self, target: Locator) -> None:
        """Press something in what the active cell shows."""
        target.click()

    def choose(self, options: Locator, letter: str) -> None:
        """Choose an option of a question in what the active cell shows."""
        options.locator(f"[data-letter={letter}]").click()

    def type(self, cell: str, source: str) -> None:
        """Replace a cell's text."""
        self._edit(cell)
        self.lab.page.keyboard.press("Control+A")
        self.lab.page.keyboard.insert_text(source)
        self.lab.wait("notebook.activeCell.model.sharedModel.source === v[0]", source)

    def run(self, cell: str) -> str:
        """Run a cell, and read what it shows."""
        model = "notebook.widgets[find(v[0])].model"
        before = self.lab.ask(f"{model}.executionCount", cell)
        self.go_to(cell)
        self._start()
        again = f"{model}.executionCount && {model}.executionCount !== v[1]"
        self.lab.wait(f"{again} && {model}.executionState === 'idle'", cell, before)
        self.lab.wait_for_kernel()
        return self.shown(cell).inner_text()

    def shown(self, cell: str) -> Locator:
        """What a cell shows."""
        return self._cell(cell).locator(".jp-OutputArea").first

    def save(self) -> None:
        """Save the notebook."""
        self._tool("save").click()
        self.lab.wait("!panel.model.dirty")

    def restart(self) -> None:
        """Restart the kernel, and say that this is meant."""
        self._tool("restart").click()
        self._accept()

    def fold_files(self) -> None:
        """Close the list of files on the left."""
        self.lab.page.locator(".jp-SideBar.jp-mod-left [data-id=filebrowser]").click()

    def _edit(self, cell: str) -> None:
        self._cell(cell).locator(".cm-content").click()

    def _start(self) -> None:
        self._tool("run").click()

    def _tool(self, name: str) -> Locator:
        return self.lab.notebook().locator(f"[data-jp-item-name={name}]")

    def _accept(self) -> None:
        kernel = "panel.sessionContext.session.kernel"
        self.lab.ask(
            f"(window.restarted = false, {kernel}.statusChanged.connect((_, status) => {{"
            " window.restarted ||= status.includes('restarting'); }), true)"
        )
        self._confirm(self.lab.page.locator(".jp-Dialog .jp-mod-accept"))
        self.lab.wait("window.restarted")
        self.lab.wait_for_kernel()

    def _confirm(self, button: Locator) -> None:
        button.click()

    def _cell(self, cell: str) -> Locator:
        return self.lab.notebook().locator(".jp-Cell").nth(self._place(cell))

    def _place(self, cell: str) -> int:
        place = int(self.lab.ask("find(v[0])", cell))
        assert place >= 0, f"no cell is called {cell}"
        return place


class Keys(Mouse):
    """Whoever works with the keys alone."""

    def go_to(self, cell: str) -> None:
        """Come out of what a cell shows, then take the arrows."""
        self._leave()
        for _ in range(self.lab.ask("notebook.widgets.length")):
            step = self._place(cell) - self.lab.ask("notebook.activeCellIndex")
            if not step:
                return
            self.lab.page.keyboard.press("ArrowDown" if step > 0 else "ArrowUp")
        raise AssertionError(f"the arrows do not lead to {cell}")

    def reach(self, target: Locator) -> None:
        """Press Tab until something has the focus."""
        for _ in range(FAR):
            if target.evaluate(HAS_FOCUS):
                return
            self.lab.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not come to {target}")

    def press(self, target: Locator) -> None:
        """Reach it, then Enter."""
        self.reach(target)
        self.lab.page.keyboard.press("Enter")

    def choose(self, options: Locator, letter: str) -> None:
        """Tab comes to one of the options, the arrows go on from there, and Space chooses."""
        self.reach(options.locator("[data-letter][tabindex='0']"))
        option = options.locator(f"[data-letter={letter}]")
        for _ in range(options.locator("[data-letter]").count()):
            if option.evaluate(HAS_FOCUS):
                break
            self.lab.page.keyboard.press("ArrowDown")
        self.lab.page.keyboard.press("Space")

    def save(self) -> None:
        """Ctrl+S."""
        self._leave()
        self.lab.page.keyboard.press("Control+S")
        self.lab.wait("!panel.model.dirty")

    def restart(self) -> None:
        """0, 0, Enter."""
        self._leave()
        self.lab.page.keyboard.press("0")
        self.lab.page.keyboard.press("0")
        self._accept()

    def fold_files(self) -> None:
        """Ctrl+B."""
        self._leave()
        self.lab.page.keyboard.press("Control+B")

    def _edit(self, cell: str) -> None:
        self.go_to(cell)
        self.lab.page.keyboard.press("Enter")
        self.lab.wait("notebook.mode === 'edit'")

    def _start(self) -> None:
        self.lab.page.keyboard.press("Control+Enter")

    def _confirm(self, button: Locator) -> None:
        self.reach(button)
        self.lab.page.keyboard.press("Enter")

    def _leave(self) -> None:
        self.lab.page.keyboard.press("Escape")
        for _ in range(FAR):
            if self.lab.ask("document.activeElement.closest('.jp-OutputArea') === null"):
                return
            self.lab.page.keyboard.press("Shift+Tab")
        raise AssertionError("Shift+Tab does not lead out of what a cell shows")
