"""Recall from chapter 3: where the sigmoid stops listening."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_flat_sigmoid",
    title="A sigmoid far out",
    points=0,
    prompt="""
        A sigmoid unit has z = 8. You nudge z by a small h. By how much does its output change,
        roughly?
    """,
    options=(
        Option(
            "by h: the sigmoid passes nudges on",
            "That is ReLU, where it is on. The sigmoid's slope is nowhere above ¼.",
        ),
        Option(
            "by h/4",
            "¼ is the slope at z = 0, the steepest place. At z = 8 the curve is nearly flat.",
        ),
        Option(
            "by h/3000",
            "Yes: σ′(8) = σ(8)(1 − σ(8)) ≈ 0.00034. Keep this number in mind; it comes back.",
            correct=True,
        ),
        Option(
            "not at all: there the slope is exactly 0",
            "A ReLU that is off has slope exactly 0. The sigmoid's slope is tiny, but not 0.",
        ),
    ),
)
recall_flat_sigmoid = exercise.answer
