"""Recall from chapter 6: how large a step may be."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_bowl_rate",
    title="The largest stable rate",
    points=0,
    prompt="""
        A bowl curves with 2 in one direction and with 50 in another (the eigenvalues of its
        Hessian). You walk down with plain gradient descent and a fixed learning rate. Above which
        rate does the walk blow up?
    """,
    options=(
        Option(
            "Above 2/2 = 1",
            """
            That is the limit of the gentle direction alone. Along the steep one, each step would
            overshoot by far.
            """,
        ),
        Option(
            "Above 2/50 = 0.04",
            """
            Yes: 2/λₘₐₓ. The steepest direction sets the limit for all others, and the gentle one
            then creeps. Several methods of this chapter were made against just that.
            """,
            correct=True,
        ),
        Option(
            "Above 2/26, with the mean of the two",
            """
            Each direction walks on its own; a mean protects nobody. The steepest direction blows up
            first.
            """,
        ),
        Option(
            "It depends on where you start",
            """
            Not in a bowl: each step multiplies the distance along a direction by 1 − ηλ, wherever
            you are.
            """,
        ),
    ),
)
recall_bowl_rate = exercise.answer
