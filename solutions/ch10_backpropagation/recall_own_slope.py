"""Recall from chapter 8: one neuron's derivative."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_own_slope",
    title="One neuron",
    points=0,
    prompt="""
        One sigmoid neuron: z = w₁x₁ + w₂x₂ + b, E = ½ (σ(z) − t)². With x₁ = 2, t = 1 and z = 0,
        what is ∂E/∂w₁?
    """,
    options=(
        Option(
            "−0.25",
            """
            Yes: (σ(0) − 1) · σ′(0) · x₁ = −0.5 · 0.25 · 2. Error, slope, input: three local
            factors.
            """,
            correct=True,
        ),
        Option(
            "−1",
            """
            That is error times input, −0.5 · 2. The path from w₁ to E leads through the sigmoid,
            and its slope at 0 is ¼.
            """,
        ),
        Option(
            "−0.125",
            """
            That is ∂E/∂z, error times slope, and also ∂E/∂b. A nudge of w₁ is multiplied by x₁
            before it reaches z.
            """,
        ),
    ),
)
recall_own_slope = exercise.answer
