"""Leave out one transpose, and explain why nothing seems to happen."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_transpose",
    title="One letter less",
    points=2,
    prompt="""
        In the 2-16-16-2 network, `delta @ W.T` became `delta @ W` where W is square. There was no
        error message, the first layer's gradient was perpendicular to the right one, and the moons
        were classified almost as well as before. Explain in four or five sentences: why did no line
        complain, which gradients were wrong and which were right, why did it learn anyway, and
        which test would have caught it at once?
    """,
    marking=(
        (
            """
            Says why the shapes fit (square W) and which arrays are hit: those of the first layer,
            because only they are reached through the square matrix; the layers above are right.
            """,
            1,
        ),
        (
            """
            Says why it learns in spite of it (the layers above have right gradients and can work
            with almost any first layer) and names a test that catches it: a gradient check, or
            layers of different widths.
            """,
            1,
        ),
    ),
    model="""
        NumPy only asks whether the inner sizes agree. For a 16 × 16 matrix they do, with or without
        the transpose, so no line complains; with layers of different widths the product would have
        failed at once. Going backward, the square matrix is first used to get from delta of the
        middle layer to the first layer. So dW and db of the two upper layers are right, and those
        of the first layer are sent through the wrong connections: each hidden unit hears the
        complaint about another one. The two upper layers still descend along their true gradients,
        and with sixteen bent features of whatever kind in front of them they can separate two
        moons: with a first layer that never moves they reach 97.5 %. A gradient check shows a
        relative error of about 0.7 and a cosine near 0 in the first layer within a second, where
        the accuracy shows nothing after a thousand steps.
    """,
)
break_transpose = exercise.model
