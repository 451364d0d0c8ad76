"""Recall from chapter 10: how delta gets back through a layer."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_way_back",
    title="Through a layer, backward",
    points=0,
    prompt="""
        A hidden unit feeds two outputs, with the weights 2 and −1. Their deltas are 0.3 and 0.4,
        and the unit is a ReLU with z = −0.5. What is the unit's own delta?
    """,
    options=(
        Option(
            "0.2",
            "That is ∂C/∂a, the sum over both outputs. On the way to z it still meets the slope.",
        ),
        Option(
            "0.7",
            "The deltas are weighted on their way: each comes back through the weight it goes by.",
        ),
        Option(
            "0",
            """
            Yes. What comes back, 0.3·2 − 0.4·1 = 0.2, is multiplied by the slope at z, and a ReLU
            is flat at −0.5.
            """,
            correct=True,
        ),
    ),
)
recall_way_back = exercise.answer
