"""From an answer to its report.

In: a task, and an answer in this process or a transport to one elsewhere.
Out: a `Report`: points, the first failure of each check, the mistake by its name.
Begin with `judge`. `diagnose` finds the known wrong answer that behaves alike; where none does,
`partly` tries what may be said instead, `two_slips`, `as_if` and `resemblance`, and the others are
theirs. `ruled_out` reads the answer's text where a task forbids something, `selfcheck` holds an
exercise to its promises, with the help of `thoughtless`.

Not here: what a report says on a card (`annkit.exercises.cards`), marks (`annkit.grading`).
"""
