"""What an epoch is, in numbers."""

from annkit.exercises import Option, Question

exercise = Question(
    id="epoch_question",
    title="Counting steps",
    points=1,
    prompt="1000 houses, batches of 64, two epochs. How often do the weights move?",
    options=(
        Option(
            "2 times",
            """
            That would be one step per epoch: the full batch. An epoch is a pass through the
            *examples*; the weights move after every batch.
            """,
        ),
        Option(
            "30 times",
            """
            1000/64 is 15.6, and you left the rest out. The last batch of each epoch has only 40
            houses, but it gets a step as well.
            """,
        ),
        Option(
            "32 times",
            "Yes: 15 full batches and one of 40 houses make 16 steps per epoch.",
            correct=True,
        ),
        Option(
            "2000 times",
            """
            That is how often a house is looked at. The weights move once per batch, not once per
            house.
            """,
        ),
    ),
)
epoch_question = exercise.answer
