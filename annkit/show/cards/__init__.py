"""How cards look: under a cell, in a terminal, with or without trust.

In: text, code, values and pictures, as blocks.
Out: HTML with literal inline styles only, and plain text that says the same.
Begin with `card`. `prose` and `python_code` make its HTML from Markdown and Python,
`progress_map` is the map of the course, `options` the question to click.

Not here: what a card says (`annkit.exercises.cards`).
"""
