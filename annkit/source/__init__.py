"""Source: learners' Python as text, read without running any of it.

In: the text of a cell, a definition or a file, with whatever only IPython understands.
Out: the names it binds and looks up, the cells that have to run for an answer, uses of what a
rule forbids, the text a function or class was made from.
Begin with `names`: `needed_cells` and `forbidden_search` ask it; `ipython` says what is Python.

Not here: what follows from it (`annkit.exercises` for a learner, `annkit.grading` for marks).
"""
