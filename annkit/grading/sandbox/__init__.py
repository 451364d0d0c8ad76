"""The sandbox from the grader's side: a job goes in, claims come out.

Begin with `session`; `inside` is what runs within, and this file is all it sees of the rest.

Not here: verdicts (`annkit.grading.marking`).
"""
