"""The learner's progress: what was checked, hinted and shown, on the learner's own machine.

In: an event for each check, hint and shown solution.
Out: a file that only grows, and from it where the learner stands.
Begin with `progress_log`, the file; `progress_state` reads it as states of exercises and sums of
chapters.

Not here: the map that shows it (`annkit.show.cards.progress_map`), marks (`annkit.grading`).
"""
