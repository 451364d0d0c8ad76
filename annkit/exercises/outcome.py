"""What a verb gives back, and how it behaves where marks are made.

Stock nbgrader reads points from a cell's result: the plain text of a single number. Without a
result it gives full marks, so where marks are made `check` always gives one. In a notebook the
result shows nothing, since the card is there already.

Not here: the card (`report`), official marks (`annkit.grading`).
"""

import os

from annkit.exercises.cards.report import Report


def marks_are_made() -> bool:
    """Whether nbgrader runs this notebook, to grade it or to validate it."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))


class Outcome:
    """The result of `check`: shows nothing by itself, and keeps the report.

    Attributes:
        report: the verdict; None if the answer could not be judged at all.
    """

    def __init__(self, report: Report | None) -> None:
        """Keep the report."""
        self.report = report

    @property
    def points(self) -> float:
        """Points earned; 0 without a report."""
        return 0.0 if self.report is None else self.report.points

    def _ipython_display_(self) -> None:
        """Show nothing: the card is the cell's only output."""

    def __repr__(self) -> str:
        """One line, for a terminal."""
        if self.report is None:
            return "<not judged>"
        verdict = "passed" if self.report.passed else "not passed"
        return f"<{self.report.id}: {verdict}>"


class Mark:
    """The result of `check` where marks are made: its text is the bare number of points.

    Attributes:
        report: the verdict; None if the answer could not be judged at all.
    """

    def __init__(self, outcome: Outcome) -> None:
        """Take over the report and its points."""
        self.report = outcome.report
        self.points = outcome.points

    def __repr__(self) -> str:
        """The points, as nbgrader reads them."""
        return f"{self.points:g}"
