"""A question with a point."""

from annkit.exercises import Option, Question

exercise = Question(
    id="unit_question",
    title="The factor that changes nothing",
    points=1,
    prompt="Which factor leaves every number as it is?",
    options=(
        Option("zero", "Everything becomes zero."),
        Option("one", "A number times one is that number.", correct=True),
        Option(
            """
            two,

            in two paragraphs
            """,
            "Everything doubles.",
        ),
    ),
)
unit_question = exercise.answer
