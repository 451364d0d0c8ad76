"""The learner's record: one line of JSON for each judged answer, hint and shown solution.

The file only grows, and each line arrives in a single appending write, so two notebooks may write
at once. A line that cannot be read is skipped and counted. If the file cannot be written, what
happened is remembered until the kernel ends and written as soon as it can be.

Not here: what is done with the record (`verbs`, `progress_state`).
"""

import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from annkit.exercises.tasks.home_folder import home
from annkit.files import append

FILE_NAME = "progress.jsonl"

# What could not be written yet, in this kernel: file → lines.
_waiting: dict[Path, list[bytes]] = {}


@dataclass(frozen=True)
class Record:
    """What the file says.

    Attributes:
        events: one dictionary per line, oldest first; each has "event" and "id".
        damaged: number of lines that could not be read.
        problem: why the file could not be read at all; empty if it could.
    """

    events: tuple[dict[str, Any], ...] = ()
    damaged: int = 0
    problem: str = ""

    @cached_property
    def by_id(self) -> dict[str, list[dict[str, Any]]]:
        """Exercise → its events, oldest first."""
        events: dict[str, list[dict[str, Any]]] = {}
        for event in self.events:
            events.setdefault(event["id"], []).append(event)
        return events


def marks_are_made() -> bool:
    """Whether nbgrader runs this notebook, to grade or to validate it: then there is no record."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))


def is_in_a_browser() -> bool:
    """Whether the kernel runs in the browser itself: its files are there and nowhere else."""
    return sys.platform == "emscripten"


def log_path() -> Path:
    """The file: in ANNKIT_STATE if that is set, else in the user's data directory.

    In a browser only the course's folder outlives a reload, so the file is there.
    """
    folder = os.environ.get("ANNKIT_STATE")
    if folder:
        return Path(folder).expanduser() / FILE_NAME
    if is_in_a_browser():
        return home() / FILE_NAME
    from platformdirs import user_data_path

    return user_data_path("annkit", appauthor=False) / FILE_NAME


def now() -> datetime:
    """This moment, as the record dates it."""
    return datetime.now(UTC)


def remember(event: str, id: str, **details: Any) -> str:
    """Append one event.

    Args:
        event: "check", "hint", "solution" or "review".
        id: the exercise.
        **details: plain values to keep with it.

    Returns:
        a sentence for the card if it could not be written; empty if all is well.
    """
    time = now().isoformat(timespec="seconds")
    entry = {"event": event, "id": id, **details, "time": time}
    line = json.dumps(entry, ensure_ascii=True).encode() + b"\n"
    path = log_path()
    waiting = _waiting.setdefault(path, [])
    waiting.append(line)
    try:
        append(path, b"".join(waiting))
    except OSError as error:
        return (
            f"Your progress could not be written to {path} ({error.strerror or error}). "
            "It is kept until this kernel ends; the result stands."
        )
    waiting.clear()
    return ""


def read_record() -> Record:
    """Read the record; what waits to be written counts too."""
    path = log_path()
    problem, content = "", b""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        pass
    except OSError as error:
        problem = f"Your progress could not be read from {path} ({error.strerror or error})."
    written, damaged = _parsed(content)
    waiting, more = _parsed(b"".join(_waiting.get(path, [])))
    return Record(written + waiting, damaged + more, problem)


# A check reads the record several times, and it grows for months.
@lru_cache(maxsize=4)
def _parsed(content: bytes) -> tuple[tuple[dict[str, Any], ...], int]:
    """The events in some lines, and the number of lines that hold none."""
    events = [_event(line) for line in content.splitlines() if line.strip()]
    good = tuple(event for event in events if event is not None)
    return good, len(events) - len(good)


def _event(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict):
        return None
    if not isinstance(entry.get("event"), str) or not isinstance(entry.get("id"), str):
        return None
    return entry
