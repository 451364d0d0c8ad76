"""A node that is used by several others."""

from annkit.exercises import Option, Question

exercise = Question(
    id="sharing_question",
    title="Whose share?",
    points=1,
    prompt="""
        A node `a` is an input of three nodes `u`, `v`, `w`. On the way back, when may `a` hand its
        gradient on to its own inputs?
    """,
    options=(
        Option(
            "As soon as the first of the three has handed something to it",
            """
            Then it hands on an unfinished sum. What the other two add later never reaches the nodes
            below.
            """,
        ),
        Option(
            "Each time one of the three has handed something to it",
            """
            Then the first share is handed on three times, the second twice. This is how a
            well-known engine went wrong in its first days. (To hand on only what is *new* each time
            would be right, and would walk every single path: there can be 2ⁿ of them.)
            """,
        ),
        Option(
            "When all three have handed their share to it",
            """
            Yes. That is what the topological order is for: walked from the result down, it brings a
            node only after all that use it.
            """,
            correct=True,
        ),
        Option(
            "At any time: sums don't depend on the order",
            "The sum at `a` doesn't. But what `a` hands on is this sum, so it has to be complete.",
        ),
    ),
)
sharing_question = exercise.answer
