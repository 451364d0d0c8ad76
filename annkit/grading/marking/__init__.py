"""Marking: from one rebuilt submission to its verdict, and the words that tell it.

In: an `Order`: the notebook, the release it answers, a seed for every exercise.
Out: a `Graded`: the `Verdict`, plain data without a secret, and the notebook that shows it.
Begin with `official_judge`: its steps are the other modules, from `score` to `graded_notebook`.

Not here: running a submission's code (`sandbox`), writing anything down (`books`).
"""
