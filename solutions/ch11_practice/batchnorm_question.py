"""Batch norm with a batch of one."""

from annkit.exercises import Option, Question

exercise = Question(
    id="batchnorm_question",
    title="A batch of one",
    points=1,
    prompt="""
        Somebody trains a network with batch norm one example at a time. Each unit's mean and
        variance are those of its batch. What comes out of a batch norm layer, and which gradient
        do the weights below it get?
    """,
    options=(
        Option(
            "β for every example, and the gradient 0",
            """
            Yes. A number minus its own mean is 0, whatever the example. And what does not depend on
            z sends nothing back to it.
            """,
            correct=True,
        ),
        Option(
            "z itself, and the ordinary gradient",
            """
            Nothing is switched off for a small batch. The mean of one number is that number, and
            it is subtracted.
            """,
        ),
        Option(
            "an error: the variance of one number does not exist",
            """
            The *population* variance of one number is 0, and ε keeps the division from failing. It
            runs without a word, which is worse than an error.
            """,
        ),
        Option(
            "β for every example, but the weights still learn through γ",
            "γ is multiplied by ẑ = 0. It neither receives a gradient nor passes one on.",
        ),
    ),
)
batchnorm_question = exercise.answer
