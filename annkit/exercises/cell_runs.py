"""Which cells ran, and whether a card on the screen still speaks of the newest version.

IPython tells of every cell that ran, also of one that ended in an error. So a check knows whether
the answer it gets is older than the newest cell that defines it, and a card is told when that cell
runs again in another version.

Not here: an edit that has not been run; only the page sees that (`annkit.show.stylesheet`).
"""

import inspect
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from annkit.show.cards.card import shell

MOST_RUNS = 400  # the cells of a long chapter, and as many of one's own

_KEY = "_annkit_cell_runs"  # of the shell

# Verbs that name an exercise: check("sigmoid", sigmoid).
_NAMED = re.compile(r"""\b(?:again|check|hint|quiz|solution)\(\s*["'](\w+)["']""")


@dataclass(frozen=True)
class CellRun:
    """One cell that ran.

    Attributes:
        cell: its id in the notebook; its text where there is none.
        text: what was run.
        error: the kind of error it ended in; empty if it did not.
        is_unread: whether Python could not even read it, so that nothing of it ran.
    """

    cell: str
    text: str
    error: str = ""
    is_unread: bool = False

    def defines(self, name: str) -> bool:
        """Whether it says that it defines a name; text that is no Python can say so too."""
        word = re.escape(name)
        return bool(re.search(rf"^(?:(?:def|class) +{word}\b|{word} *=[^=])", self.text, re.M))


@dataclass
class CellRuns:
    """The cells of this kernel, the newest run last, and who wants to hear of one."""

    runs: dict[str, CellRun] = field(default_factory=dict)
    listeners: dict[str, tuple[CellRun, Callable[[str], None]]] = field(default_factory=dict)

    def note(self, run: CellRun) -> None:
        """Keep a run, and tell the card that is about an earlier one."""
        self.runs.pop(run.cell, None)
        self.runs[run.cell] = run
        if len(self.runs) > MOST_RUNS:
            del self.runs[next(iter(self.runs))]
        judged, tell = self.listeners.get(run.cell, (run, None))
        if tell is None:
            return
        if run.error:
            tell(
                f"The cell that defines it has since ended in {_a(run.error)}. "
                "This is about the version before."
            )
        elif judged.error or run.text.strip() != judged.text.strip():
            tell("The answer has changed since: run this check again.")
        else:
            tell("")

    def newest(self, name: str) -> CellRun | None:
        """The newest run that says it defines a name; none for an answer without a name."""
        if not name:
            return None
        return next((run for run in reversed(self.runs.values()) if run.defines(name)), None)

    def last_touched(self, ids: Collection[str]) -> str:
        """The exercise whose cell ran last, or whom a verb named; empty if there was none."""
        for run in reversed(self.runs.values()):
            owner = run.cell.removesuffix("_check").removesuffix("_quiz")
            named = [id for id in _NAMED.findall(run.text) if id in ids]
            if owner in ids or named:
                return owner if owner in ids else str(named[-1])
        return ""

    def older_than_written(self, name: str, answer: Any, is_stub: bool) -> str:
        """A sentence if the newest cell that defines a name failed and left an older answer.

        Args:
            name: the answer's.
            answer: what was judged.
            is_stub: whether that was the untouched stub.
        """
        run = self.newest(name)
        if run is None or not run.error or not (run.is_unread or _is_elsewhere(answer, run.text)):
            return ""
        left = "there is no answer to judge" if is_stub else "this is about the version before it"
        return (
            f"The newest cell that defines `{name}` ended in {_a(run.error)}, so {left}. "
            "Mend that cell first."
        )

    def listen(self, name: str, tell: Callable[[str], None]) -> None:
        """Have a card told when the cell with the answer runs again."""
        run = self.newest(name)
        if run is not None:
            self.listeners[run.cell] = (run, tell)


def cell_runs() -> CellRuns:
    """Those of the running shell, which tells of every cell from the first call of this on."""
    running = shell()
    if running is None:
        return CellRuns()
    kept: CellRuns | None = getattr(running, _KEY, None)
    if kept is None:
        kept = CellRuns()
        setattr(running, _KEY, kept)
        running.events.register("post_run_cell", lambda result: kept.note(_run_of(result)))
    return kept


def _run_of(result: Any) -> CellRun:
    info = result.info
    error = result.error_before_exec or result.error_in_exec
    name = type(error).__name__ if error is not None else ""
    text = info.raw_cell if isinstance(info.raw_cell, str) else ""
    cell = getattr(info, "cell_id", None) or text
    return CellRun(cell, text, name, result.error_before_exec is not None)


def _is_elsewhere(answer: Any, text: str) -> bool:
    try:
        return inspect.getsource(answer).strip() not in text
    except (OSError, TypeError):
        return False


def _a(noun: str) -> str:
    return f"an {noun}" if noun[:1] in "AEIOU" else f"a {noun}"
