"""What is asked of a sandbox, and what it says about the cells it ran.

Not here: running anything (`session`, `annkit.grading.sandbox.inside`).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes:
        cell_seconds: wall time of one cell.
        answer_seconds: wall time of all calls of one answer, so that a slow one leaves the others
            theirs.
        total_seconds: wall time of everything, restarts included.
        cpu_seconds: processor time of one process.
        memory_mb: address space beyond what the warm parent has.
        file_mb: private scratch space, where the tier has any.
    """

    cell_seconds: float = 20.0
    answer_seconds: float = 30.0
    total_seconds: float = 120.0
    cpu_seconds: int = 60
    memory_mb: int = 1024
    file_mb: int = 32


@dataclass(frozen=True)
class Cell:
    """One code cell: a label that is unique in the job, and its source."""

    key: str
    source: str


@dataclass(frozen=True)
class Job:
    """The cells of one submission in order, and the answers to keep on the way.

    Attributes:
        cells: all that run.
        captures: key of an answer's cell → name of the object that is kept right after it has run.
        limits: of the submission.
    """

    cells: tuple[Cell, ...]
    captures: Mapping[str, str]
    limits: Limits = field(default_factory=Limits)

    def plain(self, skip: set[str]) -> dict[str, Any]:
        """The job as JSON-able data, without the cells whose keys are in `skip`."""
        return {
            "cells": [asdict(cell) for cell in self.cells if cell.key not in skip],
            "captures": dict(self.captures),
            "cell_seconds": self.limits.cell_seconds,
        }


@dataclass(frozen=True)
class CellOutcome:
    """What became of one cell.

    Attributes:
        key: the cell's label.
        state: "ran", "raised", "crashed", "timed out" or "not reached".
        error: "ValueError: … (line 3: …)" if it raised; else empty.
    """

    key: str
    state: str
    error: str = ""


class SubmissionFault(Exception):
    """The submission, not the grader, is at fault; `state` and a sentence say how.

    Attributes:
        state: "crashed", "timed out" or "tampered".
    """

    def __init__(self, state: str, words: str) -> None:
        """Keep both; the sentence is the exception's text."""
        super().__init__(words)
        self.state = state
