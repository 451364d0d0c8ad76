"""Books: verdicts written down once, whatever happens meanwhile.

In: a `Graded`, its release, and when it was handed in.
Out: rows in nbgrader's gradebook, a notebook in `autograded/`, a line in the ledger.
Begin with `filing`, the order of these three; `gradebook` knows nbgrader's tables,
`entries` whether they still hold what was entered.

Not here: what is written (`marking`).
"""
