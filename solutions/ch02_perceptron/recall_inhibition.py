"""Recall from the chapter on neurons: inhibition in the McCulloch–Pitts neuron."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_inhibition",
    title="The veto",
    points=0,
    prompt="""
        A McCulloch–Pitts neuron with threshold 2 sees three excitatory inputs that are on and one
        inhibitory input that is on. What does it do?
    """,
    options=(
        Option(
            "It fires: 3 − 1 = 2 reaches the threshold.",
            """
            That would be an inhibitory input with weight −1. In this model it is no weight: it
            forbids firing altogether. Weights with a sign belong to the neurons that came later.
            """,
        ),
        Option(
            "It stays silent: one inhibitory input is enough.",
            "Inhibition is a veto here.",
            correct=True,
        ),
        Option(
            "It fires: the excitatory sum 3 is above the threshold.",
            "The excitatory sum counts only if no inhibitory input is on.",
        ),
    ),
)

recall_inhibition = exercise.answer
