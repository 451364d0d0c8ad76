"""Self-test: the derivative of a composite function."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_chain_rule",
    title="A derivative",
    points=0,
    prompt="What is the derivative of $f(x) = (3x + 1)^2$ at $x = 1$?",
    options=(
        Option("8", "You took the outer derivative, 2 · (3·1 + 1) = 8. The inner one is missing."),
        Option("24", "Yes: outer 2 · 4 = 8, times inner 3.", correct=True),
        Option(
            "6",
            """
            You took the derivatives of the outside and the inside, 2 and 3. The outer one has to be
            taken *at* the value of the inside, which is 4.
            """,
        ),
        Option("16", "That is the value of the function there, 4². How steep is it?"),
    ),
)
recall_chain_rule = exercise.answer
