"""A switch that holds a bit, and why gradient descent doesn't find it."""

from annkit.exercises import Option, Question

exercise = Question(
    id="switch_question",
    title="A switch that can't be taught",
    points=1,
    prompt="""
        Somebody builds the unit with v = 2 into a network. It hears the bit at step 1 and then
        noise, and holds the bit until step 1000, when it is asked. Only the weight from the *input*
        to the unit is still to be learned. In the gradient for this weight, the bit's part is a
        product of a thousand slopes, about 10⁻⁷⁷⁸. So they multiply the learning rate until the
        steps have a sensible length. Does that help?
    """,
    options=(
        Option(
            "yes, a small gradient and a large rate are as good as a large gradient",
            """
            If the gradient were the same everywhere. But noise at step 999 has a slope of about
            0.2, and with this rate it would move the weight by more than 10⁷⁷⁰ times as much.
            """,
        ),
        Option(
            "yes, but only in a number format with more digits",
            """
            Rounding is one obstacle (10⁻⁷⁷⁸ is 0 for a computer), and not the deep one: what
            happened lately would still outweigh the bit.
            """,
        ),
        Option(
            "no: what came in lately has a slope that is larger by hundreds of powers of ten",
            """
            Yes. All steps share the weight, and their blame is added up. The step that matters is
            drowned by those that don't; no rate changes the *ratio*.
            """,
            correct=True,
        ),
        Option(
            "no, because the bit has been forgotten by then",
            """
            It hasn't: the state still stands at +0.9575 or −0.9575. What has vanished is how it
            answers to a *nudge*.
            """,
        ),
    ),
)
switch_question = exercise.answer
