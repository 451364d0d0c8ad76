"""Standardise one house by itself, and explain what is left of it."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_standardize",
    title="Mean and scale of what?",
    points=2,
    prompt="""
        Standardised alone, the palace and the shed got the same price. Of four city flats,
        standardised together, the one 3 km out was treated as far out. Explain in four or five
        sentences what went wrong in both cases, and what has to be kept from training so that it
        doesn't happen.
    """,
    marking=(
        (
            """
            Says what standardising does to a single row and why two different houses become the
            same input, or what zero stands for in the batch of flats.
            """,
            1,
        ),
        (
            "Says which numbers belong to the network like its weights, and where they come from.",
            1,
        ),
    ),
    model="""
        The weights were chosen for inputs in which 0 means “the mean of the 400 houses” and 1 means
        “one of their standard deviations above it”. A single house is its own mean: every entry
        minus itself is 0, so the palace and the shed both arrive as four zeros, and the network
        answers what it answers to the average house. In the batch of flats 0 means “the average of
        these four flats”, so a flat 3 km from the centre looks far out because its neighbours are
        closer still. Nothing raises an error, as all shapes are right. The mean and the scale of
        the training houses have to be kept with the weights, and every new house is shifted and
        divided by those.
    """,
)
break_standardize = exercise.model
