"""Recall from chapter 2: what different units did to the perceptron."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_scales",
    title="Fruits in grams",
    points=0,
    prompt="""
        In chapter 2 the same six fruits needed 15 corrections with the mass in units of 100 g, and
        1425 with the mass in grams. Why?
    """,
    options=(
        Option(
            "Grams are more exact, so there is more to learn.",
            "The numbers are the same measurements, times 100. No information was added.",
        ),
        Option(
            "Each correction moved the weight of the mass too far.",
            """
            Yes, because the mass was now a hundred times larger: it shouted and the shape
            whispered. Standardised inputs needed 2 corrections, and today you write the function
            that standardises.
            """,
            correct=True,
        ),
        Option(
            "In grams the fruits are no longer separable.",
            "A line stays a line when an axis is stretched; it only gets other weights.",
        ),
        Option(
            "The bias can't grow beyond 1.",
            "The bias is free like any weight; it moves by 1 with each correction.",
        ),
    ),
)
recall_scales = exercise.answer
