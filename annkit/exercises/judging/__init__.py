"""From an answer to its report.

In: a task, and an answer in this process or a transport to one elsewhere.
Out: a `Report`: points, the first failure of each check, the mistake by its name.
Begin with `judge`. `diagnose` finds the known wrong answer that behaves alike, `partly` says what
can be said where none does, `ruled_out` reads the answer's text where a task forbids something,
`selfcheck` holds an exercise to its promises.

Not here: what a report says on a card (`annkit.exercises.cards`), marks (`annkit.grading`).
"""
