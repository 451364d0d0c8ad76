"""Recall from chapter 11: what a held-out set is for."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_held_out",
    title="Examples put away",
    points=0,
    prompt="""
        You train with five learning rates, and keep the one with the lowest cost on 200 examples
        that were not trained on. What is the accuracy on these 200 good for now?
    """,
    options=(
        Option(
            "it says how the network will do on new examples",
            """
            It is a little too good for that: of five networks you took the one that suits these 200
            best, luck included.
            """,
        ),
        Option(
            "for choosing; to say how good the chosen one is, others are needed",
            """
            Yes. Whatever chooses can't judge any more. That is why there are a validation set and a
            test set.
            """,
            correct=True,
        ),
        Option(
            "for nothing, since the training has seen them",
            "No step was taken with them. They only chose between five finished networks.",
        ),
    ),
)
recall_held_out = exercise.answer
