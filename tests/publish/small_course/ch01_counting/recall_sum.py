"""A recall question without points."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_sum",
    title="Sums",
    points=0,
    prompt="What is the sum of no numbers at all?",
    options=(
        Option("0", "Adding it changes nothing.", correct=True),
        Option("1", "That is the empty product."),
    ),
)
recall_sum = exercise.answer
