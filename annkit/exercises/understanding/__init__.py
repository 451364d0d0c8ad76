"""Questions about a learner's own code: is it understood, or has it only passed?

In: an exercise, and the learner's function, which passes.
Out: a `Question` about that function, or None if there is nothing to ask.
Begin with `own_lines`, for what is asked after a pass; `own_numbers` and `own_mistakes` are asked
another day.

Not here: when a question is asked (`annkit.exercises.understood`, `annkit.exercises.review`).
"""
