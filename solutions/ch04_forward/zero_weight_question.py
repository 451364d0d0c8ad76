"""What a weight of zero says, and what it leaves open."""

from annkit.exercises import Option, Question

exercise = Question(
    id="zero_weight_question",
    title="A weight of zero",
    points=1,
    prompt="""
        In the hidden layer, the neuron “large and close” has weight 0 for the age of the house. Two
        houses differ in their age only. What follows?
    """,
    options=(
        Option(
            "The network predicts the same price for both: age plays no role.",
            """
            Only for this neuron. The other one, “new, many bedrooms”, does look at the age, and the
            output listens to both.
            """,
        ),
        Option(
            "This neuron answers the same to both; what the network predicts may still differ.",
            """
            Yes. A weight of 0 makes one neuron blind to one input, as if the connection didn't
            exist. Other neurons may see it.
            """,
            correct=True,
        ),
        Option(
            "The neuron's sum is 0 for both houses.",
            """
            Only the age adds nothing to it. Area, distance and bias do, and they are the same for
            both houses.
            """,
        ),
        Option(
            "The neuron is dead for these two houses.",
            """
            Dead means z ≤ 0 for every example. With weight 0 for the age, area and distance still
            decide what z is.
            """,
        ),
    ),
)
zero_weight_question = exercise.answer
