"""Concept question: what a perceptron does when no line separates its examples."""

from annkit.exercises import Option, Question

exercise = Question(
    id="nonseparable_question",
    title="If no line exists",
    points=1,
    prompt="""
        The examples cannot be separated by a line, and the perceptron is left running. What do its
        weights do?
    """,
    options=(
        Option(
            "They settle on the line with the fewest mistakes.",
            """
            Every mistake moves them, so they never settle, and a good line is left as readily as a
            bad one. That is why the pocket method keeps a copy of the best so far.
            """,
        ),
        Option(
            "They grow without limit, because corrections never stop.",
            """
            Corrections never stop, but they pull in different directions: the length of w stays
            below a limit that depends on the data.
            """,
        ),
        Option(
            "They keep changing for ever, but stay within bounds.",
            """
            There is a correction in every epoch, and yet a finite radius they never leave. With
            whole numbers as inputs they must then come back to the same values: a cycle.
            """,
            correct=True,
        ),
        Option(
            "They shrink to zero.",
            "On XOR they pass through zero once in every epoch, and leave it again at once.",
        ),
    ),
)

nonseparable_question = exercise.answer
