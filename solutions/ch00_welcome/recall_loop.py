"""Self-test: reading a Python loop."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_loop",
    title="A loop",
    points=0,
    prompt="""
        What does this print?

        ```python
        total = 10
        for i, x in enumerate([3, 5, 2]):
            if x > 2:
                total = total - i * x
        print(total)
        ```
    """,
    options=(
        Option(
            "5",
            "Yes: i = 0 takes away 0·3, i = 1 takes away 1·5, and 2 > 2 is False.",
            correct=True,
        ),
        Option("1", "That also takes away 2·2 for the last one. But is 2 > 2?"),
        Option("−3", "You started counting at 1. `enumerate` starts at 0, like all of Python."),
        Option("10", "`total` is changed inside the loop, and the change lasts."),
    ),
)
recall_loop = exercise.answer
