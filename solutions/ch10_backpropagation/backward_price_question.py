"""What a gradient costs, compared with the cost itself."""

from annkit.exercises import Option, Question

exercise = Question(
    id="backward_price_question",
    title="A million parameters",
    points=1,
    prompt="""
        A dense network has a million parameters, in five layers of equal size. Sending a batch
        forward takes 10 milliseconds. Now only the *first* layer is to learn; the other four stay
        as they are. About how long do cost and gradient take together?
    """,
    options=(
        Option(
            "20 ms",
            """
            Yes. Back, the error passes four frozen layers, one product of 2 ms in each, and the
            fifth product is dW of the first. Freezing saves the other dW, and not the way there.
            """,
            correct=True,
        ),
        Option(
            "12 ms",
            """
            The 2 ms are right for dW of the first layer, once its delta is known. Where does that
            delta come from?
            """,
        ),
        Option(
            "28 ms",
            """
            That is the price if all five learn: five products forward and nine back. Which of the
            nine does nobody ask for now?
            """,
        ),
        Option(
            "more than an hour",
            """
            The first layer has 200 000 parameters, and two costs of 10 ms for each are 4000 s: the
            price of *measuring* them, with nudges. Count matrix products instead.
            """,
        ),
    ),
)
backward_price_question = exercise.answer
