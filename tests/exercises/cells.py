"""A notebook's cells, run by IPython in this process, with what a notebook would store."""

import atexit
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbformat import NotebookNode
from traitlets.config import Config


class RecordingHook(DisplayHook):
    """Keeps a cell's result instead of printing it."""

    results: list[dict[str, Any]]

    def write_output_prompt(self) -> None:
        """Print no prompt."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        """Keep the result's forms."""
        self.results.append(format_dict)


class Cells:
    """Runs cells one after the other in one shell."""

    def __init__(self, shell: InteractiveShell) -> None:
        """Take over a shell."""
        self.shell = shell

    def run(self, source: str, points: float | None = None) -> NotebookNode:
        """Run a cell and return it with its outputs, as a graded one if it has points."""
        hook = self.shell.displayhook
        assert isinstance(hook, RecordingHook)
        hook.results = []
        publisher = CapturingDisplayPublisher()
        self.shell.display_pub = publisher
        with capture_output(display=False) as streams:
            result = self.shell.run_cell(source)
        cell = nbformat.v4.new_code_cell(source)
        new = nbformat.v4.new_output
        for name, text in (("stdout", streams.stdout), ("stderr", streams.stderr)):
            if text:
                cell.outputs.append(new("stream", name=name, text=text))
        cell.outputs += [new("display_data", data=out["data"]) for out in publisher.outputs]
        cell.outputs += [new("execute_result", data=data) for data in hook.results]
        error = result.error_in_exec or result.error_before_exec
        if error is not None:
            cell.outputs.append(new("error", ename=type(error).__name__, evalue=str(error)))
        if points is not None:
            cell.metadata["nbgrader"] = NotebookNode(
                grade=True, solution=False, locked=True, points=points, grade_id="check"
            )
        return cell


@contextmanager
def cells() -> Iterator[Cells]:
    """A fresh shell that believes to be in a kernel, and is gone afterwards."""
    main = sys.modules["__main__"]
    hook = sys.displayhook
    InteractiveShell.clear_instance()
    # Without a history file: the tests write nothing but what they are about.
    settings = Config(HistoryManager={"enabled": False})
    shell = InteractiveShell.instance(config=settings, displayhook_class=RecordingHook)
    vars(shell)["kernel"] = object()
    try:
        yield Cells(shell)
    finally:
        atexit.unregister(shell.atexit_operations)
        InteractiveShell.clear_instance()
        sys.displayhook = hook
        sys.modules["__main__"] = main
        sys.modules.pop("my_ann", None)
