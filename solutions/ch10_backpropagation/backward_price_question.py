"""What a gradient costs, compared with the cost itself."""

from annkit.exercises import Option, Question

exercise = Question(
    id="backward_price_question",
    title="A million parameters",
    points=1,
    prompt="""
        A dense network with a million parameters. Sending a batch forward takes 10 milliseconds.
        About how long does the whole gradient take, forward and backward pass together?
    """,
    options=(
        Option(
            "20 to 30 ms",
            """
            Yes: every matrix product of the forward pass comes back as two products of the same
            size, in the first layer as one. The number of parameters doesn't appear a second time.
            """,
            correct=True,
        ),
        Option(
            "about 5½ hours",
            """
            Two million costs of 10 ms each are 20 000 s: that is the price of *measuring* it, with
            nudges. Backpropagation computes all derivatives together.
            """,
        ),
        Option(
            "about 10 s",
            """
            That would be a thousand costs. Count the matrix products on the way back: at most two
            for each one on the way forward.
            """,
        ),
        Option(
            "less than 10 ms, the backward pass is linear",
            """
            Linear it is, but not for free: dW alone is a product as large as the one that made z,
            in every layer.
            """,
        ),
    ),
)
backward_price_question = exercise.answer
