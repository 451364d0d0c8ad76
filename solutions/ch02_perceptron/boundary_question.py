"""Concept question: what weights and bias each do to the boundary."""

from annkit.exercises import Option, Question

exercise = Question(
    id="boundary_question",
    title="Moving the boundary",
    points=1,
    prompt="""
        A perceptron has the weights $w = (2, 1)$ and the bias $b = -4$. Its bias is changed to
        $-6$; the weights stay. What happens to its boundary?
    """,
    options=(
        Option(
            "It turns about the origin.",
            """
            Its direction is set by w alone, which has not changed; and a line with b ≠ 0 does not
            pass through the origin.
            """,
        ),
        Option(
            "It moves parallel to itself, further into the region that was +1.",
            """
            The score of every point falls by 2, so points with scores between 0 and 2 change to −1:
            the line moves by 2/√5 along w.
            """,
            correct=True,
        ),
        Option(
            "It moves parallel to itself, further into the region that was −1.",
            """
            Test the point (2, 0.5): its score was 0.5 and is now −1.5. Did the +1 side grow or
            shrink?
            """,
        ),
        Option(
            "It stays where it is: the weights decide, and they have not changed.",
            """
            The weights set its direction only. It would stay if w and b were multiplied by the same
            positive number.
            """,
        ),
    ),
)

boundary_question = exercise.answer
