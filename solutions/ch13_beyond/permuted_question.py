"""Which layer never knew the order."""

from annkit.exercises import Option, Question

exercise = Question(
    id="permuted_question",
    title="An order of its own for each",
    points=1,
    prompt="""
        100 measurements in a row. Now every example, in the training and in the test, has its
        measurements put into a random order *of its own*. Four networks are trained anew on them;
        each reads all 100 and gives one answer. Which one loses nothing?
    """,
    options=(
        Option(
            "a dense layer",
            """
            One secret order for all would be no loss, as you have seen in chapter 12. But its
            weight number 17 belongs to place 17, and something else stands there in every example.
            """,
        ),
        Option(
            "a convolution, then the mean over all places",
            "It asks what stands next to what, and neighbours are strangers now.",
        ),
        Option(
            "a recurrence, and its last state",
            """
            What came early has been through the weights again and again, what came late only once.
            Who comes early is a matter of luck now.
            """,
        ),
        Option(
            "attention without any number for the place, then the mean over all queries",
            """
            Yes. Each measurement compares itself with all others by what they are, and a mean does
            not ask who came first. What the order could have told, this network never knew.
            """,
            correct=True,
        ),
    ),
)
permuted_question = exercise.answer
