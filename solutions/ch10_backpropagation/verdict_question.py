"""Reading a fingerprint."""

from annkit.exercises import Option, Question

exercise = Question(
    id="verdict_question",
    title="Reading a fingerprint",
    points=1,
    prompt="Batch of 40, one hidden layer. Compared with central differences, dW2 and db2 are "
    "right. dW1 and db1 have cosine 1 and ratio 0.025. What happened?",
    options=(
        Option(
            "the 1/n is missing",
            "Then everything would be too *long*, 40 times, and layer 2 as well.",
        ),
        Option(
            "the slope of the hidden activation is missing",
            "A slope differs from unit to unit and example to example. Leaving it out turns the "
            "gradient: the cosine would not be 1.",
        ),
        Option(
            "the learning rate of layer 1 is too small",
            "A learning rate comes after the gradient. It cannot show in a gradient check.",
        ),
        Option(
            "layer 1 was divided by n once more",
            "Yes: 0.025 = 1/40. Same direction, so the arithmetic is right up to a factor; layer "
            "2 is right, so the factor came in on the way from layer 2 to layer 1.",
            correct=True,
        ),
    ),
)
verdict_question = exercise.answer
