"""What is asked of a learner, and what counts as right.

In: the files under `solutions/`.
Out: by its id, an `Exercise` with checks, known wrong answers and hints; or a question.
Begin with `task`; `question` has what is answered in words. `catalogue` finds the files; `compare`
is the one policy of what is equal and the checks that ask for it, `expect` those of special
results; `recognise` is for mistakes that no comparison tells.

Not here: running the checks (`annkit.exercises.judging`).
"""
