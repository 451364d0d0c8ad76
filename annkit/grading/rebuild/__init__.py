"""Rebuild: a learner's answers, grafted onto the instructor's own notebook.

In: the bytes of a notebook that was handed in, whatever they are, and the release.
Out: a `Rebuilt`: the answers, all code in the order it runs, and what had to be repaired.
Begin with `rebuild.rebuild`; `notebook` reads what cannot be trusted, `release` what can.

Not here: running it (`sandbox`), marks (`marking`).
"""
