"""A program with a branch: the value is right, the derivative is not."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_branch",
    title="The square that doesn't grow",
    points=2,
    prompt="""
        At 2 the function `square` has the right value, 4, like x² itself. Yet the engine says that
        its slope there is 0, and central differences say 4. A millionth beside 2 both agree.
        Explain in four or five sentences: where does the 0 come from, and is the engine at fault?
        And what does that tell you about the functions you may give to such an engine?
    """,
    marking=(
        (
            """
            Where the 0 comes from: says what the engine recorded when it ran at 2 and what it
            didn't, and why the neighbours don't count.
            """,
            1,
        ),
        (
            """
            What follows: says which question the engine answers, and gives a case of one's own in
            which a branch or a value without a past does harm, or why a ReLU's kink is mild.
            """,
            1,
        ),
    ),
    model="""
        At 2 the program took the branch that returns the plain number 4. No operation with x was
        carried out, so no edge leads from the result to x, and no share comes back: 0. Central
        differences ask the neighbours 2 + h and 2 − h, which take the other branch and grow with
        slope 4. The engine did its work: it differentiates the operations that ran, not the
        function we have in mind. So a branch is differentiated as if the condition could never
        change, and whatever passes through plain numbers, a table or `.data` counts as constant. It
        is harmless where the branches fit together or nobody lands exactly on the border, like the
        kink of a ReLU; it does harm where a special case is hit often, or where a condition is the
        thing that should be learned.
    """,
)
break_branch = exercise.model
