"""The sandbox from the grader's side: a job goes in, claims come out.

Not here: what runs inside (`annkit.grading.inside`), verdicts (`annkit.grading.score`).
"""

from annkit.grading.sandbox.job import Cell, CellOutcome, Job, Limits, SubmissionFault
from annkit.grading.sandbox.sandbox import Sandbox, SandboxError
from annkit.grading.sandbox.session import Session
from annkit.grading.sandbox.tiers import Tier, best_tier, why_not

__all__ = [
    "Cell",
    "CellOutcome",
    "Job",
    "Limits",
    "Sandbox",
    "SandboxError",
    "Session",
    "SubmissionFault",
    "Tier",
    "best_tier",
    "why_not",
]
