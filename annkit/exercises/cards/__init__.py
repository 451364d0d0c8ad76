"""The words of the cards: what a learner reads about an answer, a hint, a solution.

In: what judging found out, values and errors included.
Out: a `Report`, and cards made of blocks that show themselves as HTML and as plain text.
Begin with `report`. `values` puts expected and got side by side, `error_in_words` explains
Python's own errors, `help_cards` has the cards of all other verbs.

Not here: how a card looks (`annkit.show.cards`), reaching a verdict (`annkit.exercises.judging`).
"""
