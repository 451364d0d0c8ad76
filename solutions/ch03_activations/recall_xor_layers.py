"""Recall from chapter 2: what a second layer bought us."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_xor_layers",
    title="How XOR was solved",
    points=0,
    prompt="""
        No single line separates XOR, yet a 2-2-1 network of steps computes it. What did the two
        hidden units do?
    """,
    options=(
        Option(
            "They ran the same perceptron rule twice, so it had time to converge.",
            "On XOR the rule never converges, however long it runs: there is no line to find.",
        ),
        Option(
            "Each drew one line, and the output combined their two yes/no answers.",
            """
            Yes: in the space of those two answers one line is enough. What happens if the hidden
            units hand on their raw sums instead of a yes or no? That is the first question of this
            chapter.
            """,
            correct=True,
        ),
        Option(
            "They added more weights, and more weights can fit anything.",
            """
            The number alone doesn't help, and you will see in a minute how ten layers full of
            weights can be worth no more than one.
            """,
        ),
        Option(
            "They moved the four points so that they are further apart.",
            """
            Stretching or shifting the plane keeps the points as inseparable as they were. The
            hidden units had to fold it.
            """,
        ),
    ),
)
recall_xor_layers = exercise.answer
