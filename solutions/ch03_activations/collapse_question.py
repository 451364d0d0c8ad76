"""What a deep linear network can and cannot do."""

from annkit.exercises import Option, Question

exercise = Question(
    id="collapse_question",
    title="Twenty linear layers",
    points=1,
    prompt="""
        A network has twenty layers of 500 units each, and every activation is the identity. Before
        it comes a single input, after it a single output. Which curve of output against input can
        it **not** produce, whatever its nearly five million weights are?
    """,
    options=(
        Option(
            "A falling line",
            "It can: one negative number in the product of the matrices is enough.",
        ),
        Option(
            "A line that doesn't pass through zero",
            "It can: the biases collapse into one bias, and that moves the line up or down.",
        ),
        Option(
            "A line with a single kink",
            """
            Yes: the twenty layers are one layer, ŷ = x·w + b with two numbers. The smallest bend is
            out of reach.
            """,
            correct=True,
        ),
        Option(
            "A horizontal line",
            """
            It can: if any of its layers has only zeros for weights, the output ignores the input.
            """,
        ),
    ),
)
collapse_question = exercise.answer
