"""The sandbox from the grader's side: a job goes in, claims come out.

In: a `Job`, the cells of one submission and the names of its answers; `Limits`.
Out: what became of each cell, and a transport to each answer, which brings plain data: claims.
Begin with `session`, which asks; `sandbox` keeps the process behind it, `tiers` says how strong a
wall this machine offers, `visible` what is on the other side; `untrusted` is what runs there.

Not here: verdicts (`annkit.grading.marking`). From inside, only this text and `untrusted` are seen.
"""
