"""Recall from chapters 10 and 11: a product of many factors."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_halved",
    title="Twenty layers",
    points=0,
    prompt="""
        In a network of 20 layers, delta becomes half as long at each layer on its way back. How
        long is it after those 20 halvings, if it was 1 at the output?
    """,
    options=(
        Option(
            "about a twentieth",
            "Halving doesn't subtract: after two layers it is a quarter, after three an eighth.",
        ),
        Option(
            "about a thousandth",
            "That is where it stands after ten layers: 2¹⁰ is about a thousand.",
        ),
        Option(
            "about a millionth",
            """
            Yes, 2⁻²⁰. The first layers then learn a million times more slowly. You will see the
            same curve again, without any layers.
            """,
            correct=True,
        ),
    ),
)
recall_halved = exercise.answer
