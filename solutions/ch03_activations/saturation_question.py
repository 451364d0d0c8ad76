"""A confident unit that is wrong."""

from annkit.exercises import Option, Question

exercise = Question(
    id="saturation_question",
    title="Sure and wrong",
    points=1,
    prompt="""
        A sigmoid unit in a hidden layer has z = 10 for some example, so its activation is 0.99995.
        For this example it should have been near 0. Its weights are learned by nudging them and
        watching the result. What happens?
    """,
    options=(
        Option(
            "The error is large, so its weights change quickly.",
            """
            The error at the output may be large, but it reaches the weights multiplied by σ′(10) ≈
            0.000045. What the unit is most wrong about it learns most slowly.
            """,
        ),
        Option(
            "Its weights hardly change: a nudge of z makes no difference one could see.",
            """
            Yes: σ′(10) is about 0.000045, so whatever error comes back is divided by some 22 000 on
            its way to the weights. The unit is saturated, not finished.
            """,
            correct=True,
        ),
        Option(
            "Nothing can ever change again: the slope is exactly 0.",
            """
            That is a ReLU that is off. The sigmoid's slope is tiny but not zero, so it does creep
            back, given a very long time.
            """,
        ),
        Option(
            "z overflows, and the weights become NaN.",
            """
            z = 10 is far from any overflow (that takes about 710), and a flat curve is not an
            overflow: the numbers are fine, they just say almost nothing.
            """,
        ),
    ),
)
saturation_question = exercise.answer
