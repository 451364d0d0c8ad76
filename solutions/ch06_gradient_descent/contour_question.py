"""Concept question: reading a gradient off a contour map."""

from annkit.exercises import Option, Question

exercise = Question(
    id="contour_question",
    title="Close lines",
    points=1,
    prompt="""
        A contour map of a cost has one line for every 0.1. At point P the lines are twice as close
        together as at point Q. You take one step of gradient descent from each, with the same small
        learning rate. Compare what the two steps gain.
    """,
    options=(
        Option(
            "The same: the learning rate is the same.",
            """
            The learning rate is a factor, not a length. The step is η times the gradient, and the
            gradient is longer where the lines are closer.
            """,
        ),
        Option(
            "P gains twice as much, because its gradient is twice as long.",
            """
            Half of it: the slope is twice as large. But the step is twice as long as well, and the
            gain is slope times distance.
            """,
        ),
        Option(
            "P gains about four times as much.",
            """
            Yes: −η‖∇C‖². Twice the slope, on a step that is twice as long. Close lines pay twice;
            on flat ground gradient descent crawls for two reasons at once.
            """,
            correct=True,
        ),
        Option(
            "Q gains more: it is nearer to the bottom.",
            "Nothing says so; and near the bottom the slopes are small, so a step gains little.",
        ),
    ),
)
contour_question = exercise.answer
