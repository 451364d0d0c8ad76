"""Recall from chapter 3: where a ReLU bends."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_relu_kink",
    title="Where is the kink?",
    points=0,
    prompt="""
        A unit with one input computes relu(2x − 6). Where does it bend, and how steep is it to the
        right of that?
    """,
    options=(
        Option("at x = −6, slope 2", "The bias is not the place of the kink. Where is 2x − 6 = 0?"),
        Option("at x = 6, slope 2", "At x = 6 the sum is already 6. Where does it pass 0?"),
        Option(
            "at x = 3, slope 1", "The place is right. The slope of relu is 1, times the weight."
        ),
        Option(
            "at x = 3, slope 2",
            """
            Yes: it bends where the sum is 0, and there the slope changes from 0 to the weight. You
            will build curves from such kinks.
            """,
            correct=True,
        ),
    ),
)
recall_relu_kink = exercise.answer
